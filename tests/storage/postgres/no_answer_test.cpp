// SPDX-License-Identifier: Apache-2.0
// What of all that a helper tells is no answer of the server's (fleet store, the local copy).
#include <algorithm>
#include <gtest/gtest.h>

#include "vault/storage/postgres/failure_words.h"

namespace vault::postgres {
namespace {

bool is_no_answer(ErrorCode code, HelperPhase phase, std::string_view state) {
  Failure failure{.code = code, .phase = phase};
  std::ranges::copy(state, failure.state.begin());
  return postgres::is_no_answer(failure);
}

TEST(NoAnswer, IsAServerThatWasNotReached) {
  for (const auto phase : {HelperPhase::name, HelperPhase::connecting, HelperPhase::tls}) {
    EXPECT_TRUE(is_no_answer(ErrorCode::io, phase, "00000"));
  }
}

TEST(NoAnswer, IsOneThatIsStartingOrTakesNoMoreConnectionsOrWasLost) {
  EXPECT_TRUE(is_no_answer(ErrorCode::io, HelperPhase::login, "57P03"));
  EXPECT_TRUE(is_no_answer(ErrorCode::io, HelperPhase::login, "53300"));
  EXPECT_TRUE(is_no_answer(ErrorCode::io, HelperPhase::speaking, "00000"));
}

TEST(NoAnswer, IsNoRefusalAndNoFailureThatTheServerTells) {
  EXPECT_FALSE(is_no_answer(ErrorCode::denied, HelperPhase::login, "28P01"));
  EXPECT_FALSE(is_no_answer(ErrorCode::vault_missing, HelperPhase::login, "3D000"));
  EXPECT_FALSE(is_no_answer(ErrorCode::busy, HelperPhase::connecting, "00000"));
  EXPECT_FALSE(is_no_answer(ErrorCode::io, HelperPhase::speaking, "53100"));
  EXPECT_FALSE(is_no_answer(ErrorCode::io, HelperPhase::speaking, "58030"));
}

}  // namespace
}  // namespace vault::postgres
