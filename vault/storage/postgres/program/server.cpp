// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/server.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vault::postgres {
namespace {

constexpr std::size_t kMostUnanswered = 256;  // answers that may wait on the way

// SET and LOCK TABLE take no snapshot, so the transaction's begins after its turn has come, and is the newest state.
// Any SELECT before the lock, set_config() included, would freeze an older one, and the write would end in 40001.
std::vector<std::string> beginning_of_writing(std::uint64_t longest_wait_ms) {
  // 0 would wait for ever.
  const auto wait = std::to_string(std::clamp<std::uint64_t>(longest_wait_ms, 1, 3'600'000));
  return {"BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE",
          "SET LOCAL lock_timeout = " + wait,
          "SET LOCAL statement_timeout = 30000",
          "SET LOCAL idle_in_transaction_session_timeout = 30000",
          "LOCK TABLE $S.writer_turn IN EXCLUSIVE MODE",
          "SELECT pg_catalog.set_config('synchronous_commit', 'on', true) "
          "WHERE pg_catalog.current_setting('synchronous_commit') IN ('off', 'local')"};
}

constexpr const char* kBeginningOfReading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* kVersion = "SELECT version FROM $S.schema_version";
constexpr const char* kPutMark = "INSERT INTO $S.commit_mark (id) VALUES ($1)";
constexpr const char* kForgetMarks = "DELETE FROM $S.commit_mark WHERE at < pg_catalog.now() - interval '1 day'";

bool led_to_no_primary(const Failure& failure) {
  const std::string_view state(failure.state.data(), failure.state.size());
  return state == "25006" || state == "0A000";  // the latter: BEGIN ... READ WRITE on a standby
}

std::optional<std::uint64_t> number_in(const Values& row) {
  if (row.size() != 1 || !row.front() || row.front()->size() != 8) return {};
  std::uint64_t number = 0;
  for (const auto byte : *row.front()) number = number << 8 | byte;
  return number;
}

}  // namespace

Server::Server(const std::string& connection, std::string schema, const std::string& passfile)
    : servers_(servers_of(connection, passfile)), schema_(std::move(schema)) {
  connect_anew();
}

void Server::connect_anew() {
  pipeline_.reset();
  connection_ = connect(servers_);
  pipeline_.emplace(connection_.get());
  left_open_ = false;
}

std::string Server::execute(const std::string& sql) {
  const Result result(PQexec(connection_.get(), with_schema(sql, schema_).c_str()));
  result.require_success();
  return result.first_text();
}

void Server::begin(bool writes, std::uint64_t longest_wait_ms, const std::vector<Statement>& with) {
  pipeline_->finish();
  if (!left_open_) roll_back_now();  // of a beginning of which a statement failed nobody has seen the end
  if (!is_lost()) {
    try {
      return try_to_begin(writes, longest_wait_ms, with);
    } catch (const Failed& failed) {
      if (!is_lost() && !(writes && led_to_no_primary(failed.failure))) throw;
    }
  }
  connect_anew();
  try_to_begin(writes, longest_wait_ms, with);
}

void Server::try_to_begin(bool writes, std::uint64_t longest_wait_ms, const std::vector<Statement>& with) {
  try {
    if (std::exchange(left_open_, false)) send("ROLLBACK");
    if (!writes) send(kBeginningOfReading);
    if (writes) {
      for (const auto& sql : beginning_of_writing(longest_wait_ms)) send(sql);
    }
    send(kVersion);
    for (const auto which : with) pipeline_->send(statement_text(which, schema_));
    pipeline_->ask_for_answers();
    while (pipeline_->unanswered() > with.size() + 1) pipeline_->next();
    judge_version();
    reads_ = !writes;
  } catch (const Failed& failed) {
    explain(failed);
  }
  if (with.empty()) pipeline_->finish();
}

void Server::judge_version() {
  std::optional<std::uint64_t> version;
  pipeline_->next([&](const Values& row) { version = number_in(row); });
  if (!version) fail(ErrorCode::not_a_vault, HelperPhase::speaking);
  if (*version > kSchemaVersion) fail(ErrorCode::newer_format, HelperPhase::speaking);
  if (*version < kSchemaVersion) fail(ErrorCode::busy, HelperPhase::speaking, state::older_schema);
}

std::uint64_t Server::next_answer(const RowVisit& row) {
  if (pipeline_->unanswered() == 0) fail(ErrorCode::internal, HelperPhase::none);
  try {
    const auto changed = pipeline_->next(row);
    if (pipeline_->unanswered() == 0) pipeline_->finish();
    return changed;
  } catch (const Failed&) {
    pipeline_->finish();
    throw;
  }
}

// No schema, and a schema that is not a vault's, look alike to who begins: the server is asked which it is.
void Server::explain(Failed failed) {
  roll_back_now();
  if (is_lost()) throw failed;
  const auto code = failed.failure.code;
  if (code != ErrorCode::tampered_schema && code != ErrorCode::vault_missing) throw failed;
  const auto there = execute(
      "SELECT CASE WHEN pg_catalog.to_regnamespace('$S') IS NULL THEN 'nothing' "
      "WHEN pg_catalog.to_regclass('$S.schema_version') IS NULL THEN 'others' ELSE 'vault' END");
  failed.failure.code = there == "nothing"  ? ErrorCode::vault_missing
                        : there == "others" ? ErrorCode::not_a_vault
                                            : ErrorCode::tampered_schema;
  throw failed;
}

std::uint64_t Server::run(Statement which, const Values& parameters, const RowVisit& row) {
  pipeline_->send(statement_text(which, schema_), parameters);
  collect_all_but(1);
  return next_answer(row);
}

void Server::run_later(Statement which, const Values& parameters) {
  pipeline_->send(statement_text(which, schema_), parameters);
  if (pipeline_->unanswered() == kMostUnanswered) collect();
}

void Server::collect() {
  if (pipeline_->unanswered() > 0) collect_all_but(0);
  pipeline_->finish();
}

void Server::collect_all_but(std::size_t but) {
  try {
    pipeline_->ask_for_answers();
    while (pipeline_->unanswered() > but) pipeline_->next();
  } catch (const Failed&) {
    pipeline_->finish();
    throw;
  }
}

// All that was put, the mark and COMMIT on one journey: a statement that fails keeps those behind it from being run.
// What the server has answered to the COMMIT counts; without an answer nobody knows.
void Server::commit(ByteView mark) {
  if (mark.empty()) return roll_back();
  Failure lost{ErrorCode::io, HelperPhase::speaking};
  if (is_lost()) {
    lost.nothing_sent = true;
    throw Failed{lost};
  }
  try {
    pipeline_->send({with_schema(kPutMark, schema_), "b"}, {mark});
    send(kForgetMarks);
    send("COMMIT");
    collect();
  } catch (const Failed&) {
    if (!is_lost()) throw;
    lost.outcome_unknown = true;
    throw Failed{lost};
  }
}

void Server::roll_back() {
  if (reads_ && !is_lost() && PQtransactionStatus(connection_.get()) == PQTRANS_INTRANS) {
    left_open_ = true;
  } else {
    roll_back_now();
  }
}

// What was sent and not answered is undone with the rest.
void Server::roll_back_now() noexcept {
  left_open_ = false;
  pipeline_->finish();
  if (is_lost() || PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
  const Result undone(PQexec(connection_.get(), "ROLLBACK"));
}

bool Server::look_for_mark(ByteView mark, std::uint64_t longest_wait_ms) {
  bool found = false;
  try {
    for (const auto& sql : beginning_of_writing(longest_wait_ms)) send(sql);
    pipeline_->send({with_schema("SELECT 1 FROM $S.commit_mark WHERE id = $1", schema_), "b"}, {mark});
    collect_all_but(1);
    pipeline_->next([&](const Values&) { found = true; });
  } catch (const Failed&) {
    roll_back_now();
    throw;
  }
  roll_back_now();
  return found;
}

}  // namespace vault::postgres
