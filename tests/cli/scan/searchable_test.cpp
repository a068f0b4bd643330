// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/searchable.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

// E11: what stands everywhere is no finding, and no mask's business.
TEST(Searchable, IsNoShortOrUniformSecret) {
  EXPECT_EQ(judge_secret("1234567"), Searchable::too_short);
  EXPECT_EQ(judge_secret("12345678"), Searchable::yes);
  EXPECT_EQ(judge_secret("xxxxxxxxxxxxxxxx"), Searchable::too_common);
}

TEST(Searchable, IsNoOrdinarySetting) {
  for (const char* value : {"production", "Europe/Berlin", "127.0.0.1:8080", "https://api.example.com/v1/x-1",
                            "/home/me/work2/agent", "~/.config/x1", "2026-11-21", "us-east-region"}) {
    EXPECT_EQ(judge_variable("SETTING", value), Searchable::too_common) << value;
  }
}

TEST(Searchable, IsAVariableThatIsNamedLikeASecretOrLooksRandom) {
  EXPECT_EQ(judge_variable("DB_password", "correcthorse"), Searchable::yes);
  EXPECT_EQ(judge_variable("MY_TOKEN", "production"), Searchable::yes);
  EXPECT_EQ(judge_variable("X", "sk-test-12345"), Searchable::yes);
  EXPECT_EQ(judge_variable("X", "/wJalrXUtnFEMI1K7MDENGbPxRfiCYEXAMPLEKEY"), Searchable::yes);
  EXPECT_EQ(judge_variable("DATABASE_URL", "postgres://user:pass@db/x"), Searchable::yes);
}

}  // namespace
}  // namespace cli
