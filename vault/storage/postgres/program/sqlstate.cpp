// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/sqlstate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vault::postgres {
namespace {

// Whole states and classes, looked through from the front.
constexpr std::array<std::pair<std::string_view, ErrorCode>, 20> kMeanings{{
    {"40001", ErrorCode::busy},             // two writers, one of them outside the line
    {"40P01", ErrorCode::busy},             // deadlock
    {"55P03", ErrorCode::busy},             // lock_timeout
    {"57014", ErrorCode::busy},             // statement_timeout
    {"25006", ErrorCode::busy},             // a standby, or a primary that has just become one
    {"25P03", ErrorCode::io},               // idle_in_transaction_session_timeout
    {"08", ErrorCode::io},                  // the connection
    {"57P", ErrorCode::io},                 // shut down, crashed, starting
    {"53", ErrorCode::io},                  // disk full, out of memory, too many connections
    {"58", ErrorCode::io},                  // the server's own system
    {"28", ErrorCode::denied},              // the login
    {"42501", ErrorCode::denied},           // the role's rights
    {"3D000", ErrorCode::vault_missing},    // no such database
    {"3F000", ErrorCode::vault_missing},    // no such schema
    {"42P01", ErrorCode::tampered_schema},  // no such table
    {"42703", ErrorCode::tampered_schema},  // no such column
    {"42804", ErrorCode::tampered_schema},  // of another type
    {"XX001", ErrorCode::damaged_record},
    {"XX002", ErrorCode::damaged_record},
    {"", ErrorCode::internal},
}};

bool is_state_character(char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

}  // namespace

ErrorCode code_of_state(std::string_view state) noexcept {
  if (state.empty()) return ErrorCode::io;
  return std::ranges::find_if(kMeanings, [&](const auto& one) { return state.starts_with(one.first); })->second;
}

bool ends_the_connection(std::string_view state) noexcept {
  return state.empty() || state.starts_with("08") || state == "25P03" || (state.starts_with("57P") && state != "57P04");
}

std::string_view state_in_message(std::string_view message) noexcept {
  constexpr std::size_t kSize = 5;
  const auto end = message.find_last_not_of(" \n");
  if (end == std::string_view::npos || end + 1 < kSize) return {};
  const auto state = message.substr(end + 1 - kSize, kSize);
  const auto before = message.substr(0, end + 1 - kSize);
  return before.ends_with(":  ") && std::ranges::all_of(state, is_state_character) ? state : std::string_view{};
}

}  // namespace vault::postgres
