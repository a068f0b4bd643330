// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/scan.h"

#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/scan/places.h"
#include "cli/scan/scan_report.h"
#include "cli/scan/scrub.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/shell_word.h"
#include "cli/terminal/text.h"
#include "cli/terminal/typed_here.h"
#include "cli/words/damaged_words.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

// What is to become of a file with copies in it.
struct Fate {
  const SearchedFile* file;
  std::optional<Obstacle> obstacle;  // it stays as it is
  std::size_t overwritten = 0;       // copies
  std::optional<Error> failure{};    // why it could not be done, or is not known to last
};

struct Scan final : Action {
  std::vector<std::string> folders;
  bool check = false, scrub = false, yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  ScanResult search(const Context& context, const SecretIndex& known) const;
  std::vector<Fate> scrub_all(const Context& context, const ScanResult& result, const SecretIndex& known) const;
};

std::string path_words(const SearchedFile& file) { return "'" + display_safe(file.path.native()) + "'"; }

std::vector<Fate> judge(const ScanResult& result) {
  std::vector<Fate> fates;
  for (const auto& file : result.found) fates.push_back({&file, obstacle_to_scrubbing(file)});
  return fates;
}

std::size_t changeable(const std::vector<Fate>& fates) {
  return static_cast<std::size_t>(std::ranges::count_if(fates, [](const Fate& fate) { return !fate.obstacle; }));
}

void list(const Context& context, const std::vector<Fate>& fates, bool dry_run) {
  for (const auto& fate : fates) {
    if (fate.obstacle) continue;
    context.terminal().note((dry_run ? "Would overwrite " : "To be overwritten: ") +
                            counted_copies(fate.file->sightings.size()) + " in " + path_words(*fate.file));
  }
}

void confirm(const Context& context) {
  const bool agreed = context.terminal().confirm_by_typing(
      "scrub",
      "What is overwritten is gone from these files, and programs that read it there get it no more. Type "
      "'scrub' to go on: ",
      {ErrorCode::usage, "overwriting needs confirmation", "add --yes"});
  if (!agreed) throw Error(ErrorCode::cancelled, "cancelled; nothing was changed");
}

// Each file for itself: what one of them refuses keeps none of the others as it is.
void overwrite(Fate& fate, const SecretIndex& known) {
  try {
    Scrubbing scrubbing(fate.file->path, known);
    scrubbing.commit();
    fate.overwritten = scrubbing.values();
  } catch (const Error& error) {
    fate.failure = error;
    if (error.code() == ErrorCode::committed_unverified) {
      fate.overwritten = fate.file->sightings.size();
    } else {
      fate.obstacle = Obstacle{error.what(), error.hint().words()};
    }
  }
}

const Fate* first_failure(const std::vector<Fate>& fates) {
  const auto failed = std::ranges::find_if(fates, [](const Fate& fate) { return fate.failure.has_value(); });
  return failed == fates.end() ? nullptr : &*failed;
}

void tell(const Context& context, const std::vector<Fate>& fates) {
  const auto* const told_last = first_failure(fates);
  for (const auto& fate : fates) {
    if (fate.overwritten > 0) {
      context.terminal().note("Overwrote " + counted_copies(fate.overwritten) + " in " + path_words(*fate.file) + ".");
    }
  }
  for (const auto& fate : fates) {
    if (!fate.obstacle || &fate == told_last) continue;
    std::string line = "left as it is: " + path_words(*fate.file) + ": " + fate.obstacle->reason;
    if (!fate.obstacle->hint.empty()) line += "; " + fate.obstacle->hint;
    context.terminal().warn(line);
  }
}

void add_to(Json& document, const std::vector<Fate>& fates, bool dry_run) {
  document["dryRun"] = dry_run;
  auto& scrubbed = document["scrubbed"] = Json::array();
  auto& left = document["notScrubbed"] = Json::array();
  for (const auto& fate : fates) {
    const auto& path = fate.file->path.native();
    if (fate.obstacle) {
      left.push_back({{"file", path}, {"reason", fate.obstacle->reason}, {"hint", fate.obstacle->hint}});
    } else {
      scrubbed.push_back({{"file", path}, {"copies", dry_run ? fate.file->sightings.size() : fate.overwritten}});
    }
  }
}

// The first failure ends the command, once everything else is done and said.
void require_all_done(const Context& context, const std::vector<Fate>& fates) {
  const auto* const failed = first_failure(fates);
  if (failed == nullptr) return;
  context.out().flush();
  throw Error(*failed->failure);
}

// Is any copy where it was, or any field as it was?
bool is_left(const ScanResult& result, const std::vector<Fate>& fates) {
  std::size_t cleaned = 0;
  for (const auto& fate : fates) cleaned += fate.overwritten > 0 ? 1 : 0;
  return !result.fields.empty() || cleaned < result.found.size();
}

std::string scrub_command(const Context& context, const std::vector<std::string>& folders, std::string_view how) {
  std::string command = "claviger scan --scrub" + std::string(how);
  for (const auto& folder : folders) command += " " + shell_word(folder);
  return "`" + typed_here(command, context.flags()) + "`";
}

// Every line a command that works when typed.
void suggest(const Context& context, const Scan& call, const ScanResult& result) {
  const auto& terminal = context.terminal();
  if (!result.fields.empty()) {
    terminal.note("To put references there: `" + typed_here("claviger openclaw wire", context.flags()) + "`");
  }
  if (result.found.empty() || call.scrub) return;
  if (changeable(judge(result)) > 0) {
    terminal.note("To overwrite copies where that breaks nothing: " + scrub_command(context, call.folders, ""));
  } else {
    terminal.note("What to do about each file: " + scrub_command(context, call.folders, " --dry-run"));
  }
}

void conclude(const Context& context, const ScanResult& result, const std::vector<Fate>& fates) {
  std::size_t overwritten = 0;
  for (const auto& fate : fates) overwritten += fate.overwritten;
  std::size_t left = 0;
  for (const auto& fate : fates) left += fate.overwritten > 0 ? 0 : fate.file->sightings.size();
  if (result.found.empty()) return;
  context.terminal().note(counted_copies(overwritten) + " overwritten, " + counted_copies(left) + " left.");
}

struct OpenedSecrets {
  explicit OpenedSecrets(vault::Reading& reading) : index(reading) {}
  SecretIndex index;
  Json damaged = json_document();  // with "damaged" where a record is
  ExitCode code = ExitCode::done;
};

// The transaction is over before the search, which takes long, begins.
OpenedSecrets open_secrets(Context& context) {
  auto reading = context.open(vault::Access::read).read();
  OpenedSecrets opened(reading);
  context.tell_warnings(reading);
  add_damaged(opened.damaged, reading);
  opened.code = tell_damaged(context, reading, opened.index.damaged() ? ExitCode::damaged : ExitCode::done);
  return opened;
}

void Scan::declare(Arguments& arguments) {
  arguments
      .about(
          "Searches files for plaintext copies of the vault's secrets - of all agents that the key opens, as they are, "
          "in JSON, base64 and URL form - and names file, line and profile, never the secret. Reads only; links are "
          "not followed. Secrets shorter than 8 bytes, and settings that stand in many files, are not searched for and "
          "are named.")
      .about(
          "Without DIR: OpenClaw's state directories and their copies, the folders of Claude Code, Codex, Gemini and "
          "Qwen, systemd's user units, histories and startup files of shells, and .env files here. In each "
          "openclaw.json the fields that could hold a reference and hold plain text are named too.")
      .about(
          "--scrub puts 'removed-by-claviger:ID' in the place of each copy, in text files that no program takes its "
          "credentials from, each file whole or not at all. It lists the files first, and asks. Databases, binary and "
          "compressed files, and files in use are named with what to do.")
      .about(
          "Exit status with --check: 1 when something was found (with --scrub: when something is left). What could not "
          "be read is named and counts as not searched.")
      .positional("DIR", folders, "folders and files to search")
      .flag("--check", check, "exit with 1 when a copy was found")
      .flag("--scrub", scrub, "overwrite the copies, after asking")
      .yes(yes)
      .dry_run(dry_run)
      .example("claviger scan")
      .example("claviger scan --check ~/.openclaw ~/backups")
      .example("claviger scan --scrub --dry-run");
}

ScanResult Scan::search(const Context& context, const SecretIndex& known) const {
  std::vector<std::filesystem::path> places(folders.begin(), folders.end());
  if (places.empty()) places = default_places(context.environment());
  auto result = cli::scan(places, known, Progress(context, "Searching"));
  if (!context.flags().json) print_findings(context, result, known);
  tell_verdict(context, result, known);
  return result;
}

std::vector<Fate> Scan::scrub_all(const Context& context, const ScanResult& result, const SecretIndex& known) const {
  auto fates = judge(result);
  if (changeable(fates) == 0) return fates;
  list(context, fates, dry_run);
  if (dry_run) return fates;
  if (!yes) confirm(context);
  for (auto& fate : fates) {
    if (!fate.obstacle) overwrite(fate, known);
  }
  return fates;
}

ExitCode Scan::run(Context& context) {
  if ((yes || dry_run) && !scrub) throw Error(ErrorCode::usage, "--yes and --dry-run belong to --scrub");
  const auto secrets = open_secrets(context);
  const auto& known = secrets.index;
  const auto result = search(context, known);
  const auto fates = scrub ? scrub_all(context, result, known) : std::vector<Fate>();
  tell(context, fates);
  if (scrub && !dry_run) conclude(context, result, fates);
  suggest(context, *this, result);
  if (context.flags().json) {
    auto document = scan_json(result, known);
    if (scrub) add_to(document, fates, dry_run);
    document.update(secrets.damaged);
    print_json(context.out(), document);
  }
  if (scrub && dry_run) context.terminal().note("That was a dry run: nothing was written.");
  require_all_done(context, fates);
  if (check && is_left(result, fates)) return ExitCode::plaintext_found;
  return secrets.code;
}

}  // namespace

std::unique_ptr<Action> make_scan() { return std::make_unique<Scan>(); }

}  // namespace cli
