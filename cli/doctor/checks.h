// SPDX-License-Identifier: Apache-2.0
#pragma once
// What doctor says: one check a line, rated, with the evidence for it. The checks of the vault's file, of its contents
// and of this process's memory are made here; those of the environment and of the program's own file are the command
// line's. Every check goes as far as it can, and changes nothing.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vault/upkeep/examine.h"

namespace cli {

// Worst first. insecure: others can read or change what they must not. weak: it holds, but one more mishap breaks it.
// skipped: could not be looked at; the evidence says why.
enum class Rating : unsigned char { broken, insecure, weak, skipped, secure };
std::string_view name_of(Rating rating) noexcept;  // "broken", "insecure", ...

// What may be done about it without asking.
enum class Mend : unsigned char { none, make_private, rewrite, undo_journal };

struct Check {
  std::string id;  // a stable word: "vault-file", "recovery", ...
  Rating rating = Rating::secure;
  std::string evidence;  // one sentence, with what was seen; foreign names in it are as they were found
  std::string remedy{};  // what to type or do; empty when nothing is to be done
  Mend mend = Mend::none;
  std::filesystem::path target{};  // of make_private
};
using Checks = std::vector<Check>;

// The file, its folders up to the root, the kind of file system, and what lies beside it.
void check_vault_file(const std::filesystem::path& vault, Checks& into);
void check_leftovers(const std::filesystem::path& vault, Checks& into);
// What an interrupted export left in one of these folders, in plaintext.
void check_export_remains(const std::vector<std::filesystem::path>& folders,
                          const std::optional<std::filesystem::path>& vault, Checks& into);
// A key, passphrase or token file in use; links are followed, as when unlocking.
// `vault`, here and below: its file, if it lies in one.
void check_key_file(const std::filesystem::path& key, const std::optional<std::filesystem::path>& vault, Checks& into);
// Another folder of ours that must be private.
void check_private_folder(const std::string& id, const std::filesystem::path& folder, Checks& into);

// The ways to open a vault that may be locked.
void check_slots(const std::vector<vault::KeySlot>& slots, vault::Timestamp now, Checks& into);
// States, every secret, rollback marks, pages that await rewriting, and expired profiles.
void check_contents(vault::UnlockedVault& vault, Checks& into);

void check_memory(Checks& into);  // pages locked, swap
void check_clock(vault::Timestamp now, const std::optional<std::filesystem::path>& vault, Checks& into);
void check_library(Checks& into);  // the SQLite that runs

// Takes group's and others' rights away, or from a folder their right to write. io when that fails.
void make_private(const std::filesystem::path& path);

}  // namespace cli
