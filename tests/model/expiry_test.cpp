// SPDX-License-Identifier: Apache-2.0
#include "vault/model/expiry.h"

#include <gtest/gtest.h>

#include <limits>

#include "vault/model/profile_sheet.h"

namespace vault::testing {
namespace {

TEST(Expiry, IsNoneUnlessSaidOtherwise) {
  EXPECT_EQ(Expiry(), Expiry::none());
  EXPECT_EQ(Expiry().form, Expiry::Form::none);
}

TEST(Expiry, KeepsAnyTimeAsItWasWritten) {
  for (const std::int64_t ms : {std::numeric_limits<std::int64_t>::min(), std::int64_t(-1), std::int64_t(0),
                                std::int64_t(1'763'700'000), std::numeric_limits<std::int64_t>::max()}) {
    const auto expiry = Expiry::at({ms});
    EXPECT_EQ(expiry.form, Expiry::Form::at);
    EXPECT_EQ(expiry.time.ms, ms);
    EXPECT_TRUE(expiry.json.empty());
  }
}

TEST(Expiry, KeepsTheTextOfWhatIsNoTime) {
  const auto expiry = Expiry::invalid("\"soon\"");
  EXPECT_EQ(expiry.form, Expiry::Form::invalid);
  EXPECT_EQ(expiry.json, "\"soon\"");
}

TEST(Expiry, TellsItsFormsApart) {
  EXPECT_NE(Expiry::none(), Expiry::at({0}));
  EXPECT_NE(Expiry::none(), Expiry::invalid(""));
  EXPECT_NE(Expiry::at({0}), Expiry::invalid("0"));
  EXPECT_NE(Expiry::at({1}), Expiry::at({2}));
  EXPECT_NE(Expiry::invalid("null"), Expiry::invalid("true"));
}

// The same instant, written otherwise: it must go out again as it came in.
TEST(Expiry, TellsSpellingsOfTheSameTimeApart) {
  auto written_as_float = Expiry::at({1000});
  written_as_float.json = "1e3";
  EXPECT_NE(written_as_float, Expiry::at({1000}));
}

TEST(Expiry, HasFormsWhoseNumbersNeverChange) {
  EXPECT_EQ(int(Expiry::Form::none), 0);
  EXPECT_EQ(int(Expiry::Form::at), 1);
  EXPECT_EQ(int(Expiry::Form::invalid), 2);
}

TEST(ProfileSheet, HoldsAgainstAProfileOnlyWhatItWasTold) {
  const ProfileSheet sheet{.id = ProfileId("p:default"), .provider = ProviderId("p")};
  EXPECT_EQ(sheet.kind, CredentialKind::api_key);
  EXPECT_EQ(sheet.expiry, Expiry::none());
  EXPECT_TRUE(sheet.usable_fields.empty());
  EXPECT_FALSE(sheet.setup_replacement || sheet.malformed_key || sheet.unresolved_oauth_ref);
}

TEST(ProfileSheet, DiffersInTheProvidersKeyButNotInItsSpelling) {
  const ProfileSheet plain{.id = ProfileId("p:default"), .provider = ProviderId("p")};
  const ProfileSheet spelt{.id = ProfileId("p:default"), .provider = ProviderId(" P ")};
  const ProfileSheet other{.id = ProfileId("p:default"), .provider = ProviderId("q")};
  EXPECT_EQ(plain, spelt);
  EXPECT_NE(plain, other);
}

}  // namespace
}  // namespace vault::testing
