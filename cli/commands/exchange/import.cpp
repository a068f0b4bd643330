// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/importing/known_places.h"
#include "cli/importing/source_reading.h"
#include "cli/openclaw/config/secret_fields.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/shell_word.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/paths.h"
#include "cli/words/reports/import_receipt.h"
#include "import/format.h"
#include "import/source.h"
#include "vault/base/error.h"
#include "vault/selection/promoted_variables.h"

namespace cli {
namespace {

constexpr std::size_t kSuggested = 3;  // sources

struct Options {
  std::optional<std::string> path;
  std::optional<std::string> format;
  std::optional<std::string> on_conflict;
  bool as_profiles = false;
  bool skip_bad = false;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Takes in auth-profiles.json of every OpenClaw generation, a whole OpenClaw state directory with all its "
          "agents, its SQLite stores, a .env file, or the login of Claude Code, Codex, Gemini, Qwen or MiniMax "
          "(its file, or a folder such as ~/.codex). Every value is read back and compared before it is reported; the "
          "source is never touched.")
      .positional("SOURCE", path, "a file, a folder, or '-' for standard input")
      .choice("--format", "F", formats::format_names(), &format, "what SOURCE is (default: detected)")
      .choice("--on-conflict", "RULE", {"skip", "replace", "fail"}, &on_conflict,
              "what to do with an id that the vault holds with another value (default: skip)")
      .flag("--as-profiles", as_profiles, "turn known provider variables into profiles")
      .flag("--skip-bad", skip_bad, "name and leave out what cannot be read, take the rest, and end with 65")
      .flag("--dry-run", dry_run, "read and check everything, write nothing")
      .example("claviger import ~/.openclaw")
      .example("claviger import ~/project/.env --agent work")
      .example("claviger import ~/.codex --on-conflict replace");
}

vault::OnConflict rule_named(const std::optional<std::string>& name) {
  if (name == "replace") return vault::OnConflict::replace;
  return name == "fail" ? vault::OnConflict::fail : vault::OnConflict::skip;
}

formats::SourceSurroundings around(const Context& context, const std::string& source) {
  auto around = source_surroundings(context.environment());
  std::error_code failure;
  if (std::filesystem::is_directory(source, failure)) around.fields = secret_fields(context);
  return around;
}

// An absent source: what is there instead, as commands.
void require_source(const Context& context, const std::string& source) {
  std::error_code failure;
  if (source.empty() || source == "-") return;
  if (std::filesystem::symlink_status(source, failure).type() != std::filesystem::file_type::not_found) return;
  std::string found;
  std::size_t named = 0;
  for (const auto& place : find_known_places(context.environment(), working_folder())) {
    if (place.path.empty() || place.trouble || ++named > kSuggested) continue;
    found +=
        (found.empty() ? "found: `claviger import " : ", `claviger import ") + shell_word(place.path.string()) + "`";
  }
  throw vault::Error(vault::ErrorCode::not_found, "no such file or folder: " + path_in_quotes(source),
                     found.empty() ? "`claviger help import` lists what can be imported" : found);
}

vault::ImportBatch read(const Context& context, const Options& options, const vault::AgentName& agent) {
  require_source(context, options.path.value_or(""));
  const auto on_bad = options.skip_bad ? formats::OnBadFile::skip : formats::OnBadFile::stop;
  try {
    const auto source = options.path.value_or("");
    return formats::read_source(around(context, source),
                                {source, options.format, on_bad, formats::Profiles::one_by_one}, agent);
  } catch (const vault::Error& error) {
    std::error_code failure;
    const bool one_of_many = std::filesystem::is_directory(options.path.value_or(""), failure);
    if (options.skip_bad || !one_of_many || !error.hint().empty()) throw;
    throw vault::Error(error.code(), error.what(), "--skip-bad leaves out what cannot be read and takes the rest");
  }
}

bool is_bad_file(const vault::ImportWarning& warning) { return warning.reason == "bad_file"; }

// A source of which not one entry could be taken was most likely not what the person meant.
void require_something(const vault::ImportBatch& batch) {
  const vault::ImportWarning* first = nullptr;
  for (const auto& agent : batch.agents) {
    if (!agent.empty()) return;
    for (const auto& warning : agent.warnings) {
      if (warning.rejected && first == nullptr) first = &warning;
    }
  }
  if (first == nullptr) return;
  throw vault::Error(vault::ErrorCode::bad_input, "nothing in it could be taken; the first reason: " + first->reason +
                                                      " (" + display_safe(first->subject) + ")");
}

struct Import final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Import::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode Import::run(Context& context) {
  auto& vault = context.open_to_change();
  const auto agent = [&] {
    auto reading = vault.read();
    return context.agent(reading);
  }();
  auto batch = read(context, options, agent);
  if (options.as_profiles) {
    for (auto& one : batch.agents) vault::promote_variables(one);
  }
  for (auto& one : batch.agents) name_withheld(one);
  require_something(batch);
  vault::ApplyReport report;
  {
    auto writing = vault.write();
    Progress progress(context, "Importing");
    report = apply(writing, batch, rule_named(options.on_conflict), std::ref(progress));
    context.finish(writing, options.dry_run);
  }
  if (!options.dry_run) {
    auto reading = vault.read();
    verify_applied(reading, batch, report);
  }
  print_receipt(context, {batch, report, options.dry_run});
  if (std::ranges::none_of(batch.warnings, is_bad_file)) return ExitCode::done;
  context.terminal().warn("not everything was read: the files named as bad were left out");
  return ExitCode::bad_input;
}

}  // namespace

std::unique_ptr<Action> make_import() { return std::make_unique<Import>(); }

}  // namespace cli
