// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/server.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "vault/storage/postgres/program/result.h"

namespace vault::postgres {
namespace {

constexpr Oid kBytea = 17, kBigint = 20;
constexpr int kBinary = 1;
constexpr std::size_t kMostUncollected = 256;  // answers that may wait on the way

// SET and LOCK TABLE take no snapshot, so the transaction's begins after its turn has come, and is the newest state.
// Any SELECT before the lock, set_config() included, would freeze an older one, and the write would end in 40001.
std::string beginning_of_writing(std::uint64_t longest_wait_ms) {
  // 0 would wait for ever.
  const auto wait = std::to_string(std::clamp<std::uint64_t>(longest_wait_ms, 1, 3'600'000));
  return "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE; SET LOCAL lock_timeout = " + wait +
         "; SET LOCAL statement_timeout = 30000; SET LOCAL idle_in_transaction_session_timeout = 30000; "
         "LOCK TABLE $S.writer_turn IN EXCLUSIVE MODE; "
         "SELECT pg_catalog.set_config('synchronous_commit', 'on', true) "
         "WHERE pg_catalog.current_setting('synchronous_commit') IN ('off', 'local'); ";
}

constexpr const char* kBeginningOfReading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ";
constexpr const char* kVersion = "SELECT version FROM $S.schema_version";

bool led_to_no_primary(const Failure& failure) {
  const std::string_view state(failure.state.data(), failure.state.size());
  return state == "25006" || state == "0A000";  // the latter: BEGIN ... READ WRITE on a standby
}

}  // namespace

Server::Server(const std::string& connection, std::string schema, const std::string& passfile)
    : servers_(servers_of(connection, passfile)), schema_(std::move(schema)), connection_(connect(servers_)) {}

std::string Server::execute(const std::string& sql) {
  const Result result(PQexec(connection_.get(), with_schema(sql, schema_).c_str()));
  result.require_success(connection_.get());
  return result.first_text();
}

void Server::begin(bool writes, std::uint64_t longest_wait_ms) {
  uncollected_ = 0;
  if (!is_lost()) {
    try {
      return try_to_begin(writes, longest_wait_ms);
    } catch (const Failed& failed) {
      if (!is_lost() && !(writes && led_to_no_primary(failed.failure))) throw;
    }
  }
  connection_ = connect(servers_);
  left_open_ = false;
  try_to_begin(writes, longest_wait_ms);
}

void Server::try_to_begin(bool writes, std::uint64_t longest_wait_ms) {
  std::string version;
  try {
    const std::string before = std::exchange(left_open_, false) ? "ROLLBACK; " : "";
    version = execute(before + (writes ? beginning_of_writing(longest_wait_ms) : kBeginningOfReading) + kVersion);
    reads_ = !writes;
  } catch (const Failed& failed) {
    explain(failed);
  }
  std::uint32_t number = 0;
  const auto read = std::from_chars(version.data(), version.data() + version.size(), number);
  if (read.ec != std::errc{} || read.ptr != version.data() + version.size()) {
    fail(ErrorCode::not_a_vault, HelperPhase::speaking);
  }
  if (number > kSchemaVersion) fail(ErrorCode::newer_format, HelperPhase::speaking);
  if (number < kSchemaVersion) fail(ErrorCode::busy, HelperPhase::speaking, state::older_schema);
}

// No schema, and a schema that is not a vault's, look alike to who begins: the server is asked which it is.
void Server::explain(Failed failed) {
  if (is_lost()) throw failed;
  roll_back_now();
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

void Server::send(const Text& text, const Values& parameters) {
  if (parameters.size() != text.types.size()) fail(ErrorCode::internal, HelperPhase::none);
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths, formats(parameters.size(), kBinary);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    types.push_back(text.types[i] == 'i' ? kBigint : kBytea);
    const auto& value = parameters[i];
    // An empty value is not NULL, and has no address of its own.
    values.push_back(!value ? nullptr : value->empty() ? "" : reinterpret_cast<const char*>(value->data()));
    lengths.push_back(value ? static_cast<int>(value->size()) : 0);
  }
  if (PQsendQueryParams(connection_.get(), text.sql.c_str(), static_cast<int>(parameters.size()), types.data(),
                        values.data(), lengths.data(), formats.data(), kBinary) != 1) {
    fail_as_lost();
  }
}

std::uint64_t Server::run(Statement which, const Values& parameters, const std::function<void(const Values&)>& row) {
  collect();
  send(statement_text(which, schema_), parameters);
  PQsetSingleRowMode(connection_.get());
  std::uint64_t changed = 0;
  std::optional<Failed> failed;
  while (const Result result{PQgetResult(connection_.get())}) {
    try {
      if (failed) continue;
      result.require_success(connection_.get());
      changed += result.changed_rows();
      if (result.holds_a_row()) row(result.values());
    } catch (const Failed& failure) {
      failed = failure;
    }
  }
  if (failed) throw *failed;
  if (is_lost()) fail_as_lost();
  return changed;
}

void Server::run_later(Statement which, const Values& parameters) {
  if (uncollected_ == 0 && PQenterPipelineMode(connection_.get()) != 1) fail_as_lost();
  ++uncollected_;
  send(statement_text(which, schema_), parameters);
  if (uncollected_ == kMostUncollected) collect();
}

// Each statement's result and the null after it, then the end of the pipeline.
void Server::collect() {
  if (uncollected_ == 0) return;
  const auto sent = std::exchange(uncollected_, 0);
  if (PQpipelineSync(connection_.get()) != 1) fail_as_lost();
  std::optional<Failed> failed;
  for (std::size_t i = 0; i < sent; ++i) {
    while (const Result result{PQgetResult(connection_.get())}) {
      try {
        if (failed) continue;
        result.require_success(connection_.get());
        if (result.changed_rows() != 1) fail(ErrorCode::internal, HelperPhase::speaking);
      } catch (const Failed& failure) {
        failed = failure;
      }
    }
    if (is_lost()) break;
  }
  if (!is_lost()) const Result end(PQgetResult(connection_.get()));
  if (!is_lost()) PQexitPipelineMode(connection_.get());
  if (failed) throw *failed;
  if (is_lost()) fail_as_lost();
}

// One pipeline, so one journey. What the server has answered to the COMMIT counts; without an answer nobody knows.
void Server::commit(ByteView mark) {
  collect();
  if (mark.empty()) return roll_back();
  if (is_lost()) {
    Failure failure{ErrorCode::io, HelperPhase::speaking};
    failure.nothing_sent = true;
    throw Failed{failure};
  }
  commit_with_mark(connection_.get(), with_schema("INSERT INTO $S.commit_mark (id) VALUES ($1)", schema_),
                   with_schema("DELETE FROM $S.commit_mark WHERE at < pg_catalog.now() - interval '1 day'", schema_),
                   mark);
}

void Server::roll_back() {
  if (reads_ && !is_lost() && PQtransactionStatus(connection_.get()) == PQTRANS_INTRANS) {
    left_open_ = true;
  } else {
    roll_back_now();
  }
}

void Server::roll_back_now() {
  left_open_ = false;
  try {
    collect();
  } catch (const Failed&) {  // it is undone
  }
  if (!is_lost()) const Result undone(PQexec(connection_.get(), "ROLLBACK"));
}

bool Server::look_for_mark(ByteView mark, std::uint64_t longest_wait_ms) {
  execute(beginning_of_writing(longest_wait_ms));
  send({with_schema("SELECT 1 FROM $S.commit_mark WHERE id = $1", schema_), "b"}, {mark});
  bool found = false;
  while (const Result result{PQgetResult(connection_.get())}) {
    result.require_success(connection_.get());
    found = found || result.holds_a_row();
  }
  if (is_lost()) fail_as_lost();
  roll_back_now();
  return found;
}

}  // namespace vault::postgres
