// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>

#include "vault/base/error.h"

namespace vault::testing {
namespace {

TEST(ErrorCodes, KeepTheirNamesForEver) {
  constexpr std::string_view names[] = {"usage",
                                        "bad_input",
                                        "not_found",
                                        "vault_missing",
                                        "not_a_vault",
                                        "already_exists",
                                        "key_needed",
                                        "wrong_key",
                                        "damaged_slot",
                                        "damaged_record",
                                        "state_mismatch",
                                        "rolled_back",
                                        "tampered_schema",
                                        "committed_unverified",
                                        "newer_format",
                                        "parameters_out_of_bounds",
                                        "io",
                                        "busy",
                                        "denied",
                                        "unsafe_file",
                                        "cancelled",
                                        "internal"};
  ASSERT_EQ(std::size(names), std::size_t(ErrorCode::internal) + 1);
  for (std::size_t i = 0; i < std::size(names); ++i) EXPECT_EQ(name_of(static_cast<ErrorCode>(i)), names[i]);
}

TEST(ErrorCodes, HaveANameEachOfTheirOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i <= int(ErrorCode::internal); ++i) names.insert(name_of(static_cast<ErrorCode>(i)));
  EXPECT_EQ(names.size(), std::size_t(ErrorCode::internal) + 1);
}

TEST(Errors, CarryTheirCodeTextAndHint) {
  const Error error(ErrorCode::busy, "somebody else writes", "try again");
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_STREQ(error.what(), "somebody else writes");
  EXPECT_EQ(error.hint().words(), "try again");
  EXPECT_TRUE(Error(ErrorCode::io, "x").hint().empty());
}

}  // namespace
}  // namespace vault::testing
