// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwire_report.h"

#include "cli/context.h"
#include "cli/terminal/table.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"

namespace cli {
namespace {

std::string references(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " reference to this vault" : " references to this vault");
}

Json profiles_json(const std::vector<const ReferringProfile*>& profiles) {
  Json list = Json::array();
  for (const auto* const profile : profiles)
    list.push_back({{"agent", profile->agent.text()}, {"id", profile->id.text()}});
  return list;
}

Json fields_json(const std::vector<const ServedField*>& fields) {
  Json list = Json::array();
  for (const auto* const field : fields) list.push_back(field->path);
  return list;
}

void add_plan(Json& document, const UnwirePlan& plan) {
  for (const char* const list : {"profiles", "config", "left", "configLeft"}) document[list] = Json::array();
  for (const auto& profile : plan.profiles)
    document["profiles"].push_back(
        {{"agent", profile.agent.text()}, {"id", profile.id.text()}, {"refId", profile.ref.id}});
  for (const auto& field : plan.fields) document["config"].push_back({{"path", field.path}, {"refId", field.ref.id}});
  for (const auto& left : plan.left)
    document["left"].push_back({{"agent", left.agent.text()}, {"id", left.id}, {"reason", left.reason}});
  for (const auto& left : plan.fields_left)
    document["configLeft"].push_back({{"path", left.path}, {"reason", left.reason}});
}

}  // namespace

Json unwire_report(const UnwireJob& job, const UnwireOutcome& outcome, UnwireMode mode) {
  Json document = json_receipt(mode == UnwireMode::dry_run);
  document["stateDir"] = job.places.state_dir.string();
  add_plan(document, job.plan);
  document["applied"] = outcome.applied;
  document["restored"] = profiles_json(outcome.restored);
  document["restoredInConfig"] = fields_json(outcome.restored_fields);
  document["kept"] = profiles_json(outcome.kept);
  document["keptInConfig"] = fields_json(outcome.kept_fields);
  document["removedProviders"] = outcome.removed_providers;
  document["keptProviders"] = outcome.kept_providers;
  document["changed"] = Json::array();
  for (const auto& path : outcome.changed) document["changed"].push_back(path.string());
  document["reloaded"] = outcome.reloaded;
  document["failures"] = failures_json(outcome.failures);
  return document;
}

void print_references(const Context& context, const UnwirePlan& plan) {
  Table table({{"SECRET", Align::left, Shrink::allowed},
               {"OF", Align::left, Shrink::allowed},
               {"ASKED FOR AS", Align::left, Shrink::allowed}});
  for (const auto& profile : plan.profiles)
    table.add_row({profile.id.text(), "agent " + profile.agent.text(), profile.ref.id});
  for (const auto& field : plan.fields) table.add_row({field.path, "openclaw.json", field.ref.id});
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();
}

void tell_unwire_plan(const Context& context, const UnwirePlan& plan, UnwireMode mode) {
  const auto& terminal = context.terminal();
  const auto count = plan.profiles.size() + plan.fields.size();
  if (plan.providers.by_alias.empty())
    return terminal.note("OpenClaw's configuration has no provider that leads to this vault: nothing to do.");
  if (mode == UnwireMode::print)
    terminal.note(references(count) + " can be replaced by today's secrets: --apply does it.");
  if (mode == UnwireMode::dry_run) terminal.note(references(count) + " would be replaced by today's secrets.");
  for (const auto& left : plan.left) {
    terminal.warn(in_quotes(left.id) + " of agent " + in_quotes(left.agent.text()) +
                  " stays a reference: " + left.reason);
  }
  for (const auto& left : plan.fields_left)
    terminal.warn(in_quotes(left.path) + " of openclaw.json stays a reference: " + left.reason);
}

void tell_unwire_outcome(const Context& context, const UnwireOutcome& outcome) {
  const auto& terminal = context.terminal();
  const auto count = outcome.restored.size() + outcome.restored_fields.size();
  if (count > 0)
    terminal.note("Replaced " + references(count) +
                  " by today's secrets: they stand in OpenClaw's files in plaintext now.");
  for (const auto& alias : outcome.removed_providers) terminal.note("Removed the provider " + in_quotes(alias) + ".");
  for (const auto& alias : outcome.kept_providers)
    terminal.warn("the provider " + in_quotes(alias) + " stays in OpenClaw's configuration");
  for (const auto& path : outcome.changed) terminal.note("Changed " + path_in_quotes(path) + ".");
  terminal.note(outcome.reloaded ? "OpenClaw's gateway reads its secrets anew."
                                 : "A running gateway asks the vault until: openclaw secrets reload");
  terminal.note("The vault keeps everything. Tokens made for OpenClaw are still valid: `claviger agent token list`");
  for (const auto& failure : outcome.failures) {
    terminal.warn(failure.message + (failure.hint.empty() ? "" : " (hint: " + failure.hint + ")"));
  }
}

}  // namespace cli
