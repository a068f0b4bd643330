// SPDX-License-Identifier: Apache-2.0
#pragma once
// One place's server: transactions, statements and the schema over one connection. Every failure is thrown as Failed.

#include "vault/storage/postgres/program/connecting.h"
#include "vault/storage/postgres/program/failed.h"
#include "vault/storage/postgres/program/pipeline.h"

namespace vault::postgres {

class Server {
 public:
  Server(const std::string& connection, std::string schema, const std::string& passfile);

  // A writer takes its turn before its snapshot begins. Connects once more when the connection has gone stale, or led
  // to a server that is no primary any more. `with`: statements without parameters that go on the same journey; each is
  // answered by one call of next_answer(), before anything else is asked.
  void begin(bool writes, std::uint64_t longest_wait_ms, const std::vector<Statement>& with);
  std::uint64_t next_answer(const RowVisit& row);
  // The rows go to `row` as they come. The number of rows that were changed.
  std::uint64_t run(Statement which, const Values& parameters, const RowVisit& row);
  // Sent, and not waited for. What goes wrong is the failure of the next call.
  void run_later(Statement which, const Values& parameters);
  // `mark`: empty after reading. outcome_unknown: the connection was lost with the answer on its way.
  void commit(ByteView mark);
  // After reading nothing is sent: the next beginning does it on its way, or the connection's end.
  void roll_back();
  // Takes the turn, which it gets once the transaction in doubt is over.
  bool look_for_mark(ByteView mark, std::uint64_t longest_wait_ms);
  // In a schema that is missing or empty; nothing where a vault's tables are. not_a_vault: other tables are there.
  void lay_schema();
  // What ServerFacts holds, as texts.
  std::vector<std::string> examine();

 private:
  void connect_anew();
  void try_to_begin(bool writes, std::uint64_t longest_wait_ms, const std::vector<Statement>& with);
  void judge_version();
  void collect();
  // All answers but the last `but` statements'.
  void collect_all_but(std::size_t but);
  void send(std::string_view sql) { pipeline_->send(with_schema(sql, schema_)); }
  // A text of several statements; the first column of the last one's first row, where there is one.
  std::string execute(const std::string& sql);
  std::vector<std::string> first_row(const std::string& sql);
  [[noreturn]] void explain(Failed failed);
  void roll_back_now() noexcept;
  bool is_lost() const noexcept { return PQstatus(connection_.get()) != CONNECTION_OK; }

  Servers servers_;
  std::string schema_;
  ConnectionPtr connection_;
  std::optional<Pipeline> pipeline_;  // over that connection
  bool reads_ = false;                // the transaction that was begun last
  bool left_open_ = false;            // it was rolled back, and the server does not know yet
};

}  // namespace vault::postgres
