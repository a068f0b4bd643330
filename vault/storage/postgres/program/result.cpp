// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/result.h"

#include <array>
#include <cstdlib>

#include "vault/storage/postgres/program/failed.h"
#include "vault/storage/postgres/program/sqlstate.h"

namespace vault::postgres {

void fail_as_lost() { fail(ErrorCode::io, HelperPhase::speaking); }

void Result::require_success(PGconn* connection) const {
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
  static_cast<void>(connection);
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

namespace {

constexpr Oid kBytea = 17;

void send_commit(PGconn* connection, const std::string& insert, const std::string& forget, ByteView mark) {
  const char* const value = reinterpret_cast<const char*>(mark.data());
  const int length = static_cast<int>(mark.size()), binary = 1;
  const bool sent = PQenterPipelineMode(connection) == 1 &&
                    PQsendQueryParams(connection, insert.c_str(), 1, &kBytea, &value, &length, &binary, 1) == 1 &&
                    PQsendQueryParams(connection, forget.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1 &&
                    PQsendQueryParams(connection, "COMMIT", 0, nullptr, nullptr, nullptr, nullptr, 1) == 1 &&
                    PQpipelineSync(connection) == 1;
  static_cast<void>(sent);  // what did not get away shows in the answers
}

}  // namespace

void commit_with_mark(PGconn* connection, const std::string& insert, const std::string& forget, ByteView mark) {
  send_commit(connection, insert, forget, mark);
  bool committed = false;
  std::optional<Failed> failed;
  for (int ends = 0; ends < 4 && PQstatus(connection) == CONNECTION_OK;) {
    const Result result(PQgetResult(connection));
    if (!result || result.status() == PGRES_PIPELINE_SYNC) {
      ++ends;  // of a statement, or of the pipeline
    } else if (result.status() != PGRES_PIPELINE_ABORTED) {
      try {
        result.require_success(connection);
        committed = committed || result.tag() == "COMMIT";
      } catch (const Failed& failure) {
        if (!failed) failed = failure;
      }
    }
  }
  const bool lost = PQstatus(connection) != CONNECTION_OK;
  if (!lost) PQexitPipelineMode(connection);
  if (committed) return;
  if (!lost && failed) throw *failed;
  Failure unknown{ErrorCode::io, HelperPhase::speaking};
  unknown.outcome_unknown = lost;
  throw Failed{unknown};
}

}  // namespace vault::postgres
