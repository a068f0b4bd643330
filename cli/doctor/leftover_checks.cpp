// SPDX-License-Identifier: Apache-2.0
// What lies beside the vault, and what interrupted commands left elsewhere.
#include <algorithm>
#include <set>
#include <unistd.h>

#include "cli/doctor/checks.h"
#include "vault/journal.h"

namespace cli {
namespace {

using Path = std::filesystem::path;

std::string quoted(const Path& path) { return "'" + path.string() + "'"; }

std::vector<Path> files_in(const Path& folder) {
  std::vector<Path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    files.push_back(entry->path());
  }
  std::ranges::sort(files);
  return files;
}

void check_journal(const Path& vault, Checks& into) {
  switch (vault::journal_of(vault)) {
    case vault::JournalState::none:
    case vault::JournalState::of_a_writer: return;
    case vault::JournalState::left_behind:
      into.push_back({"leftovers", Rating::broken,
                      "a writer was killed; until its journal is undone, nothing can be read", "claviger doctor --fix",
                      Mend::undo_journal});
      return;
    case vault::JournalState::unsafe:
      into.push_back(
          {"leftovers", Rating::insecure, "a journal beside the vault is not its owner's private file",
           "find out who put " + quoted(Path(vault.native() + "-journal")) + " there; it would change the vault"});
  }
}

void check_write_ahead_log(const Path& vault, Checks& into) {
  for (const char* suffix : {"-wal", "-shm"}) {
    const Path file = vault.native() + suffix;
    if (::access(file.c_str(), F_OK) != 0) continue;
    into.push_back({"leftovers", Rating::broken, quoted(file) + " is beside a vault that never has one; it is refused",
                    "find out who put it there"});
  }
}

// `.NAME.<16 hex>.tmp`: what a file is called before it is whole. Yields NAME.
std::optional<std::string> unfinished_name(const Path& path) {
  constexpr std::size_t kDigits = 16;
  std::string name = path.filename().string();
  if (!name.starts_with(".") || !name.ends_with(".tmp")) return std::nullopt;
  name = name.substr(1, name.size() - 5);
  if (name.size() < kDigits + 2 || name[name.size() - kDigits - 1] != '.') return std::nullopt;
  if (name.find_first_not_of("0123456789abcdef", name.size() - kDigits) != name.npos) return std::nullopt;
  return name.substr(0, name.size() - kDigits - 1);
}

}  // namespace

void check_leftovers(const Path& vault, Checks& into) {
  const auto before = into.size();
  check_journal(vault, into);
  check_write_ahead_log(vault, into);
  const std::string name = vault.filename().string();
  for (const auto& path : files_in(vault.parent_path())) {
    const std::string other = path.filename().string();
    if (unfinished_name(path) == name) {
      into.push_back(
          {"leftovers", Rating::weak, quoted(path) + " was left by a command that was killed", "rm " + quoted(path)});
    } else if (other.starts_with(name + ".before-restore-") && !other.ends_with("-journal")) {
      into.push_back({"leftovers", Rating::weak,
                      quoted(path) + " was kept by a restore, with the keys and secrets of its time",
                      "remove it once it is not needed any more"});
    }
  }
  if (into.size() == before)
    into.push_back({"leftovers", Rating::secure, "nothing is beside the vault that should not be"});
}

void check_export_remains(const std::vector<Path>& folders, const std::optional<Path>& vault, Checks& into) {
  const auto own = vault ? vault->filename().string() : std::string();
  const auto before = into.size();
  std::set<Path> seen;
  for (const auto& folder : folders) {
    for (const auto& path : files_in(folder)) {
      const auto name = unfinished_name(path);
      if (!name || *name == own || !seen.insert(path.lexically_normal()).second) continue;
      into.push_back(
          {"export-remains", Rating::insecure,
           quoted(path) + " may be what an interrupted export of " + quoted(Path(*name)) + " left, in plaintext",
           "rm " + quoted(path)});
    }
  }
  if (into.size() == before)
    into.push_back({"export-remains", Rating::secure, "no interrupted export left anything where exports usually go"});
}

}  // namespace cli
