// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/kept_keys.h"

#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/unlocking/unlock.h"
#include "vault/access/rekey.h"

namespace cli {
namespace {

void add_once(std::vector<vault::HeldSlotKey>& held, vault::HeldSlotKey one) {
  const auto same = [&](const vault::HeldSlotKey& other) { return other.slot == one.slot; };
  if (std::ranges::none_of(held, same)) held.push_back(std::move(one));
}

}  // namespace

void KeptKeys::declare(Arguments& arguments) {
  arguments
      .option("--also-key-file", "FILE", &key_files, "this key file is to open the vault afterwards too (repeatable)")
      .option("--also-passphrase-file", "FILE", &passphrase_files, "likewise the passphrase in this file (repeatable)");
}

std::vector<vault::HeldSlotKey> KeptKeys::held(vault::UnlockedVault& vault) const {
  std::vector<vault::HeldSlotKey> held;
  if (const auto& opened = vault.opened_with()) held.push_back({opened->slot, opened->key.clone()});
  for (const auto& file : key_files) add_once(held, vault::hold(vault, *key_file_unlocker(file)));
  for (const auto& file : passphrase_files) add_once(held, vault::hold(vault, *passphrase_file_unlocker(file)));
  return held;
}

}  // namespace cli
