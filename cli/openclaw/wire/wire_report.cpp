// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/wire_report.h"

#include <algorithm>

#include "cli/context.h"
#include "cli/openclaw/config/config_file.h"
#include "cli/terminal/text.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/paths.h"
#include "cli/words/text_secret.h"
#include "import/stores/leftovers.h"

namespace cli {
namespace {

Json paths_json(const std::vector<std::filesystem::path>& paths) {
  Json list = Json::array();
  for (const auto& path : paths) list.push_back(path.string());
  return list;
}

Json ids_json(const std::vector<Declaration>& profiles) {
  Json list = Json::array();
  for (const auto& profile : profiles) list.push_back(profile.id.text());
  return list;
}

Json ids_json(const std::vector<const WireTarget*>& targets) {
  Json list = Json::array();
  for (const auto* const target : targets) list.push_back(target->id.text());
  return list;
}

Json field_json(const ServedField& field) {
  return {{"path", field.path},
          {"ref", {{"source", field.ref.source}, {"provider", *field.ref.provider}, {"id", field.ref.id}}}};
}

Json paths_of(const std::vector<const ServedField*>& fields) {
  Json list = Json::array();
  for (const auto* const field : fields) list.push_back(field->path);
  return list;
}

Json target_json(const WireTarget& target) {
  return {{"agent", target.agent.text()},
          {"id", target.id.text()},
          {"provider", target.provider.text()},
          {"ref", {{"source", target.ref.source}, {"provider", *target.ref.provider}, {"id", target.ref.id}}}};
}

void add_plan(Json& document, const WirePlan& plan) {
  for (const char* const list : {"sharedStore", "left"}) document[list] = Json::array();
  for (const auto& target : plan.targets) {
    if (target.in_shared_store) document["sharedStore"].push_back(target_json(target));
  }
  for (const auto& left : plan.left) {
    document["left"].push_back({{"agent", left.agent.text()}, {"id", left.id}, {"reason", left.reason}});
  }
  for (const char* const list : {"config", "configLeft", "takesNoReference"}) document[list] = Json::array();
  for (const auto& field : plan.config.targets) document["config"].push_back(field_json(field));
  for (const auto& left : plan.config.left)
    document["configLeft"].push_back({{"path", left.path}, {"reason", left.reason}});
  for (const auto& plain : plan.config.plaintext) {
    document["takesNoReference"].push_back({{"path", plain.path},
                                            {"variable", plain.name},
                                            {"reason", plain.why},
                                            {"endedBy", "openclaw " + plain.command}});
  }
}

Json env_lines_json(const std::vector<EnvLine>& lines) {
  Json list = Json::array();
  for (const auto& line : lines)
    list.push_back({{"file", line.file.string()}, {"name", line.name}, {"removed", line.removed}});
  return list;
}

std::string secrets(std::size_t count) { return std::to_string(count) + (count == 1 ? " secret" : " secrets"); }
std::string be(std::size_t count) { return count == 1 ? " was" : " were"; }

// For a shell; the text is plain ASCII.
std::string quoted_for_a_shell(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

void tell_undeclared(const Terminal& terminal, const WireOutcome& outcome) {
  for (const auto& profile : outcome.undeclared) {
    terminal.warn("OpenClaw will not select " + in_quotes(profile.id.text()) +
                  ": its configuration names other profiles of " + in_quotes(profile.provider.text()) +
                  "; add it to auth.profiles, or set an order");
  }
  for (const auto& words : declaring_commands(outcome.undeclared)) {
    std::string line = "To add what is missing: openclaw";
    for (const auto& word : words) line += " " + (word.starts_with('{') ? quoted_for_a_shell(word) : word);
    terminal.note(line);
  }
}

void tell_changes(const Terminal& terminal, const WireOutcome& outcome, WireMode mode) {
  for (const auto& profile : outcome.declared) {
    terminal.note((mode == WireMode::apply ? "Added " : "Would add ") + in_quotes(profile.id.text()) +
                  " to auth.profiles in OpenClaw's configuration.");
  }
  if (mode != WireMode::apply) return;
  const auto replaced = outcome.replaced.size() + outcome.replaced_fields.size();
  terminal.note(secrets(replaced) + be(replaced) + " replaced by references to this vault.");
  for (const auto* const field : outcome.kept_fields) {
    terminal.warn(
        config_path_in_quotes(field->path) +
        " of openclaw.json stays in plaintext: it was changed meanwhile, or OpenClaw did not take the reference");
  }
  for (const auto* const target : outcome.kept) {
    terminal.warn(in_quotes(target->id.text()) + " of agent " + in_quotes(target->agent.text()) +
                  " stays in plaintext: it was changed meanwhile, or OpenClaw did not take the reference");
  }
  for (const auto& id : outcome.renewed)
    terminal.note("Set the expiry of " + in_quotes(id.text()) + " in OpenClaw to the vault's.");
  for (const auto& path : outcome.changed) terminal.note("Changed " + path_in_quotes(path) + ".");
  for (const auto& path : outcome.removed) terminal.note("Deleted " + path_in_quotes(path) + ".");
}

// What stays in openclaw.json, why, and the command that ends it.
void tell_config(const Terminal& terminal, const ConfigPlan& plan, WireMode mode) {
  for (const auto& left : plan.left) {
    const auto line = config_path_in_quotes(left.path) + " of openclaw.json stays: " + left.reason;
    left.staying == Staying::rightly ? terminal.note(line) : terminal.warn(line);
  }
  const auto of_plugins = std::ranges::count(plan.targets, false, &ServedField::in_any_openclaw);
  if (of_plugins > 0 && mode == WireMode::print) {
    terminal.warn(std::to_string(of_plugins) +
                  " of them belong to channels and plugins, of which one that is not installed makes `secrets apply` "
                  "refuse the whole plan: they are not in it, and --apply replaces them");
  }
  for (const auto& plain : plan.plaintext) {
    terminal.warn(config_path_in_quotes(plain.path) + (plain.of_environment ? " of openclaw.json" : "") +
                  " stays: " + plain.why + ". To end it: openclaw " + line_safe(plain.command) +
                  (plain.of_environment ? ", and start OpenClaw by `claviger run -- openclaw gateway`" : ""));
  }
}

void tell_env_lines(const Terminal& terminal, const std::vector<EnvLine>& lines) {
  for (const auto& line : lines) {
    const auto name = in_quotes(line.name), file = path_in_quotes(line.file);
    if (line.removed) {
      terminal.note("Removed the line of " + name + " from " + file + ".");
    } else if (line.reason.empty()) {
      terminal.warn("the line of " + name + " in " + file + " holds a replaced secret; --yes removes it");
    } else {
      terminal.warn("the line of " + name + " in " + file + " holds a replaced secret, and stays: " + line.reason);
    }
  }
}

void tell_remains(const Terminal& terminal, const WireJob& job, const WireOutcome& outcome) {
  for (const auto& path : outcome.remains.found) {
    terminal.warn(path_in_quotes(path) + " still holds a replaced secret in plaintext" +
                  (formats::is_removable_copy(path, job.place.state_dir) ? "; --remove-leftovers deletes it" : ""));
  }
  for (const auto& path : outcome.remains.not_searched) {
    terminal.warn(path_in_quotes(path) + " could not be searched: it may hold a replaced secret");
  }
}

void tell_audit(const Context& context, const AuditVerdict& audit) {
  const auto& terminal = context.terminal();
  if (audit.kind == AuditVerdict::Kind::findings) {
    terminal.warn("OpenClaw's audit has findings; see `openclaw secrets audit --allow-exec`");
  }
  if (audit.kind == AuditVerdict::Kind::unverified) terminal.warn("OpenClaw's audit proves nothing: " + audit.why);
  if (context.flags().json) return;
  context.out().write(std::string("audit: ") + name_of(audit.kind) + ", " + std::to_string(audit.refs_checked) +
                      " references checked\n");
}

}  // namespace

Json wire_report(const WireJob& job, const WireOutcome& outcome, WireMode mode) {
  Json document = json_document();
  document["dryRun"] = mode == WireMode::dry_run;
  document["stateDir"] = job.place.state_dir.string();
  document["plan"] = job.apply_plan;
  add_plan(document, job.plan);
  document["replaced"] = ids_json(outcome.replaced);
  document["kept"] = ids_json(outcome.kept);
  document["replacedInConfig"] = paths_of(outcome.replaced_fields);
  document["keptInConfig"] = paths_of(outcome.kept_fields);
  document["expiryRenewed"] = Json::array();
  for (const auto& id : outcome.renewed) document["expiryRenewed"].push_back(id.text());
  document["declared"] = ids_json(outcome.declared);
  document["undeclared"] = ids_json(outcome.undeclared);
  document["declaringCommands"] = declaring_commands(outcome.undeclared);
  document["applied"] = outcome.applied;
  document["audit"] = outcome.audit ? outcome.audit->summary : Json(nullptr);
  document["verdict"] = outcome.audit ? Json(name_of(outcome.audit->kind)) : Json(nullptr);
  document["envLines"] = env_lines_json(outcome.env_lines);
  document["leftovers"] = paths_json(outcome.remains.found);
  document["notSearched"] = paths_json(outcome.remains.not_searched);
  document["removed"] = paths_json(outcome.removed);
  document["changed"] = paths_json(outcome.changed);
  document["reloaded"] = outcome.reloaded;
  document["failures"] = failures_json(outcome.failures);
  return document;
}

void tell_plan(const Context& context, const WireJob& job, WireMode mode) {
  const auto& terminal = context.terminal();
  std::size_t shared = 0;
  for (const auto& target : job.plan.targets) shared += target.in_shared_store ? 1 : 0;
  const auto count = job.plan.targets.size() + job.plan.config.targets.size();
  if (mode == WireMode::print) terminal.note(secrets(count) + " can be replaced by references to this vault.");
  if (mode == WireMode::dry_run) terminal.note(secrets(count) + " would be replaced by references to this vault.");
  for (const auto& left : job.plan.left) {
    const auto line = in_quotes(left.id) + " of agent " + in_quotes(left.agent.text()) + " stays: " + left.reason;
    left.staying == Staying::rightly ? terminal.note(line) : terminal.warn(line);
  }
  tell_config(terminal, job.plan.config, mode);
  if (shared > 0 && mode == WireMode::print) {
    terminal.warn(std::to_string(shared) +
                  " of them stand in OpenClaw's shared store, which `secrets apply` cannot reach: "
                  "only --apply replaces those");
  }
  if (loses_comments(job.place.config)) {
    terminal.warn(path_in_quotes(job.place.config) +
                  " has comments or other JSON5: OpenClaw writes it anew without them; keep a copy");
  }
}

// What was replaced stands nowhere else any more.
void tell_of_backup(const Context& context, const WireJob& job) {
  if (job.plan.targets.empty() && job.plan.config.targets.empty()) return;
  context.terminal().note("The vault has the only copy of these secrets now.");
  context.terminal().note("Next: " + typed_here("claviger backup FILE", context.flags()));
}

void tell_outcome(const Context& context, const WireJob& job, const WireOutcome& outcome, WireMode mode) {
  const auto& terminal = context.terminal();
  tell_changes(terminal, outcome, mode);
  tell_undeclared(terminal, outcome);
  if (mode == WireMode::dry_run) {
    terminal.note("Would carry out this plan, which OpenClaw accepts (dry run).");
    terminal.note("That was a dry run: nothing was written.");
  }
  if (mode != WireMode::apply) return;
  tell_env_lines(terminal, outcome.env_lines);
  tell_remains(terminal, job, outcome);
  terminal.note(outcome.reloaded ? "OpenClaw's gateway reads its secrets anew."
                                 : "A running gateway keeps the old secrets until: openclaw secrets reload");
  tell_audit(context, *outcome.audit);
  tell_of_backup(context, job);
  for (const auto& failure : outcome.failures) {
    terminal.warn(failure.message + (failure.hint.empty() ? "" : " (hint: " + failure.hint + ")"));
  }
}

}  // namespace cli
