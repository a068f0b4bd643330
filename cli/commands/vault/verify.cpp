// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sys/stat.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/progress.h"
#include "cli/unlocking/paths.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"
#include "vault/upkeep/examine.h"

namespace cli {
namespace {

Json to_json(const vault::DamagedRecord& record) {
  return {{"agent", record.agent.text()},
          {"kind", name_of(record.kind)},
          {"name", record.name ? Json(*record.name) : Json(nullptr)},
          {"row", record.row}};
}

Json to_json(const vault::Damage& damage) {
  return {{"code", name_of(damage.code)},
          {"agent", damage.agent ? Json(damage.agent->text()) : Json(nullptr)},
          {"what", damage.what}};
}

// A file that was named may be a backup: that it is older than what this host wrote last is what a backup is. The vault
// in its own place must not be.
bool may_be_old(const Context& context) {
  if (!context.flags().vault) return false;
  struct stat named {
  }, usual{};
  const auto file = context.vault_file();
  if (!file) return false;  // what lies on a server is nobody's backup
  vault::VaultPlace place;
  try {
    place = vault_place(context.environment(), std::nullopt);
  } catch (const vault::Error&) {
    return true;  // nothing says where the vault's own place is
  }
  const auto* const own = file_of(place);
  const bool same = own != nullptr && ::stat(file->c_str(), &named) == 0 && ::stat(own->c_str(), &usual) == 0 &&
                    named.st_dev == usual.st_dev && named.st_ino == usual.st_ino;
  return !same;
}

Json to_json(const vault::Examination& examination, bool deep, bool good) {
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
  document["damaged"] = Json::array();
  document["older"] = Json::array();
  for (const auto& damage : examination.damages) {
    document["damages"].push_back(to_json(damage));
    if (damage.record) document["damaged"].push_back(to_json(*damage.record));
  }
  for (const auto& old : examination.rollbacks) document["older"].push_back(to_json(old));
  document["ok"] = good;
  return document;
}

Cell state_cell(const vault::Examination& examination, const vault::ExaminedAgent& agent) {
  const bool damaged =
      std::ranges::any_of(examination.damages, [&](const vault::Damage& damage) { return damage.agent == agent.name; });
  if (damaged) return {"damaged", Style::red};
  return agent.checked ? Cell("verified", Style::green) : Cell("not verified", Style::yellow);
}

void print_table(const Context& context, const vault::Examination& examination) {
  Table table({{"AGENT"}, {"RECORDS", Align::right}, {"STATE"}});
  for (const auto& agent : examination.agents) {
    table.add_row({agent.name.text(), std::to_string(agent.records), state_cell(examination, agent)});
  }
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();  // the notes stand below it
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

// Says no more than was looked at.
void conclude(const Context& context, const vault::Examination& examination, bool deep) {
  const bool all = std::ranges::all_of(examination.agents, &vault::ExaminedAgent::checked);
  const std::string what = all ? "All is as it was written" : "What could be verified is as it was written";
  const std::string secrets = deep ? "; every secret opens." : ".";
  context.terminal().note(what + secrets);
  if (!examination.rollbacks.empty()) context.terminal().note("It is an older state, as that of a backup is.");
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
  const bool good = examination.sound() && (examination.rollbacks.empty() || may_be_old(context));
  if (context.flags().json) {
    print_json(context.out(), to_json(examination, deep, good));
  } else {
    print_table(context, examination);
  }
  for (const auto& warning : examination.warnings) context.terminal().warn(warning);
  for (const auto& damage : examination.damages) context.terminal().warn(damage.what);
  for (const auto& old : examination.rollbacks) context.terminal().warn(old.what);
  tell_limits(context, examination, vault.holds_root());
  if (!examination.sound()) context.terminal().note("What does not open can be given up with `claviger repair`");
  if (!good) return ExitCode::damaged;
  conclude(context, examination, deep);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_verify() { return std::make_unique<Verify>(); }

}  // namespace cli
