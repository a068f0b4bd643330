// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/result.h"

#include <cstdlib>

#include "vault/storage/postgres/program/failed.h"
#include "vault/storage/postgres/program/sqlstate.h"

namespace vault::postgres {

void fail_as_lost() { fail(ErrorCode::io, HelperPhase::speaking); }

void Result::require_success() const {
  switch (status()) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE: return;
    case PGRES_PIPELINE_ABORTED: fail(ErrorCode::internal, HelperPhase::speaking);
    default: break;
  }
  const char* const state = result_ ? PQresultErrorField(result_.get(), PG_DIAG_SQLSTATE) : nullptr;
  // A backend that was ended reports none; neither does libpq for a fault of its own, with the connection whole.
  if (state == nullptr) fail(ErrorCode::io, HelperPhase::speaking);
  fail(code_of_state(state), HelperPhase::speaking, state);
}

bool Result::holds_a_row() const noexcept {
  return (status() == PGRES_SINGLE_TUPLE || status() == PGRES_TUPLES_OK) && PQntuples(result_.get()) > 0;
}

std::vector<std::optional<ByteView>> Result::values() const {
  std::vector<std::optional<ByteView>> values;
  for (int i = 0; i < PQnfields(result_.get()); ++i) {
    if (PQgetisnull(result_.get(), 0, i) != 0) {
      values.emplace_back();
      continue;
    }
    const auto* const data = reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_.get(), 0, i));
    values.emplace_back(ByteView(data, static_cast<std::size_t>(PQgetlength(result_.get(), 0, i))));
  }
  return values;
}

std::uint64_t Result::changed_rows() const noexcept {
  return std::strtoull(PQcmdTuples(result_.get()), nullptr, 10);  // "" for what changes none
}

std::string Result::first_text() const {
  if (!holds_a_row() || PQnfields(result_.get()) == 0) return {};
  return PQgetvalue(result_.get(), 0, 0);
}

std::vector<std::string> Result::first_texts() const {
  std::vector<std::string> texts;
  for (int i = 0; holds_a_row() && i < PQnfields(result_.get()); ++i) {
    texts.emplace_back(PQgetvalue(result_.get(), 0, i));
  }
  return texts;
}

}  // namespace vault::postgres
