// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/rekeying.h"

#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/context.h"
#include "cli/terminal/counted.h"
#include "cli/terminal/progress.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/key_cache.h"
#include "cli/words/damaged_words.h"
#include "cli/words/recovery_words.h"
#include "cli/words/slot_words.h"
#include "vault/base/error.h"
#include "vault/keys/recovery_code.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

std::vector<vault::KeySlot> name_what_goes(const Context& context, vault::UnlockedVault& vault,
                                           const vault::RekeyPlan& plan) {
  auto writing = vault.write();
  auto dropped = would_drop(writing, plan);
  for (const auto& slot : dropped) {
    const bool code = slot.kind == vault::SlotKind::recovery;
    context.terminal().note("Will stop working: " + slot_words(slot) +
                            (code ? ". A new recovery code takes its place." : "."));
  }
  return dropped;
}

bool includes_recovery(const std::vector<vault::KeySlot>& slots) {
  return std::ranges::find(slots, vault::SlotKind::recovery, &vault::KeySlot::kind) != slots.end();
}

void require_a_key_that_stays(const vault::RekeyPlan& plan) {
  if (!plan.root || !plan.held.empty()) return;
  throw Error(ErrorCode::usage, "no key that was given would open the vault afterwards",
              "name one that is to stay: --also-key-file FILE or --also-passphrase-file FILE");
}

void agree(const Context& context, const std::vector<vault::KeySlot>& dropped) {
  if (dropped.empty()) return;
  const bool agreed = context.terminal().confirm_by_typing(
      "drop", "Type 'drop' to go on without " + std::string(dropped.size() == 1 ? "it: " : "them: "),
      {ErrorCode::usage, "keys would go, and nobody is there to agree",
       "offer them with --also-key-file or --also-passphrase-file, or add --yes"});
  if (!agreed) throw Error(ErrorCode::cancelled, "not agreed; nothing was changed");
}

Json dropped_json(const std::vector<vault::KeySlot>& slots) {
  Json dropped = Json::array();
  for (const auto& slot : slots) dropped.push_back({{"slot", short_name(slot.id)}, {"kind", kind_word(slot.kind)}});
  return dropped;
}

// What is known before the commit.
Json report_json(const vault::RekeyReport& report, const Json& subject) {
  Json document = json_document();
  document.update(subject);
  document["agents"] = report.agents;
  document["records"] = report.records;
  document["tokens"] = report.tokens;
  document["dropped"] = dropped_json(report.dropped);
  return document;
}

void tell_dry_run(const Context& context, vault::UnlockedVault& vault, const vault::RekeyPlan& plan,
                  const std::vector<vault::KeySlot>& dropped, const Json& subject) {
  context.terminal().note("Would make new keys and seal with them what the old ones opened (dry run).");
  context.terminal().note("That was a dry run: nothing was written.");
  if (!context.flags().json) return;
  Json document = json_receipt(true);
  document.update(subject);
  document["agents"] = plan.root ? vault.read().agents().size() : plan.agents.size();
  document["dropped"] = dropped_json(dropped);
  print_json(context.out(), document);
}

// Where nothing can be rewritten it is not tried either: what that means is said instead.
void tell_what_stays(const Context& context, const vault::UnlockedVault& vault) {
  if (vault.can_rewrite()) return;
  context.terminal().note(
      "The server may keep old wrapped keys: in its write-ahead log, its archive, replicas and backups. Whoever has an "
      "old key and one of those reads what was sealed until now: where a key was lost, replace the secrets, too.");
}

void tell(const Context& context, const vault::RekeyReport& report, const vault::UnlockedVault& vault) {
  tell_carried(context, report);
  if (report.agents == 0) return;
  tell_what_stays(context, vault);
  context.terminal().note("New keys for " + counted(report.agents, "agent") + " and " +
                          counted(report.records, "record") + "; " + counted(report.tokens, "token") +
                          (report.tokens == 1 ? " stays valid." : " stay valid."));
}

// Of the old keys it opens nothing any more.
void forget_cached(const Context& context, const vault::VaultId& vault) {
  try {
    if (forget_cached_key(vault)) context.terminal().note("The key cached by `unlock` was dropped.");
  } catch (const Error& error) {
    context.terminal().warn(error.what());
  }
}

// The new code is out before the one that it replaces is gone.
vault::RekeyReport rekey_with_code(const Context& context, vault::UnlockedVault& vault, const vault::RekeyPlan& plan,
                                   const vault::SecretString& code, const Json& subject) {
  std::optional<JsonWithSecret> document;
  bool shown = false;
  Progress progress(context, "Sealing anew");
  vault::RekeySteps steps;
  steps.progress = [&](std::size_t done, std::size_t all) { progress(done, all); };
  steps.before_commit = [&](const vault::RekeyReport& report) {
    if (!context.flags().json) {
      show_recovery_code(context, code);
    } else {
      Json known = report_json(report, subject);
      known["recoveryCode"] = nullptr;
      announce_recovery_code(context);
      document.emplace(context, known, code);
    }
    shown = true;
  };
  vault::RekeyReport report;
  try {
    report = rekey(vault, plan, steps);
  } catch (const Error&) {
    if (shown) say_that_it_does_not_count("recovery code");
    throw;
  }
  if (document) {
    Json more{{"rewritten", report.rewritten}};
    add_carried(more, report, vault);
    document->finish(more);
  }
  return report;
}

vault::RekeyReport rekey_and_print(const Context& context, vault::UnlockedVault& vault, const vault::RekeyPlan& plan,
                                   const Json& subject) {
  Progress progress(context, "Sealing anew");
  vault::RekeySteps steps;
  steps.progress = [&](std::size_t done, std::size_t all) { progress(done, all); };
  auto report = rekey(vault, plan, steps);
  if (!context.flags().json) return report;
  Json document = report_json(report, subject);
  document["rewritten"] = report.rewritten;
  document["recoveryCode"] = nullptr;
  add_carried(document, report, vault);
  print_json(context.out(), document);
  return report;
}

}  // namespace

void tell_carried(const Context& context, const vault::RekeyReport& report) {
  for (const auto& warning : report.warnings) context.terminal().warn(warning);
  if (report.damaged == 0) return;
  const bool one = report.damaged == 1;
  context.terminal().warn(
      std::to_string(report.damaged) + (one ? " record does not open and was" : " records do not open and were") +
      " kept as before; " + typed_here("`claviger repair` gives up what does not open", context.flags()));
}

// A part of the answer and not a failure of it: the keys are changed by now.
void add_carried(Json& document, const vault::RekeyReport& report, vault::UnlockedVault& vault) {
  if (report.damaged == 0) return;
  try {
    auto reading = vault.read();
    for (const auto& agent : reading.agents()) reading.own_contents(agent.name);
    add_damaged(document, reading);
  } catch (const Error&) {
    document["damaged"] = Json::array();
  }
}

void RekeyOptions::declare(Arguments& arguments) {
  kept.declare(arguments);
  arguments.flag("--yes", yes, "do not ask").flag("--dry-run", dry_run, "say what would be removed, write nothing");
}

void change_keys(const Context& context, vault::UnlockedVault& vault, vault::RekeyPlan plan,
                 const RekeyOptions& options, const Json& subject) {
  require_a_key_that_stays(plan);
  const auto dropped = name_what_goes(context, vault, plan);
  if (options.dry_run) return tell_dry_run(context, vault, plan, dropped, subject);
  if (!options.yes) agree(context, dropped);
  plan.may_drop.emplace();
  for (const auto& slot : dropped) plan.may_drop->push_back(slot.id);
  std::optional<vault::SecretString> code;
  if (includes_recovery(dropped)) {
    auto key = vault::make_recovery_key();
    code = vault::to_recovery_code(key);
    plan.add.push_back({vault::SlotKind::recovery, std::move(key), {}});
  }
  const auto report =
      code ? rekey_with_code(context, vault, plan, *code, subject) : rekey_and_print(context, vault, plan, subject);
  if (report.agents > 0) forget_cached(context, vault.id());
  tell(context, report, vault);
  if (code) ask_recovery_code_back(context, *code);
}

}  // namespace cli
