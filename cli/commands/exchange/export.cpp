// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <unistd.h>

#include "cli/commands/commands.h"
#include "cli/commands/exchange/export_checks.h"
#include "cli/commands/exchange/export_outcome.h"
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
  ExportTarget target(context, options.output, options.existing_rule());
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

bool is_there(const std::filesystem::path& path) { return ::access(path.c_str(), F_OK) == 0; }

// OpenClaw 2026.4 looks for it in the profiles' folder. Where one lies already it is written even if there is no state:
// the former one speaks of other profiles. Returns the files of the export.
std::vector<std::string> write_state_beside(const ExportOptions& options, const vault::OwnContents& own,
                                            const vault::SecretString& foreign) {
  constexpr std::string_view kNoState = "{\n  \"version\": 1\n}\n";
  const auto state = formats::write_auth_state(own.orders, own.usage, foreign);
  const auto path = options.state_path();
  if (state.empty() && !is_there(path)) return options.files();
  vault::write_file_atomically(path, state.empty() ? kNoState : state.reveal(), options.existing_rule());
  return {*options.output, path.string()};
}

// Only where OpenClaw itself would look for the file does anybody else write it. Null: no lock is called for.
std::unique_ptr<OpenclawLock> lock_of(const ExportOptions& options, formats::OpenclawGeneration generation) {
  const bool its_place = options.output && std::filesystem::path(*options.output).filename() == "auth-profiles.json";
  return its_place ? std::make_unique<OpenclawLock>(*options.output, generation) : nullptr;
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
  const auto own = reading.own_contents(agent);
  const auto foreign = foreign_of(context, options, reading, agent);
  const auto generation = state_beside ? formats::OpenclawGeneration::v2026_4 : formats::OpenclawGeneration::v2026_2;
  const auto lock = lock_of(options, generation);
  ExportTarget target(context, options.output, options.existing_rule());
  ExportOutcome outcome(context, options, agent);
  formats::OpenclawProfilesWriter writer(outcome.sink(target), generation);
  reading.for_each_own_profile(
      agent,
      [&](const auto& sheet, const auto& credential) {
        writer.add(sheet, credential);
        outcome.count();
      },
      options.rule_for_damage());
  outcome.judge_damage(reading.damaged());
  writer.finish(own.orders, own.usage, foreign);
  const auto files = state_beside ? write_state_beside(options, own, foreign) : options.files();
  target.commit();
  outcome.print(files);
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
  const auto own = reading.own_contents(agent);
  const auto lock = lock_of(options, formats::OpenclawGeneration::v2026_4);  // the first that knows references
  if (options.output && options.force) require_nothing_lost(reading, agent, *options.output);
  ExportTarget target(context, options.output, options.existing_rule());
  const auto alias = provider_alias(options.alias.value_or("claviger"), agent);
  ExportOutcome outcome(context, options, agent);
  formats::OpenclawRefsWriter writer(outcome.sink(target), alias, vault::exec_id_of);
  reading.for_each_own_profile(
      agent,
      [&](const auto& sheet, const auto& credential) {
        const auto* const reason = why_left_out(writer.add(sheet, credential.foreign()));
        reason == nullptr ? outcome.count() : outcome.leave_out(sheet.id.text(), reason);
      },
      options.rule_for_damage());
  outcome.judge_damage(reading.damaged());
  writer.finish();
  const auto files =
      options.output ? write_state_beside(options, own, foreign_of(context, options, reading, agent)) : options.files();
  target.commit();
  outcome.print(files);
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
  auto reading = context.open(vault::Access::read).read();
  const auto agent = context.agent(reading);
  const auto code = export_from(context, options, reading, agent);
  context.tell_warnings(reading);
  return code;
}

}  // namespace

std::unique_ptr<Action> make_export() { return std::make_unique<Export>(); }

}  // namespace cli
