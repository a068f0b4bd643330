// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/checks.h"

#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/doctor/host_checks.h"
#include "cli/words/json_output.h"
#include "cli/unlocking/paths.h"
#include "cli/terminal/text.h"
#include "cli/unlocking/unlock.h"
#include "vault/base/error.h"
#include "vault/access/kept_keyring.h"
#include "vault/access/rekey.h"
#include "vault/vault_file.h"

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
    into.push_back({id, rating_of(error.code()), error.what(), error.hint()});
  }
}

struct Diagnosis {
  Checks checks;
  bool missing = false;
};

// One vault, opened once: a question for its passphrase is asked once.
class Doctor {
 public:
  explicit Doctor(Context& context) : context_(context) { check_environment(context, environment_); }

  Diagnosis examine() {
    Diagnosis diagnosis;
    auto& checks = diagnosis.checks;
    check_vault_file(context_.vault_path(), checks);
    diagnosis.missing = !std::filesystem::exists(std::filesystem::symlink_status(context_.vault_path()));
    check_key_places(context_, checks);
    if (!diagnosis.missing) examine_inside(checks);
    checks.insert(checks.end(), environment_.begin(), environment_.end());
    check_process(checks);
    check_memory(checks);
    check_clock(context_.now(), context_.vault_path(), checks);
    check_program(checks);
    check_library(checks);
    std::ranges::stable_sort(checks, {}, &Check::rating);
    return diagnosis;
  }

  // Yields whether anything was mended.
  bool mend(const Checks& checks) {
    bool mended = false;
    for (const auto& check : checks) {
      if (check.mend == Mend::none) continue;
      mend(check);
      mended = true;
    }
    return mended;
  }

 private:
  void examine_inside(Checks& checks) {
    attempt("vault", checks, [&] {
      auto locked = vault::open_vault_file(context_.vault_path(), vault::Access::read, context_.vault_options());
      check_slots(locked.slots(), context_.now(), checks);
      attempt("contents", checks, [&] {
        auto unlocked = unlock_once(std::move(locked));
        check_contents(unlocked, checks);
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
    auto unlocked =
        unlock_once(vault::open_vault_file(context_.vault_path(), vault::Access::write, context_.vault_options()));
    rewrite_if_due(unlocked);
  }

  void mend(const Check& check) {
    switch (check.mend) {
      case Mend::none: return;
      case Mend::make_private:
        make_private(check.target);
        return context_.terminal().note("Mended: nobody else may use " + path_in_quotes(check.target) + " any more.");
      case Mend::undo_journal:
        vault::open_vault_file(context_.vault_path(), vault::Access::write);
        return context_.terminal().note("Mended: the killed writer's half-done change was undone.");
      case Mend::rewrite:
        rewrite();
        return context_.terminal().note("Mended: the file was rewritten without its old keys.");
    }
  }

  Context& context_;
  Checks environment_;
  std::optional<vault::Keyring> keyring_;
};

std::string verdict(const Checks& checks) {
  const auto count = [&](Rating rating) { return std::ranges::count(checks, rating, &Check::rating); };
  std::string text;
  for (const auto rating : {Rating::broken, Rating::insecure, Rating::weak, Rating::skipped}) {
    if (count(rating) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(count(rating)) + " " + std::string(name_of(rating));
  }
  return text.empty() ? "All " + std::to_string(checks.size()) + " checks say secure."
                      : text + ", " + std::to_string(count(Rating::secure)) + " secure.";
}

void print(const Context& context, const Checks& checks) {
  const auto look = context.terminal().table_look();
  constexpr std::size_t kRatingWidth = 10, kIdWidth = 14, kIndent = kRatingWidth + kIdWidth;
  const std::size_t width = std::max<std::size_t>(look.width.value_or(120), kIndent + 30) - kIndent;
  const auto block = [&](const std::string& text) {
    std::string lines = wrapped(line_safe(text), width, 0) + "\n";
    for (auto at = lines.find('\n'); at + 1 < lines.size(); at = lines.find('\n', at + 1))
      lines.insert(at + 1, kIndent, ' ');
    return lines;
  };
  for (const auto& check : checks) {
    std::string rating(name_of(check.rating));
    std::string head =
        styled(rating, style_of(check.rating), look.colour) + std::string(kRatingWidth - rating.size(), ' ');
    head += check.id + std::string(kIdWidth - std::min(check.id.size(), kIdWidth - 1), ' ');
    context.out().write(head + block(check.evidence));
    if (!check.remedy.empty()) context.out().write(std::string(kIndent, ' ') + block("-> " + check.remedy));
  }
  context.out().write(verdict(checks) + "\n");
}

Json to_json(const Context& context, const Checks& checks) {
  Json document = json_document();
  document["vault"] = context.vault_path().string();
  document["checks"] = Json::array();
  for (const auto& check : checks) {
    document["checks"].push_back({{"id", check.id},
                                  {"rating", name_of(check.rating)},
                                  {"evidence", check.evidence},
                                  {"remedy", check.remedy.empty() ? Json(nullptr) : Json(check.remedy)},
                                  {"fixable", check.mend != Mend::none}});
  }
  document["worst"] = name_of(checks.front().rating);
  document["verdict"] = verdict(checks);
  return document;
}

struct DoctorCommand final : Action {
  bool fix = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void DoctorCommand::declare(Arguments& arguments) {
  arguments
      .about(
          "Checks the vault's file and folders, the key's place, the ways to open it, every record and secret, this "
          "host's "
          "rollback marks, the process, the clock and the program's own file, and rates each: broken, insecure, weak, "
          "skipped or secure. A locked vault is checked as far as that goes.")
      .about("Ends with 72 when something is broken, with 67 when there is no vault, and else with 0.")
      .flag("--fix", fix,
            "mend what can be mended without asking: modes, a killed writer's journal, a rewriting that is due")
      .example("claviger doctor --json");
}

ExitCode DoctorCommand::run(Context& context) {
  Doctor doctor(context);
  auto diagnosis = doctor.examine();
  if (fix && doctor.mend(diagnosis.checks)) diagnosis = doctor.examine();
  if (context.flags().json) {
    print_json(context.out(), to_json(context, diagnosis.checks));
  } else {
    print(context, diagnosis.checks);
  }
  if (diagnosis.missing) return ExitCode::vault_missing;
  return diagnosis.checks.front().rating == Rating::broken ? ExitCode::damaged : ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_doctor() { return std::make_unique<DoctorCommand>(); }

}  // namespace cli
