// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"
#include "vault/upkeep/server_tables.h"

namespace cli {
namespace {

struct VaultSql final : Action {
  vault::ServerRoles roles;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void VaultSql::declare(Arguments& arguments) {
  arguments
      .about(
          "Prints the SQL that makes a vault's tables on PostgreSQL and lets roles use them, for an administrator to "
          "run. Where it was run, `claviger init` makes the vault as the writing role, which cannot change the tables. "
          "A host whose token reads shared profiles connects as the reading one.")
      .about("Nothing is opened or asked. The schema is what stands after the '#' of the place that --vault names.")
      .option("--reader", "ROLE", &roles.reader, "a role that reads the vault")
      .option("--writer", "ROLE", &roles.writer, "a role that reads and writes it")
      .example("claviger vault sql --reader fleet_reader --writer fleet | psql agents");
}

ExitCode VaultSql::run(Context& context) {
  const auto place = context.vault_place();
  const auto* const server = std::get_if<vault::PostgresPlace>(&place);
  if (server == nullptr) {
    throw vault::Error(vault::ErrorCode::usage, "a vault in a file has no tables that an administrator could make",
                       "name a place on a server: --vault 'postgres://role@server/database#schema'");
  }
  const auto sql = vault::tables_for_an_administrator(*server, roles);
  if (!context.flags().json) {
    context.out().write(sql);
    return ExitCode::done;
  }
  Json document = json_document();
  document["schema"] = server->schema;
  document["reader"] = roles.reader ? Json(*roles.reader) : Json(nullptr);
  document["writer"] = roles.writer ? Json(*roles.writer) : Json(nullptr);
  document["sql"] = sql;
  print_json(context.out(), document);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_vault_sql() { return std::make_unique<VaultSql>(); }

}  // namespace cli
