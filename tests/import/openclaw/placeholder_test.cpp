// SPDX-License-Identifier: Apache-2.0
#include "vault/model/placeholder.h"

#include <gtest/gtest.h>
#include <string>

namespace vault {
namespace {

TEST(Placeholder, IsWhatStandsWhereASecretShouldBe) {  // E09
  for (const char* value :
       {"[REDACTED]", " [redacted]\n", "__OPENCLAW_REDACTED__", "***", "********", "•••", "${OPENAI_API_KEY}",
        "$OPENAI_API_KEY", "op://vault/item/field", "oc-sent-v2:abc", "secretref-env:OPENAI_API_KEY",
        "aquaman-proxy-managed", "your-api-key", "YOUR_API_KEY", "<your-api-key>"}) {
    EXPECT_TRUE(is_placeholder(value)) << value;
  }
}

TEST(Placeholder, IsNoRealSecret) {
  for (const char* value : {"", "  ", "sk-ant-test-0001", "**", "*a*", "$", "${}", "${lower}", "${A}x", "$1A", "${A B}",
                            "x${A}", "sk-${A}", "optional", "op:/x", "[REDACTED", "•", "my-your-api-key"}) {
    EXPECT_FALSE(is_placeholder(value)) << value;
  }
  EXPECT_FALSE(is_placeholder("$" + std::string(129, 'A')));
}

}  // namespace
}  // namespace vault
