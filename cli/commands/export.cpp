// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/export_checks.h"
#include "cli/commands/state_beside.h"
#include "cli/context.h"
#include "cli/openclaw/lock.h"
#include "cli/openclaw/provider_block.h"
#include "cli/terminal/export_target.h"
#include "cli/terminal/text.h"
#include "cli/words/json_output.h"
#include "import/dotenv/dotenv_writer.h"
#include "import/json/json_writer.h"
#include "import/openclaw/refs.h"
#include "import/openclaw/writer.h"
#include "vault/base/error.h"
#include "vault/damaged_record.h"
#include "vault/selection/child_variables.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct Options {
  std::string format;
  std::optional<std::string> output;
  std::optional<std::string> dialect;
  std::optional<std::string> generation;
  std::optional<std::string> only;
  std::optional<std::string> alias;
  bool force = false;
  bool skip_damaged = false;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Writes the agent's credentials in another program's format, in plain text: to standard output, or with "
          "--output to a new file that only you can read. What a format cannot hold is refused by name. --dry-run "
          "says what would be written where, and opens every secret for it.")
      .about(
          "openclaw-refs writes no secret: every key and token becomes a reference to this vault, which OpenClaw "
          "2026.4 "
          "and later resolve through 'claviger resolve'. 'claviger openclaw wire' prints the provider they need.")
      .choice("--format", "F", {"openclaw", "openclaw-refs", "dotenv"}, &format,
              "auth-profiles.json, the same with references to this vault, or variables")
      .option("--output", "FILE", &output, "write this file (0600, whole or not at all)")
      .choice("--dialect", "D", {"dotenv", "sh", "fish", "docker", "systemd", "json"}, &dialect,
              "who will read the variables (default: dotenv)")
      .choice("--generation", "G", {"2026.2", "2026.4"}, &generation,
              "2026.2: order and usage inside (default); 2026.4: in auth-state.json beside it")
      .choice("--only", "WHAT", {"variables", "profiles"}, &only, "only the variables, or only what profiles give")
      .option("--provider-alias", "A", &alias, "what OpenClaw's configuration calls this vault (default: claviger)")
      .flag("--force", force, "replace a file that is there")
      .flag("--skip-damaged", skip_damaged, "write what opens, name what does not, and end with 72")
      .dry_run(dry_run)
      .example("claviger export --format openclaw --output auth-profiles.json")
      .example("claviger export --format openclaw-refs --output auth-profiles.json")
      .example("claviger export --format dotenv --dialect systemd --output agent.env");
}

void require_sense(const Options& options) {
  const bool dotenv = options.format == "dotenv";
  if (!dotenv && (options.dialect || options.only)) {
    throw Error(ErrorCode::usage, "--dialect and --only belong to --format dotenv");
  }
  if (options.generation && options.format != "openclaw") {
    throw Error(ErrorCode::usage, "--generation belongs to --format openclaw");
  }
  if (options.alias && options.format != "openclaw-refs") {
    throw Error(ErrorCode::usage, "--provider-alias belongs to --format openclaw-refs");
  }
  if (options.alias) require_provider_alias(*options.alias);
  if (options.generation == "2026.4" && !options.output) {
    throw Error(ErrorCode::usage, "2026.4 keeps its state in a second file", "name the first with --output FILE");
  }
}

vault::Existing existing_rule(const Options& options) {
  return options.force ? vault::Existing::replace : vault::Existing::refuse;
}

ExportPlace place_of(const Options& options, ExportHolds holds = ExportHolds::secrets) {
  return {options.output, existing_rule(options), holds, options.dry_run ? Rehearsal::yes : Rehearsal::no};
}

vault::VariableScope scope_of(const Options& options) {
  if (!options.only) return vault::VariableScope::all;
  return *options.only == "variables" ? vault::VariableScope::variables : vault::VariableScope::profiles;
}

// What --json tells of an export: where it went, or the text itself where no file was named.
class Outcome {
 public:
  Outcome(Context& context, const Options& options, const vault::AgentName& agent)
      : context_(context), options_(options), agent_(agent) {}

  void leave_out(const std::string& id, const std::string& reason) {
    left_out_.push_back({{"id", id}, {"reason", reason}});
    context_.terminal().warn(in_quotes(id) + " was left out: " + reason);
  }
  void count() { ++written_; }

  // What the listing could not open. Without --skip-damaged that is the end: half an export is not to be taken for one.
  void judge_damage(const std::vector<vault::DamagedRecord>& records) {
    if (records.empty()) return;
    if (!options_.skip_damaged) {
      throw Error(ErrorCode::damaged_record,
                  "what is to be written is damaged: " + line_safe(describe(records.front())) +
                      (records.size() > 1 ? ", and more" : ""),
                  "--skip-damaged writes the rest; claviger verify names all that is damaged");
    }
    for (const auto& record : records) {
      context_.terminal().warn("left out, because it is damaged: " + line_safe(describe(record)));
      damaged_.push_back({{"agent", record.agent.text()},
                          {"kind", std::string(name_of(record.kind))},
                          {"name", or_null(record.name)},
                          {"row", record.row}});
    }
  }
  ExitCode exit_code() const { return damaged_.empty() ? ExitCode::done : ExitCode::damaged; }

  // The target's own, or for --json without a file one that keeps the text.
  std::function<void(std::string_view)> sink(ExportTarget& target) {
    if (!keeps_text()) return target.sink();
    return text_.sink();
  }

  void print(const std::vector<std::string>& files) {
    if (!context_.flags().json) return;
    Json document = json_receipt(options_.dry_run);
    document["format"] = options_.format;
    document["agent"] = agent_.text();
    document["files"] = files;
    document["written"] = written_;
    document["leftOut"] = left_out_;
    document["damaged"] = damaged_;
    if (!keeps_text()) return print_json(context_.out(), document);
    print_with_text(document);
  }

 private:
  bool keeps_text() const { return context_.flags().json && !options_.output && !options_.dry_run; }

  // The text is secret and passes through no library's buffers.
  void print_with_text(const Json& document) {
    const auto head = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    context_.out().write(std::string_view(head).substr(0, head.size() - 1));
    context_.out().write(",\"content\":");
    formats::JsonWriter writer([this](std::string_view part) { context_.out().write(part); },
                               formats::JsonLayout::compact);
    writer.string(text_.take().reveal());
    writer.finish();
    context_.out().write("}\n");
  }

  Context& context_;
  const Options& options_;
  const vault::AgentName& agent_;
  formats::SecretText text_;
  Json left_out_ = Json::array();
  Json damaged_ = Json::array();
  std::size_t written_ = 0;
};

std::vector<std::string> files_of(const Options& options) {
  return options.output ? std::vector{*options.output} : std::vector<std::string>();
}

ExitCode export_variables(Context& context, const Options& options, vault::Reading& reading,
                          const vault::AgentName& agent) {
  const auto view = reading.view(agent);
  const auto dialect = *formats::dialect_named(options.dialect.value_or("dotenv"));
  ExportTarget target(context, place_of(options));
  Outcome outcome(context, options, agent);
  outcome.judge_damage(reading.damaged());
  formats::VariableWriter writer(dialect, outcome.sink(target));
  for (const auto& variable : vault::variable_set(view, scope_of(options), context.now())) {
    writer.add(variable.name, value_of(reading, variable));
    outcome.count();
  }
  writer.finish();
  target.commit();
  outcome.print(files_of(options));
  return outcome.exit_code();
}

std::filesystem::path state_path(const Options& options) {
  return std::filesystem::path(*options.output).parent_path() / "auth-state.json";
}

// OpenClaw 2026.4 looks for it in the profiles' folder. Where one lies already it is written even if there is no state:
// the former one speaks of other profiles. Returns the files of the export.
std::vector<std::string> commit_with_state(const Options& options, ExportTarget& target, const vault::OwnContents& own,
                                           const vault::SecretString& foreign) {
  const auto state = formats::write_auth_state(own.orders, own.usage, foreign);
  const auto path = state_path(options);
  const bool is_there = ::access(path.c_str(), F_OK) == 0;
  auto files = files_of(options);
  if (is_there || !state.empty()) files.push_back(path.string());
  if (options.dry_run) {
    if (files.size() > 1) vault::require_room_for(path, existing_rule(options));
    target.commit();
  } else {
    StateBeside(path, state.reveal(), existing_rule(options)).commit_around([&] { target.commit(); });
  }
  return files;
}

// Only where OpenClaw itself would look for the file does anybody else write it. Null: no lock is called for.
std::unique_ptr<OpenclawLock> lock_of(const Options& options, formats::OpenclawGeneration generation) {
  const bool its_place = options.output && std::filesystem::path(*options.output).filename() == "auth-profiles.json";
  return its_place && !options.dry_run ? std::make_unique<OpenclawLock>(*options.output, generation) : nullptr;
}

// The document's own members. Beside a damaged record they may be what is damaged.
vault::SecretString foreign_of(Context& context, const Options& options, vault::Reading& reading,
                               const vault::AgentName& agent) {
  try {
    return reading.foreign_of(agent, "openclaw");
  } catch (const Error& error) {
    if (!options.skip_damaged || error.code() != ErrorCode::damaged_record) throw;
    context.terminal().warn("members of the document that belong to no profile are left out, if there were any");
    return {};
  }
}

vault::DamagedRecords rule_for_damage(const Options& options) {
  return options.skip_damaged ? vault::DamagedRecords::pass_over : vault::DamagedRecords::refuse;
}

ExitCode export_profiles(Context& context, const Options& options, vault::Reading& reading,
                         const vault::AgentName& agent) {
  const bool state_beside = options.generation == "2026.4";
  const auto own = reading.own_contents(agent);
  const auto foreign = foreign_of(context, options, reading, agent);
  const auto generation = state_beside ? formats::OpenclawGeneration::v2026_4 : formats::OpenclawGeneration::v2026_2;
  const auto lock = lock_of(options, generation);
  ExportTarget target(context, place_of(options));
  Outcome outcome(context, options, agent);
  formats::OpenclawProfilesWriter writer(outcome.sink(target), generation);
  reading.for_each_own_profile(
      agent,
      [&](const auto& sheet, const auto& credential) {
        writer.add(sheet, credential);
        outcome.count();
      },
      rule_for_damage(options));
  outcome.judge_damage(reading.damaged());
  writer.finish(own.orders, own.usage, foreign);
  if (!state_beside) target.commit();
  outcome.print(state_beside ? commit_with_state(options, target, own, foreign) : files_of(options));
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

ExitCode export_references(Context& context, const Options& options, vault::Reading& reading,
                           const vault::AgentName& agent) {
  const auto own = reading.own_contents(agent);
  const auto lock = lock_of(options, formats::OpenclawGeneration::v2026_4);  // the first that knows references
  if (options.output && options.force) require_nothing_lost(reading, agent, *options.output);
  ExportTarget target(context, place_of(options, ExportHolds::references));
  const auto alias = provider_alias(options.alias.value_or("claviger"), agent);
  Outcome outcome(context, options, agent);
  formats::OpenclawRefsWriter writer(outcome.sink(target), alias, vault::exec_id_of);
  reading.for_each_own_profile(
      agent,
      [&](const auto& sheet, const auto& credential) {
        const auto* const reason = why_left_out(writer.add(sheet, credential.foreign()));
        reason == nullptr ? outcome.count() : outcome.leave_out(sheet.id.text(), reason);
      },
      rule_for_damage(options));
  outcome.judge_damage(reading.damaged());
  writer.finish();
  if (!options.output) target.commit();
  outcome.print(options.output ? commit_with_state(options, target, own, foreign_of(context, options, reading, agent))
                               : files_of(options));
  return outcome.exit_code();
}

ExitCode export_from(Context& context, const Options& options, vault::Reading& reading, const vault::AgentName& agent) {
  if (options.format == "dotenv") return export_variables(context, options, reading, agent);
  if (options.format == "openclaw-refs") return export_references(context, options, reading, agent);
  return export_profiles(context, options, reading, agent);
}

struct Export final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Export::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode Export::run(Context& context) {
  require_sense(options);
  if (options.output) require_place_for_export(context, *options.output);
  if (options.output && options.format != "dotenv") require_place_for_export(context, state_path(options));
  auto reading = context.open(vault::Access::read).read();
  const auto agent = context.agent(reading);
  const auto code = export_from(context, options, reading, agent);
  context.tell_warnings(reading);
  return code;
}

}  // namespace

std::unique_ptr<Action> make_export() { return std::make_unique<Export>(); }

}  // namespace cli
