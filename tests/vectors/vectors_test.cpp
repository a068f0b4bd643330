// SPDX-License-Identifier: Apache-2.0
// Every case in v1/ ends as its `expect:` says: "ok" with the values beside it, or an ErrorCode's name. The cases were
// written by a second implementation of FORMAT.md and are never changed.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/vectors/frozen_case.h"
#include "vault/base/error.h"

namespace vault::testing {
namespace {

std::vector<std::filesystem::path> cases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(CLAVIGER_VECTORS)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string outcome_of(const FrozenCase& frozen) {
  const auto& kind = frozen.text("kind");
  try {
    if (kind == "vault") return check_vault(frozen);
    if (kind == "log") return check_log(frozen);
    if (kind == "plaintext" || kind == "sealed_field") return check_plaintext(frozen);
    return check_keys(frozen);
  } catch (const Error& error) {
    return std::string(name_of(error.code()));
  }
}

class FrozenVectors : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(FrozenVectors, EndAsTheyAlwaysDid) {
  const FrozenCase frozen(GetParam());
  EXPECT_EQ(outcome_of(frozen), frozen.text("expect"));
}

INSTANTIATE_TEST_SUITE_P(Version1, FrozenVectors, ::testing::ValuesIn(cases()),
                         [](const auto& tested) { return tested.param.stem().string(); });

// A folder that lost its files would pass otherwise.
TEST(FrozenVectorFiles, AreAllThere) { EXPECT_GE(cases().size(), 160U); }

}  // namespace
}  // namespace vault::testing
