// SPDX-License-Identifier: Apache-2.0
// Laying the tables: all steps and the version in one transaction, one at a time however many try.
#include "vault/storage/postgres/program/failed.h"
#include "vault/storage/postgres/program/server.h"
#include "vault/storage/postgres/tables.h"

namespace vault::postgres {
namespace {

constexpr const char* kBeginning =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = 10000; "
    "SET LOCAL statement_timeout = 30000; SET LOCAL synchronous_commit = 'on'; "
    "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('claviger $S', 0)); ";

// Tables, views, sequences: whatever has a name there.
constexpr const char* kWhatIsThere =
    "SELECT CASE WHEN pg_catalog.to_regnamespace('$S') IS NULL THEN 'nothing' "
    "WHEN pg_catalog.to_regclass('$S.schema_version') IS NOT NULL THEN 'vault' "
    "WHEN EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.to_regnamespace('$S')) "
    "THEN 'others' ELSE 'empty' END";

}  // namespace

void Server::lay_schema() {
  if (left_open_) roll_back_now();
  try {
    execute(kBeginning);
    const auto there = execute(kWhatIsThere);
    if (there == "others") fail(ErrorCode::not_a_vault, HelperPhase::speaking);
    if (there == "nothing") execute("CREATE SCHEMA $S");
    for (const auto& step : there == "vault" ? Steps{} : known_steps()) execute(step_for(step, schema_));
    execute("COMMIT");
  } catch (const Failed&) {
    roll_back_now();
    throw;
  }
}

}  // namespace vault::postgres
