// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/program/statements.h"

#include <array>

namespace vault::postgres {
namespace {

struct Template {
  const char* types;
  const char* sql;
};

// Indexed by Statement. All that a server could be talked into resolving otherwise is named with its schema. What is
// put is judged by the parent first, and by the tables' own constraints: a statement that changed nothing could not
// hold up the COMMIT that goes on the same journey, an error does.
constexpr std::array<Template, static_cast<std::size_t>(Statement::count_)> kTemplates{{
    {"", "SELECT id, created_ms, sealed_settings, sealed_state, rewrite_due::bigint FROM $S.vault"},
    {"bibbi", R"(INSERT INTO $S.vault (one, id, created_ms, sealed_settings, sealed_state, rewrite_due)
                 VALUES (1, $1, $2, $3, $4, $5)
                 ON CONFLICT (one) DO UPDATE SET id = excluded.id, created_ms = excluded.created_ms,
                   sealed_settings = excluded.sealed_settings, sealed_state = excluded.sealed_state,
                   rewrite_due = excluded.rewrite_due)"},

    {"", R"(SELECT id, agent_id, kind::bigint, parameters, commitment, wrapped, sealed_for_root, created_ms
            FROM $S.key_slot LIMIT 33)"},
    {"", R"(SELECT id, agent_id, kind::bigint, parameters, commitment, wrapped, sealed_for_root, created_ms
            FROM $S.key_slot)"},
    {"b", R"(SELECT id, agent_id, kind::bigint, parameters, commitment, wrapped, sealed_for_root, created_ms
             FROM $S.key_slot WHERE id = $1)"},
    {"bbibbbbi", R"(INSERT INTO $S.key_slot (id, agent_id, kind, parameters, commitment, wrapped, sealed_for_root,
                      created_ms)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                    ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, kind = excluded.kind,
                      parameters = excluded.parameters, commitment = excluded.commitment, wrapped = excluded.wrapped,
                      sealed_for_root = excluded.sealed_for_root, created_ms = excluded.created_ms)"},
    {"b", "DELETE FROM $S.key_slot WHERE id = $1"},

    {"", "SELECT id, lookup, sealed_key, sealed_sheet, sealed_state FROM $S.agent LIMIT 33"},
    {"", "SELECT id, lookup, sealed_key, sealed_sheet, sealed_state FROM $S.agent"},
    {"b", "SELECT id, lookup, sealed_key, sealed_sheet, sealed_state FROM $S.agent WHERE lookup = $1"},
    {"b", "SELECT id, lookup, sealed_key, sealed_sheet, sealed_state FROM $S.agent WHERE id = $1"},
    {"bbbbb", R"(INSERT INTO $S.agent (id, lookup, sealed_key, sealed_sheet, sealed_state)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (id) DO UPDATE SET lookup = excluded.lookup, sealed_key = excluded.sealed_key,
                   sealed_sheet = excluded.sealed_sheet, sealed_state = excluded.sealed_state)"},
    {"b", "DELETE FROM $S.agent WHERE id = $1"},

    {"bib", R"(WITH few AS MATERIALIZED (SELECT pg_catalog.count(*) <= 64 AS are FROM
                 (SELECT FROM $S.record WHERE agent_id = $1 LIMIT 65) AS first_of_them)
               SELECT 1::bigint, kind::bigint, lookup, sealed_sheet, sealed_secret FROM $S.record
                 WHERE agent_id = $1 AND (SELECT are FROM few)
               UNION ALL
               SELECT 0::bigint, kind::bigint, lookup, sealed_sheet, sealed_secret FROM $S.record
                 WHERE agent_id = $1 AND kind = $2 AND lookup = $3 AND NOT (SELECT are FROM few)
               UNION ALL
               SELECT 2::bigint, NULL, NULL, NULL, NULL
                 WHERE NOT EXISTS (SELECT FROM $S.record WHERE agent_id = $1))"},
    {"bibbb", R"(INSERT INTO $S.record (agent_id, kind, lookup, sealed_sheet, sealed_secret)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (agent_id, kind, lookup) DO UPDATE SET sealed_sheet = excluded.sealed_sheet,
                   sealed_secret = excluded.sealed_secret)"},
    {"bib", "DELETE FROM $S.record WHERE agent_id = $1 AND kind = $2 AND lookup = $3"},
    {"b", R"(SELECT kind::bigint, lookup, sealed_sheet, sealed_secret FROM $S.record WHERE agent_id = $1
             ORDER BY kind, lookup)"},

    {"", "SELECT coalesce(pg_catalog.max(sequence), 0) FROM $S.log_event"},
    {"ibb", "INSERT INTO $S.log_event (sequence, agent_id, sealed) VALUES ($1, $2, $3)"},
    {"bbi", "UPDATE $S.log_event SET agent_id = $1, sealed = $2 WHERE sequence = $3"},
    {"", "SELECT sequence, agent_id, sealed FROM $S.log_event ORDER BY sequence"},
    {"b", R"(SELECT sequence, sealed FROM $S.log_event WHERE agent_id = $1 OR (agent_id IS NULL AND $1 IS NULL)
             ORDER BY sequence)"},
    {"bi", R"(DELETE FROM $S.log_event
              WHERE (agent_id = $1 OR (agent_id IS NULL AND $1 IS NULL)) AND sequence <= $2)"},
}};

}  // namespace

std::string with_schema(std::string_view sql, const std::string& schema) {
  std::string text;
  for (auto at = sql.find("$S"); at != std::string_view::npos; at = sql.find("$S")) {
    text += sql.substr(0, at);
    text += '"' + schema + '"';
    sql.remove_prefix(at + 2);
  }
  return text += sql;
}

Text statement_text(Statement which, const std::string& schema) {
  const auto& one = kTemplates.at(static_cast<std::size_t>(which));
  return {with_schema(one.sql, schema), one.types};
}

}  // namespace vault::postgres
