// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/sqlstate.h"

#include <gmock/gmock.h>

#include "tests/storage/error_of.h"

namespace vault::postgres {
namespace {

TEST(SqlState, MeansOneErrorCode) {
  const std::pair<const char*, ErrorCode> meanings[] = {
      {"40001", ErrorCode::busy},
      {"40P01", ErrorCode::busy},
      {"55P03", ErrorCode::busy},
      {"57014", ErrorCode::busy},
      {"25006", ErrorCode::busy},
      {"08006", ErrorCode::io},
      {"57P01", ErrorCode::io},
      {"57P03", ErrorCode::io},
      {"53300", ErrorCode::io},
      {"53100", ErrorCode::io},
      {"58030", ErrorCode::io},
      {"25P03", ErrorCode::io},
      {"", ErrorCode::io},
      {"28P01", ErrorCode::denied},
      {"28000", ErrorCode::denied},
      {"42501", ErrorCode::denied},
      {"3D000", ErrorCode::vault_missing},
      {"3F000", ErrorCode::vault_missing},
      {"42P01", ErrorCode::tampered_schema},
      {"42703", ErrorCode::tampered_schema},
      {"42804", ErrorCode::tampered_schema},
      {"XX001", ErrorCode::damaged_record},
      {"XX002", ErrorCode::damaged_record},
      {"XX000", ErrorCode::internal},
      {"42601", ErrorCode::internal},
      {"23514", ErrorCode::internal},
      {"25P02", ErrorCode::internal},
      {"40002", ErrorCode::internal},
  };
  for (const auto& [state, code] : meanings) EXPECT_EQ(code_of_state(state), code) << state;
}

TEST(SqlState, IsFoundAtTheEndOfWhatLibpqSays) {
  EXPECT_EQ(state_in_message("connection to server on socket \"/x\" failed: FATAL:  28P01\n"), "28P01");
  EXPECT_EQ(state_in_message("FATAL:  3D000"), "3D000");
  for (const auto* const other : {"", "could not connect\n", "Is the server running: REFUSED\n", ":  28p01", "28P01"}) {
    EXPECT_EQ(state_in_message(other), "") << other;
  }
}

}  // namespace
}  // namespace vault::postgres
