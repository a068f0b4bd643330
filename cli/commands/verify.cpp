// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/json_output.h"
#include "cli/terminal/progress.h"
#include "vault/base/error.h"
#include "vault/upkeep/examine.h"

namespace cli {
namespace {

Json to_json(const vault::Damage& damage) {
  return {{"code", name_of(damage.code)},
          {"agent", damage.agent ? Json(damage.agent->text()) : Json(nullptr)},
          {"what", damage.what}};
}

Json to_json(const vault::Examination& examination, bool deep) {
  Json document = json_document();
  document["deep"] = deep;
  document["vaultVerified"] = examination.vault_checked;
  document["agents"] = Json::array();
  for (const auto& agent : examination.agents) {
    document["agents"].push_back({{"agent", agent.name.text()},
                                  {"verified", agent.checked},
                                  {"records", agent.records},
                                  {"generation", agent.generation}});
  }
  document["damages"] = Json::array();
  for (const auto* list : {&examination.damages, &examination.rollbacks}) {
    for (const auto& damage : *list) document["damages"].push_back(to_json(damage));
  }
  document["ok"] = examination.sound() && examination.rollbacks.empty();
  return document;
}

void print_table(const Context& context, const vault::Examination& examination) {
  Table table({{"AGENT"}, {"RECORDS", Align::right}, {"STATE"}});
  for (const auto& agent : examination.agents) {
    const bool damaged = !agent.checked || std::ranges::any_of(examination.damages, [&](const vault::Damage& damage) {
      return damage.agent == agent.name;
    });
    table.add_row({agent.name.text(), std::to_string(agent.records),
                   damaged ? Cell("not right", Style::red) : Cell("verified", Style::green)});
  }
  context.out().write(table.render(context.terminal().table_look()));
}

// A token reads the shared profiles and cannot tell whether all are there.
void tell_limits(const Context& context, const vault::Examination& examination, bool holds_root) {
  if (holds_root) return;
  context.terminal().note(
      "An agent's token verifies that agent alone; the vault's keys and other agents take a key of the whole vault.");
  for (const auto& agent : examination.agents) {
    if (!agent.checked) context.terminal().note("Read, but not verified: agent " + in_quotes(agent.name.text()) + ".");
  }
}

struct Verify final : Action {
  bool deep = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Verify::declare(Arguments& arguments) {
  arguments
      .about(
          "Compares the vault's agents, keys and records with the sealed states that were written with them: rows that "
          "were added, removed, changed or put back behind its back show. Ends with 72 when anything is not right.")
      .flag("--deep", deep, "open every record and every secret as well, and check the file's pages");
}

ExitCode Verify::run(Context& context) {
  auto& vault = context.open(vault::Access::read);
  const auto examination =
      examine(vault, deep ? vault::Depth::everything : vault::Depth::states, Progress(context, "Verifying"));
  if (context.flags().json) {
    print_json(context.out(), to_json(examination, deep));
  } else {
    print_table(context, examination);
  }
  for (const auto* list : {&examination.damages, &examination.rollbacks}) {
    for (const auto& damage : *list) context.terminal().warn(damage.what);
  }
  tell_limits(context, examination, vault.holds_root());
  if (!examination.sound() || !examination.rollbacks.empty()) return ExitCode::damaged;
  context.terminal().note(deep ? "All is as it was written; every secret opens." : "All is as it was written.");
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_verify() { return std::make_unique<Verify>(); }

}  // namespace cli
