// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/missing_key.h"

#include <algorithm>
#include <unistd.h>

#include "cli/terminal/shell_word.h"
#include "cli/unlocking/paths.h"
#include "vault/base/error.h"

namespace cli {
namespace {

bool has_slot(const vault::Vault& locked, vault::SlotKind kind) {
  return std::ranges::any_of(locked.slots(), [&](const vault::KeySlot& slot) { return slot.kind == kind; });
}

// Another vault's key file in the usual place is kept, under another name.
std::string way_back(const vault::Vault& locked, const std::filesystem::path& usual, bool is_taken) {
  const std::string named = "name it with --key-file or --token-file";
  if (!has_slot(locked, vault::SlotKind::recovery)) return named + "; if it is lost: `claviger help recovery`";
  const auto file = shell_word(usual.string());
  const auto aside = is_taken ? "mv -n " + file + " " + shell_word(usual.string() + ".other") + " && " : "";
  return named + "; if it is lost, the recovery code makes another: `" + aside +
         "claviger key add --with-recovery-code --new-key-file " + file + "` (`claviger help recovery`)";
}

}  // namespace

void fail_without_any_key(const vault::Vault& locked, const Environment& environment) {
  const auto usual = default_key_file(environment);
  if (!usual || !has_slot(locked, vault::SlotKind::key_file)) {
    throw vault::Error(vault::ErrorCode::key_needed, "the vault is locked, and it has no passphrase to ask for",
                       "name a key with --key-file or --token-file; if it is lost: `claviger help recovery`");
  }
  const bool is_taken = ::access(usual->c_str(), F_OK) == 0;
  const auto where = path_in_quotes(*usual);
  throw vault::Error(vault::ErrorCode::key_needed,
                     "the vault is locked, and " + (is_taken ? "the key file " + where + " is another vault's"
                                                             : "its key file is not at " + where),
                     way_back(locked, *usual, is_taken));
}

}  // namespace cli
