// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/arguments/did_you_mean.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/onboarding/onboarding.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct Onboard final : Action {
  std::vector<std::string> only;
  OnboardingOptions options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

[[noreturn]] void fail_unknown(const std::string& word) {
  std::vector<std::string> known;
  for (const auto kind : every_source_kind()) known.emplace_back(name_of(kind));
  const auto meant = nearest(word, known);
  throw Error(
      ErrorCode::usage,
      "--only takes " + names_of(every_source_kind()) + (may_be_repeated(word) ? ", and not " + in_quotes(word) : ""),
      meant ? "did you mean --only " + *meant + "?" : "separate several by commas");
}

// "--only claude,codex" and "--only claude --only codex" are the same.
std::set<SourceKind> kinds_named(const std::vector<std::string>& only) {
  std::set<SourceKind> kinds;
  for (const auto& list : only) {
    for (std::size_t at = 0; at <= list.size();) {
      const auto end = std::min(list.find(',', at), list.size());
      const std::string word(vault::trimmed(std::string_view(list).substr(at, end - at)));
      const auto kind = source_kind_named(word);
      if (!kind) fail_unknown(word);
      kinds.insert(*kind);
      at = end + 1;
    }
  }
  return kinds.empty() ? every_source_kind() : kinds;
}

void Onboard::declare(Arguments& arguments) {
  arguments
      .about(
          "Finds what this host has: OpenClaw state of every generation, .env files, the logins of Claude Code, Codex "
          "and Gemini, and variables of known providers in the environment. Shows it as a table without any value, "
          "and takes in what is ticked. Makes the vault, with its key file in the usual place and a recovery code, "
          "when there is none. Sources are never touched, and what is there already stays as it is: it may be run "
          "again at any time.")
      .about(
          "A login that ends later than the vault's replaces it; any other value of the vault is replaced only when "
          "its number is typed. Wiring and the monitor change files of other programs: at a terminal they are asked "
          "about, with --yes they need --wire and --monitor.")
      .option("--only", "SOURCE", &only,
              "openclaw, dotenv, claude, codex, gemini, environment; several by commas (default: all)")
      .yes(options.yes)
      .flag("--no-recovery", options.no_recovery, "make no recovery code")
      .flag("--wire", options.wire,
            "also wire each OpenClaw that has its secrets in plaintext: `claviger openclaw wire --apply`")
      .flag("--monitor", options.monitor,
            "also set up the monitor: a systemd timer that reports what expires, or a line for cron")
      .dry_run(options.dry_run)
      .example("claviger onboard")
      .example("claviger onboard --yes --only openclaw,dotenv");
}

ExitCode Onboard::run(Context& context) {
  options.kinds = kinds_named(only);
  options.named = !only.empty();
  return onboard(context, options);
}

}  // namespace

std::unique_ptr<Action> make_onboard() { return std::make_unique<Onboard>(); }

}  // namespace cli
