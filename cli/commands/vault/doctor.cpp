// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/checks.h"

#include <algorithm>
#include <ranges>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/commands/vault/openclaw_checks.h"
#include "cli/context.h"
#include "cli/doctor/copy_checks.h"
#include "cli/doctor/host_checks.h"
#include "cli/doctor/server_checks.h"
#include "cli/terminal/text.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/paths.h"
#include "cli/unlocking/unlock.h"
#include "cli/words/hint_words.h"
#include "cli/words/json_output.h"
#include "vault/access/kept_keyring.h"
#include "vault/access/rekey.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::ErrorCode;

Style style_of(Rating rating) {
  switch (rating) {
    case Rating::broken:
    case Rating::insecure: return Style::red;
    case Rating::weak: return Style::yellow;
    case Rating::skipped: return Style::dim;
    case Rating::secure: return Style::green;
  }
  return Style::plain;
}

// Locked for want of a key, or busy: nothing is wrong with the vault, it was merely not seen.
Rating rating_of(ErrorCode code) {
  return code == ErrorCode::key_needed || code == ErrorCode::busy || code == ErrorCode::cancelled ? Rating::skipped
                                                                                                  : Rating::broken;
}

template <class Step>
void attempt(const char* id, Checks& into, Step&& step) {
  try {
    step();
  } catch (const vault::Error& error) {
    into.push_back({id, rating_of(error.code()), error.what(), hint_of(error)});
  }
}

struct Diagnosis {
  Checks checks;
  bool missing = false;
  bool unreachable = false;  // its folder cannot be looked into
};

struct Fixed {
  std::string id;  // of the check
  std::string what;
};

// One vault, opened once: a question for its passphrase is asked once.
class Doctor {
 public:
  explicit Doctor(Context& context) : context_(context) { check_environment(context, environment_); }

  Diagnosis examine() {
    Diagnosis diagnosis;
    auto& checks = diagnosis.checks;
    const auto file = context_.vault_file();
    if (file) examine_file(*file, diagnosis);
    check_server_helper(vault::examine_server_helper(), file ? HelperIs::not_needed : HelperIs::needed, checks);
    check_fetching_helper(vault::examine_fetching_helper(), checks);
    check_copies(context_, checks);
    check_key_places(context_, checks);
    check_export_places(context_, checks);
    if (!diagnosis.missing && !diagnosis.unreachable) examine_inside(diagnosis);
    checks.insert(checks.end(), environment_.begin(), environment_.end());
    check_process(checks);
    check_memory(checks);
    check_clock(context_.now(), file, checks);
    check_program(checks);
    check_library(checks);
    for (auto& check : checks) check.remedy = typed_here(std::move(check.remedy), context_.flags());
    std::ranges::stable_sort(checks, {}, &Check::rating);
    return diagnosis;
  }

  // Mends what can be; on a dry run nothing. Returns what was, or would be, as sentences.
  std::vector<Fixed> mend(const Checks& checks, bool dry_run) {
    std::vector<Fixed> fixed;
    for (const auto& check : checks) {
      if (check.mend == Mend::none) continue;
      if (!dry_run) mend(check);
      fixed.push_back({check.id, what_changes(check)});
      context_.terminal().note((dry_run ? "Would fix: " : "Fixed: ") + line_safe(fixed.back().what) + ".");
    }
    return fixed;
  }

 private:
  static void examine_file(const std::filesystem::path& file, Diagnosis& diagnosis) {
    check_vault_file(file, diagnosis.checks);
    std::error_code unknown;
    const auto status = std::filesystem::symlink_status(file, unknown);
    diagnosis.missing = status.type() == std::filesystem::file_type::not_found;
    diagnosis.unreachable = status.type() == std::filesystem::file_type::none;
  }

  // A file that is not there was noticed before; of a server this is the first that is heard.
  vault::Vault open(Diagnosis& diagnosis) {
    try {
      auto locked = context_.open_locked(vault::Access::read);
      if (!context_.vault_file()) check_server(diagnosis.checks);
      return locked;
    } catch (const vault::Error& error) {
      diagnosis.missing = error.code() == ErrorCode::vault_missing;
      throw;
    }
  }

  void check_server(Checks& checks) {
    attempt("server", checks, [&] {
      const auto place = context_.vault_place();
      const auto facts = vault::examine_server(std::get<vault::PostgresPlace>(place));
      role_ = facts.role;
      check_server_facts(facts, context_.now(), checks);
    });
  }

  void examine_inside(Diagnosis& diagnosis) {
    auto& checks = diagnosis.checks;
    attempt("vault", checks, [&] {
      auto locked = open(diagnosis);
      check_slots(locked.slots(), context_.now(), checks);
      attempt("contents", checks, [&] {
        auto unlocked = unlock_once(std::move(locked));
        if (role_) check_shared_profiles(*role_, unlocked.keyring(), checks);
        check_contents(unlocked, checks);
        check_openclaw(context_, unlocked, checks);
      });
    });
  }

  // A passphrase is asked for once, and a token leaves the environment when it is read: what they opened is kept.
  vault::UnlockedVault unlock_once(vault::Vault locked) {
    auto unlocked = keyring_ ? std::move(locked).unlock(std::move(*keyring_)) : unlock(std::move(locked), context_);
    keyring_ = unlocked.holds_root() ? kept_root(unlocked) : kept_for_agent(unlocked, unlocked.read().default_agent());
    return unlocked;
  }

  void rewrite() {
    auto unlocked = unlock_once(context_.open_locked(vault::Access::write));
    rewrite_if_due(unlocked);
  }

  void mend(const Check& check) {
    switch (check.mend) {
      case Mend::none: return;
      case Mend::make_private: return make_private(check.target);
      case Mend::undo_journal: context_.open_locked(vault::Access::write); return;
      case Mend::rewrite: return rewrite();
    }
  }

  static std::string what_changes(const Check& check) {
    switch (check.mend) {
      case Mend::none: return {};
      case Mend::make_private: return "nobody else may use '" + check.target.string() + "'";
      case Mend::undo_journal: return "the killed writer's unfinished change is undone";
      case Mend::rewrite: return "the file is rewritten without its old keys";
    }
    return {};
  }

  Context& context_;
  Checks environment_;
  std::optional<vault::Keyring> keyring_;
  std::optional<vault::ServerRole> role_;  // of a vault on a server
};

std::string verdict(const Checks& checks) {
  const auto count = [&](Rating rating) { return std::ranges::count(checks, rating, &Check::rating); };
  std::string text;
  for (const auto rating : {Rating::broken, Rating::insecure, Rating::weak, Rating::skipped}) {
    if (count(rating) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(count(rating)) + " " + std::string(name_of(rating));
  }
  return text.empty() ? "All " + std::to_string(checks.size()) + " checks are fine."
                      : text + ", " + std::to_string(count(Rating::secure)) + " secure.";
}

// The worst last, nearest the prompt; what is fine is folded.
void print(const Context& context, const Checks& checks, bool verbose) {
  const auto look = context.terminal().table_look();
  constexpr std::size_t kRatingWidth = 10, kIdWidth = 14, kIndent = kRatingWidth + kIdWidth;
  const std::size_t width = std::max<std::size_t>(look.width.value_or(120), kIndent + 30) - kIndent;
  const auto block = [&](const std::string& text) {
    std::string lines = wrapped(line_safe(text), width, 0) + "\n";
    for (auto at = lines.find('\n'); at + 1 < lines.size(); at = lines.find('\n', at + 1))
      lines.insert(at + 1, kIndent, ' ');
    return lines;
  };
  const auto fine = static_cast<std::size_t>(std::ranges::count(checks, Rating::secure, &Check::rating));
  if (!verbose && fine > 0 && fine < checks.size())
    context.out().write(std::to_string(fine) + (fine == 1 ? " check is" : " checks are") +
                        " fine (--verbose shows them)\n");
  for (auto at = checks.rbegin(); at != checks.rend(); ++at) {  // views::reverse is too new for clang 14
    const auto& check = *at;
    if (!verbose && check.rating == Rating::secure) continue;
    std::string rating(name_of(check.rating));
    std::string head =
        styled(rating, style_of(check.rating), look.colour) + std::string(kRatingWidth - rating.size(), ' ');
    head += check.id + std::string(kIdWidth - std::min(check.id.size(), kIdWidth - 1), ' ');
    context.out().write(head + block(check.evidence));
    if (!check.remedy.empty()) context.out().write(std::string(kIndent, ' ') + block("-> " + check.remedy));
  }
  context.out().write(verdict(checks) + "\n");
}

Json to_json(const Context& context, const Checks& checks, const std::vector<Fixed>& fixed, bool dry_run) {
  Json document = json_document();
  document["dryRun"] = dry_run;
  document["vault"] = display_of(context.vault_place());
  document["checks"] = Json::array();
  for (const auto& check : checks) {
    document["checks"].push_back({{"id", check.id},
                                  {"rating", name_of(check.rating)},
                                  {"evidence", check.evidence},
                                  {"remedy", check.remedy.empty() ? Json(nullptr) : Json(check.remedy)},
                                  {"fixable", check.mend != Mend::none}});
  }
  document["fixed"] = Json::array();
  for (const auto& one : fixed) document["fixed"].push_back({{"id", one.id}, {"what", one.what}});
  document["worst"] = name_of(checks.front().rating);
  document["verdict"] = verdict(checks);
  return document;
}

struct DoctorCommand final : Action {
  bool fix = false, dry_run = false, verbose = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void DoctorCommand::declare(Arguments& arguments) {
  arguments
      .about(
          "Checks the vault's file and folders, the key's place, the ways to open it, every record and secret, this "
          "host's rollback marks, the process, the clock, the program's own file and what an OpenClaw keeps beside the "
          "vault or expects of it, and rates each: broken, insecure, weak, skipped or secure. A locked vault is "
          "checked as far "
          "as that goes.")
      .about("Ends with 72 when something is broken, with 67 when there is no vault, and else with 0.")
      .flag("--fix", fix,
            "fix what can be fixed without asking: modes, a killed writer's journal, a rewriting that is due")
      .flag("--verbose", verbose, "show what is fine, too")
      .flag("--dry-run", dry_run, "with --fix: say what would be fixed, change nothing")
      .example("claviger doctor --json");
}

ExitCode DoctorCommand::run(Context& context) {
  if (dry_run && !fix) throw vault::Error(ErrorCode::usage, "--dry-run belongs to --fix");
  Doctor doctor(context);
  auto diagnosis = doctor.examine();
  std::vector<Fixed> fixed;
  if (fix) fixed = doctor.mend(diagnosis.checks, dry_run);
  if (!fixed.empty() && !dry_run) diagnosis = doctor.examine();
  if (context.flags().json) {
    print_json(context.out(), to_json(context, diagnosis.checks, fixed, dry_run));
  } else {
    print(context, diagnosis.checks, verbose);
  }
  if (diagnosis.missing) return ExitCode::vault_missing;
  return diagnosis.checks.front().rating == Rating::broken ? ExitCode::damaged : ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_doctor() { return std::make_unique<DoctorCommand>(); }

}  // namespace cli
