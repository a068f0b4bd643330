// SPDX-License-Identifier: Apache-2.0
#include "import/stores/leftovers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace formats {
namespace {

constexpr std::array<std::string_view, 6> kOriginals = {"auth-profiles.json", "auth.json",     "auth-state.json",
                                                        "oauth.json",         "openclaw.json", ".env"};
constexpr std::array<std::string_view, 6> kPeoplesMarks = {".bak", ".tmp", ".old", ".orig", ".backup", ".migrated-"};
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdefABCDEF";
constexpr std::string_view kStamp = "0123456789abcdefABCDEFTZ.-+";

bool consists_of(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == text.npos;
}

// Takes `part` off the front or the end of `text`; false when it is not there.
bool drop_front(std::string_view& text, std::string_view part) {
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  return true;
}
bool drop_end(std::string_view& text, std::string_view part) {
  if (!text.ends_with(part)) return false;
  text.remove_suffix(part.size());
  return true;
}

bool is_backup_ending(std::string_view rest) {
  return drop_front(rest, ".bak") && (rest.empty() || (drop_front(rest, ".") && consists_of(rest, kDigits)));
}

// What its migrations put aside: .legacy-flat.<ms>.bak, .oauth-ref.<ms>.bak, .sqlite-import.<ms>.bak,
// .pre-startup-migration-<id>.bak
bool is_migration_backup_ending(std::string_view rest) {
  if (!drop_end(rest, ".bak")) return false;
  for (const std::string_view migration : {".legacy-flat.", ".oauth-ref.", ".sqlite-import."}) {
    if (drop_front(rest, migration)) return consists_of(rest, kDigits);
  }
  return drop_front(rest, ".pre-startup-migration-") && consists_of(rest, kStamp);
}

// 2026-11-21T00-00-00.000Z-<uuid>
bool is_migrated_ending(std::string_view rest) {
  return drop_front(rest, ".migrated-") && rest.starts_with("20") && rest.find('T') == 10 && consists_of(rest, kStamp);
}

bool is_temporary_ending(std::string_view rest) {
  if (!drop_front(rest, ".") || !drop_end(rest, ".tmp") || rest.size() != 36) return false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? rest[i] != '-' : kHex.find(rest[i]) == kHex.npos) return false;
  }
  return true;
}

bool is_import_backup(std::string_view name) {
  const auto mark = name.find(".sqlite-import.");
  if (!name.starts_with("openclaw") || mark == name.npos || !drop_end(name, ".bak")) return false;
  return consists_of(name.substr(mark + std::string_view(".sqlite-import.").size()), kStamp);
}

// What follows the name of one of the originals; empty when it is none of them.
std::optional<std::string_view> ending_behind_an_original(std::string_view name) {
  for (const auto original : kOriginals) {
    if (name.starts_with(original) && name.size() > original.size()) return name.substr(original.size());
  }
  return std::nullopt;
}

// "auth.json~", "auth-profiles.json.old", "openclaw.json.backup-2": worth a word, and nobody's to delete but theirs.
bool is_peoples_copy(std::string_view name) {
  const auto ending = ending_behind_an_original(name);
  return ending &&
         (*ending == "~" || std::ranges::any_of(kPeoplesMarks, [&](auto mark) { return ending->starts_with(mark); }));
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    paths.push_back(entry->path());
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace

bool is_openclaw_copy(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (is_import_backup(name)) return true;
  const auto ending = ending_behind_an_original(name);
  return ending && (is_backup_ending(*ending) || is_migration_backup_ending(*ending) || is_migrated_ending(*ending) ||
                    is_temporary_ending(*ending));
}

bool is_removable_copy(const std::filesystem::path& path, const std::filesystem::path& state_dir) {
  if (!is_openclaw_copy(path)) return false;
  const auto folder = path.lexically_normal().parent_path();
  if (folder == state_dir || folder == state_dir / "credentials" || folder == state_dir / "state") return true;
  return folder.filename() == "agent" && folder.parent_path().parent_path() == state_dir / "agents";
}

std::vector<vault::ImportWarning> find_openclaw_leftovers(const std::filesystem::path& folder) {
  std::vector<vault::ImportWarning> found;
  for (const auto& path : files_in(folder)) {
    const std::string name = path.filename().string();
    if (is_openclaw_copy(path) || is_peoples_copy(name)) {
      found.push_back(
          {"plaintext_leftover", path.string(), "may hold credentials in plaintext; it was not read", false});
    } else if (name == "auth-profiles.json.lock") {
      found.push_back(
          {"locked", path.string(), "OpenClaw may be running: what it writes after this is not imported", false});
    }
  }
  return found;
}

}  // namespace formats
