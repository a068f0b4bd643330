// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "cli/commands/exchange/export_checks.h"
#include "cli/commands/exchange/export_outcome.h"
#include "cli/commands/exchange/state_beside.h"
#include "cli/context.h"
#include "cli/openclaw/lock.h"
#include "cli/openclaw/provider_block.h"
#include "import/dotenv/dotenv_writer.h"
#include "import/openclaw/refs.h"
#include "import/openclaw/writer.h"
#include "vault/base/error.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

ExitCode export_variables(Context& context, const ExportOptions& options, vault::Reading& reading,
                          const vault::AgentName& agent) {
  const auto view = reading.view(agent);
  const auto dialect = *formats::dialect_named(options.dialect.value_or("dotenv"));
  ExportTarget target(context, options.place(ExportHolds::secrets));
  ExportOutcome outcome(context, options, agent);
  outcome.judge_damage(reading.damaged());
  formats::VariableWriter writer(dialect, outcome.sink(target));
  for (const auto& variable : vault::variable_set(view, options.scope(), context.now())) {
    writer.add(variable.name, value_of(reading, variable));
    outcome.count();
  }
  writer.finish();
  target.commit();
  outcome.print(options.files());
  return outcome.exit_code();
}

// OpenClaw 2026.4 looks for it in the profiles' folder. Where one lies already it is written even if there is no state:
// the former one speaks of other profiles. Returns the files of the export.
std::vector<std::string> commit_with_state(const ExportOptions& options, ExportTarget& target,
                                           const vault::OwnContents& own, const vault::SecretString& foreign) {
  const auto state = formats::write_auth_state(own.orders, own.usage, foreign);
  const auto path = options.state_path();
  const bool is_there = ::access(path.c_str(), F_OK) == 0;
  auto files = options.files();
  if (is_there || !state.empty()) files.push_back(path.string());
  if (options.dry_run) {
    if (files.size() > 1) vault::require_room_for(path, options.existing_rule());
    target.commit();
  } else {
    StateBeside(path, state.reveal(), options.existing_rule()).commit_around([&] { target.commit(); });
  }
  return files;
}

// Only where OpenClaw itself would look for the file does anybody else write it. Null: no lock is called for.
std::unique_ptr<OpenclawLock> lock_of(const ExportOptions& options, formats::OpenclawGeneration generation) {
  const bool its_place = options.output && std::filesystem::path(*options.output).filename() == "auth-profiles.json";
  return its_place && !options.dry_run ? std::make_unique<OpenclawLock>(*options.output, generation) : nullptr;
}

// The document's own members. Beside a damaged record they may be what is damaged.
vault::SecretString foreign_of(Context& context, const ExportOptions& options, vault::Reading& reading,
                               const vault::AgentName& agent) {
  try {
    return reading.foreign_of(agent, "openclaw");
  } catch (const Error& error) {
    if (!options.skip_damaged || error.code() != ErrorCode::damaged_record) throw;
    context.terminal().warn("members of the document that belong to no profile are left out, if there were any");
    return {};
  }
}

ExitCode export_profiles(Context& context, const ExportOptions& options, vault::Reading& reading,
                         const vault::AgentName& agent) {
  const bool state_beside = options.generation == "2026.4";
  const auto generation = state_beside ? formats::OpenclawGeneration::v2026_4 : formats::OpenclawGeneration::v2026_2;
  const auto lock = lock_of(options, generation);
  ExportTarget target(context, options.place(ExportHolds::secrets));
  ExportOutcome outcome(context, options, agent);
  formats::OpenclawProfilesWriter writer(outcome.sink(target), generation);
  const auto own = reading.for_each_own_profile(
      agent,
      [&](const auto& sheet, const auto& credential) {
        writer.add(sheet, credential);
        outcome.count();
      },
      options.rule_for_damage());
  outcome.judge_damage(reading.damaged());
  const auto foreign = foreign_of(context, options, reading, agent);
  writer.finish(own.orders, own.usage, foreign);
  if (!state_beside) target.commit();
  outcome.print(state_beside ? commit_with_state(options, target, own, foreign) : options.files());
  return outcome.exit_code();
}

const char* why_left_out(formats::RefOutcome outcome) {
  switch (outcome) {
    case formats::RefOutcome::oauth_left_out: return "OpenClaw takes no references for logins";
    case formats::RefOutcome::inactive_left_out: return "it is saved, but not active";
    case formats::RefOutcome::empty_left_out: return "it holds no secret";
    case formats::RefOutcome::written: break;
  }
  return nullptr;
}

ExitCode export_references(Context& context, const ExportOptions& options, vault::Reading& reading,
                           const vault::AgentName& agent) {
  const auto lock = lock_of(options, formats::OpenclawGeneration::v2026_4);  // the first that knows references
  if (options.output && options.force) require_nothing_lost(reading, agent, *options.output);
  ExportTarget target(context, options.place(ExportHolds::references));
  const auto alias = provider_alias(options.alias.value_or("claviger"), agent);
  ExportOutcome outcome(context, options, agent);
  formats::OpenclawRefsWriter writer(outcome.sink(target), alias, vault::exec_id_of);
  const auto own = reading.for_each_own_profile(
      agent,
      [&](const auto& sheet, const auto& credential) {
        const auto* const reason = why_left_out(writer.add(sheet, credential.foreign()));
        reason == nullptr ? outcome.count() : outcome.leave_out(sheet.id.text(), reason);
      },
      options.rule_for_damage());
  outcome.judge_damage(reading.damaged());
  writer.finish();
  if (!options.output) target.commit();
  outcome.print(options.output ? commit_with_state(options, target, own, foreign_of(context, options, reading, agent))
                               : options.files());
  return outcome.exit_code();
}

ExitCode export_from(Context& context, const ExportOptions& options, vault::Reading& reading,
                     const vault::AgentName& agent) {
  if (options.format == "dotenv") return export_variables(context, options, reading, agent);
  if (options.format == "openclaw-refs") return export_references(context, options, reading, agent);
  return export_profiles(context, options, reading, agent);
}

struct Export final : Action {
  ExportOptions options;

  void declare(Arguments& arguments) override { options.declare(arguments); }
  ExitCode run(Context& context) override;
};

ExitCode Export::run(Context& context) {
  options.require_sense();
  if (options.output) require_place_for_export(context, *options.output);
  if (options.output && options.format != "dotenv") require_place_for_export(context, options.state_path());
  auto reading = context.open_to_answer().read();
  const auto agent = context.agent(reading);
  const auto code = export_from(context, options, reading, agent);
  context.tell_warnings(reading);
  return code;
}

}  // namespace

std::unique_ptr<Action> make_export() { return std::make_unique<Export>(); }

}  // namespace cli
