// SPDX-License-Identifier: Apache-2.0
#include "cli/error_report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

nlohmann::json error_told(const Error& error) {
  try {
    throw error;
  } catch (const Error&) {
    return nlohmann::json::parse(failure_json(current_failure()))["error"];
  }
}

TEST(AnErrorInJson, TellsWhatBecameOfAChangeWhoseCommitEndedInIt) {
  EXPECT_EQ(error_told(Error(ErrorCode::committed_unverified, "x"))["outcome"], "kept");
  EXPECT_EQ(error_told(Error(ErrorCode::io, "x", vault::Remedy::find_out_what_counts))["outcome"], "unknown");
  EXPECT_EQ(error_told(Error(ErrorCode::io, "x", vault::Remedy::try_the_same_again))["outcome"], "unchanged");
}

TEST(AnErrorInJson, TellsNoOutcomeWhereNothingWasCommitted) {
  EXPECT_FALSE(error_told(Error(ErrorCode::io, "the disk is full")).contains("outcome"));
  EXPECT_FALSE(error_told(Error(ErrorCode::usage, "x")).contains("outcome"));
}

}  // namespace
}  // namespace cli
