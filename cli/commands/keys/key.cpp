// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/confirmation.h"
#include "cli/unlocking/kept_keys.h"
#include "cli/unlocking/rekeying.h"
#include "cli/words/slot_words.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::string_view kWhoStays =
    "A new root key is wrapped for the key that unlocked the vault and for those given with --also-key-file and "
    "--also-passphrase-file. Other keys cannot be kept, since they are not known here: they are named, and stop "
    "working. "
    "A recovery code that would stop working is replaced by a new one, printed once. Tokens stay valid.";

bool opened_this(const vault::UnlockedVault& vault, const vault::SlotInfo& slot) {
  return vault.opened_with() && vault.opened_with()->slot == slot.id;
}

void print_table(const Context& context, const vault::UnlockedVault& vault, const std::vector<vault::SlotInfo>& slots) {
  Table table({{"KEY"},
               {"KIND"},
               {"OPENS", Align::left, Shrink::allowed, 10},
               {"SINCE", Align::left, Shrink::goes},
               {"ENDS"},
               {"", Align::left, Shrink::wraps, 8}});
  for (const auto& slot : slots) {
    const bool token = slot.kind == vault::SlotKind::agent_token;
    table.add_row({short_name(slot.id), std::string(name_of(slot.kind)),
                   token ? "agent " + (slot.agent ? slot.agent->text() : "?") : "everything",
                   to_rfc3339(slot.created).substr(0, 10), token ? token_expiry_words(slot, context.now()) : "never",
                   opened_this(vault, slot) ? "in use" : ""});
  }
  context.out().write(table.render(context.terminal().table_look()));
}

// Keys of the whole vault: what a token can be removed without. Absent slots were named wrongly.
void require_other_root_slot(const std::vector<vault::SlotInfo>& slots, const vault::SlotInfo& going) {
  const auto stays = [&](const vault::SlotInfo& slot) { return !slot.agent && slot.id != going.id; };
  const bool token = going.kind == vault::SlotKind::agent_token;
  if (token || std::ranges::any_of(slots, stays)) return;
  throw Error(ErrorCode::usage, "the last key of the whole vault cannot be removed",
              "add another one first: `claviger key add`");
}

vault::RekeyPlan removal_plan(vault::UnlockedVault& vault, const vault::SlotId& slot, bool keep_keys) {
  if (keep_keys) {
    vault::RekeyPlan plan;
    plan.remove.push_back(slot);
    return plan;
  }
  auto writing = vault.write();
  return plan_removal(writing, vault.keyring(), slot);
}

struct KeyList final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void KeyList::declare(Arguments& arguments) {
  arguments.about("Lists the keys that open the whole vault, then the agents' tokens. Takes a key of the whole vault.");
}

ExitCode KeyList::run(Context& context) {
  auto& vault = context.open(vault::Access::read);
  const auto slots = list_slots(vault);
  if (!context.flags().json) {
    print_table(context, vault, slots);
    return ExitCode::done;
  }
  Json document = json_document();
  document["keys"] = Json::array();
  for (const auto& slot : slots) {
    document["keys"].push_back(slot_json(slot, context.now()));
    document["keys"].back()["unlockedThis"] = opened_this(vault, slot);
  }
  print_json(context.out(), document);
  return ExitCode::done;
}

struct KeyRemove final : Action {
  std::string name;
  RekeyOptions options;
  bool keep_keys = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void KeyRemove::declare(Arguments& arguments) {
  arguments
      .about(
          "Removes a key or a token. Whoever has it may have kept what it opened, and so all of that is given new "
          "keys - unless --keep-keys says that nobody can have used it.")
      .about(kWhoStays)
      .positional("KEY", name, "its digits, as `claviger key list` shows them")
      .flag("--keep-keys", keep_keys, "remove it only: old copies of the vault, and what it opened, stay open to it");
  options.declare(arguments);
  arguments.example("claviger key remove 3f2a9c01")
      .example("claviger --key-file new.key key remove 3f2a9c01 --also-passphrase-file pass.txt");
}

ExitCode KeyRemove::run(Context& context) {
  auto& vault = context.open(vault::Access::write);
  const auto slots = list_slots(vault);
  const auto& slot = slot_named(slots, name);
  require_other_root_slot(slots, slot);
  auto plan = removal_plan(vault, slot.id, keep_keys);
  if (plan.root) plan.held = options.kept.held(vault);
  std::erase_if(plan.held, [&](const vault::HeldSlotKey& held) { return held.slot == slot.id; });
  if (!options.yes && !options.dry_run) confirm_removal(context, short_name(slot.id), std::string(name_of(slot.kind)));
  change_keys(context, vault, std::move(plan), options, {{"removed", short_name(slot.id)}});
  if (!options.dry_run) context.terminal().note("Removed the " + slot_words(slot) + ".");
  return ExitCode::done;
}

struct KeyRotate final : Action {
  RekeyOptions options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void KeyRotate::declare(Arguments& arguments) {
  arguments
      .about(
          "Gives the vault a new root key and every agent a new key, seals everything anew and rewrites the file, so "
          "that no key from before opens it. Copies and backups made before stay readable with the old keys.")
      .about(kWhoStays);
  options.declare(arguments);
  arguments.example("claviger key rotate").example("claviger key rotate --also-passphrase-file pass.txt --yes");
}

ExitCode KeyRotate::run(Context& context) {
  auto& vault = context.open(vault::Access::write);
  vault::RekeyPlan plan;
  plan.root = true;
  plan.held = options.kept.held(vault);
  change_keys(context, vault, std::move(plan), options);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_key_list() { return std::make_unique<KeyList>(); }
std::unique_ptr<Action> make_key_remove() { return std::make_unique<KeyRemove>(); }
std::unique_ptr<Action> make_key_rotate() { return std::make_unique<KeyRotate>(); }

}  // namespace cli
