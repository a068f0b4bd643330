// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_code.h"

#include <gtest/gtest.h>
#include <utility>

namespace {

using cli::ExitCode;
using vault::ErrorCode;

// E14
TEST(ExitCodes, AreTheDocumentedNumberForEveryError) {
  constexpr std::pair<ErrorCode, int> kTable[] = {
      {ErrorCode::usage, 64},
      {ErrorCode::bad_input, 65},
      {ErrorCode::not_found, 66},
      {ErrorCode::vault_missing, 67},
      {ErrorCode::not_a_vault, 65},
      {ErrorCode::already_exists, 68},
      {ErrorCode::key_needed, 69},
      {ErrorCode::wrong_key, 71},
      {ErrorCode::damaged_slot, 72},
      {ErrorCode::damaged_record, 72},
      {ErrorCode::state_mismatch, 72},
      {ErrorCode::rolled_back, 72},
      {ErrorCode::tampered_schema, 72},
      {ErrorCode::committed_unverified, 72},
      {ErrorCode::newer_format, 73},
      {ErrorCode::parameters_out_of_bounds, 72},
      {ErrorCode::io, 74},
      {ErrorCode::busy, 75},
      {ErrorCode::denied, 77},
      {ErrorCode::unsafe_file, 77},
      {ErrorCode::cancelled, 130},
      {ErrorCode::internal, 70},
  };
  static_assert(std::size(kTable) == static_cast<std::size_t>(ErrorCode::internal) + 1,
                "an error code is missing here");
  for (const auto& [code, number] : kTable) {
    EXPECT_EQ(static_cast<int>(cli::exit_code_for(code)), number) << vault::name_of(code);
  }
}

TEST(ExitCodes, KeepOneAndTwoForStatusAlone) {  // and one for `scan --check`
  EXPECT_EQ(static_cast<int>(ExitCode::expired_or_missing), 1);
  EXPECT_EQ(static_cast<int>(ExitCode::plaintext_found), 1);
  EXPECT_EQ(static_cast<int>(ExitCode::expiring), 2);
}

}  // namespace
