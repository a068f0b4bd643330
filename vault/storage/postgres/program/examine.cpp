// SPDX-License-Identifier: Apache-2.0
// What a rating of the server wants to know.
#include <algorithm>

#include "vault/storage/postgres/program/result.h"
#include "vault/storage/postgres/program/server.h"

namespace vault::postgres {
namespace {

constexpr const char* kFacts = R"(
  SELECT pg_catalog.current_setting('server_version'),
    CASE WHEN role.rolsuper THEN 'superuser'
         WHEN pg_catalog.pg_has_role(space.nspowner, 'USAGE') THEN 'owner'
         WHEN pg_catalog.has_table_privilege('$S.writer_turn', 'UPDATE') THEN 'writer' ELSE 'reader' END,
    pg_catalog.current_setting('fsync'), pg_catalog.current_setting('full_page_writes'),
    pg_catalog.current_setting('synchronous_commit'),
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = space.oid AND NOT t.tgisinternal) +
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
      WHERE c.relnamespace = space.oid),
    (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) * 1000)::bigint
  FROM pg_catalog.pg_roles role, pg_catalog.pg_namespace space
  WHERE role.rolname = CURRENT_USER AND space.oid = pg_catalog.to_regnamespace('$S'))";

}  // namespace

std::vector<std::string> Server::first_row(const std::string& sql) {
  const Result result(PQexec(connection_.get(), with_schema(sql, schema_).c_str()));
  result.require_success();
  return result.first_texts();
}

std::vector<std::string> Server::examine() {
  auto facts = first_row(kFacts);
  if (facts.empty()) fail(ErrorCode::vault_missing, HelperPhase::speaking);
  facts.emplace_back(PQsslInUse(connection_.get()) != 0 ? "on" : "off");
  facts.emplace_back(std::ranges::any_of(servers_.hosts, is_weak) ? "weak" : "verified");
  return facts;
}

}  // namespace vault::postgres
