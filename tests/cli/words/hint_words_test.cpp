// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <set>

#include "cli/words/hint_words.h"

namespace cli::testing {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::Remedy;

TEST(HintWords, EveryRemedyOfTheLibraryHasWordsOfItsOwn) {
  std::set<std::string_view> words;
  for (int i = 0; i < vault::kRemedies; ++i) words.insert(words_for(static_cast<Remedy>(i)));
  EXPECT_EQ(words.size(), std::size_t(vault::kRemedies));
  EXPECT_EQ(words_for(Remedy::none), "");
}

TEST(HintWords, TheErrorsOwnWordsComeBeforeWhatItsCodeAsksFor) {
  EXPECT_EQ(hint_of(Error(ErrorCode::busy, "x", "wait for the backup")), "wait for the backup");
  EXPECT_EQ(hint_of(Error(ErrorCode::busy, "x", Remedy::list_the_profiles)), "claviger list");
  EXPECT_EQ(hint_of(Error(ErrorCode::busy, "x")), "try again");
  EXPECT_EQ(hint_of(Error(ErrorCode::internal, "x")), "");
}

TEST(HintWords, WhereNoVaultLiesTheWayToOneIsNamed) {
  for (const auto code : {ErrorCode::vault_missing, ErrorCode::not_a_vault}) {
    EXPECT_THAT(hint_of(Error(code, "x")),
                ::testing::AllOf(::testing::HasSubstr("claviger init"), ::testing::HasSubstr("--vault")));
  }
}

}  // namespace
}  // namespace cli::testing
