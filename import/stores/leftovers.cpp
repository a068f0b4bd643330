// SPDX-License-Identifier: Apache-2.0
#include "import/stores/leftovers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace formats {
namespace {

constexpr std::array<std::string_view, 6> kOriginals = {"auth-profiles.json", "auth.json",     "auth-state.json",
                                                        "oauth.json",         "openclaw.json", ".env"};
constexpr std::array<std::string_view, 6> kMarks = {".migrated-", ".bak", ".old", ".orig", ".backup", ".tmp"};

// "auth-profiles.json.migrated-...", "auth-profiles.json.legacy-flat.1.bak", "openclaw.json.bak.2", "auth.json~" ...
bool is_copy(std::string_view name) {
  for (const auto original : kOriginals) {
    if (!name.starts_with(original)) continue;
    const auto rest = name.substr(original.size());
    const auto marked = [rest](std::string_view mark) { return rest.find(mark) != std::string_view::npos; };
    return rest == "~" || std::ranges::any_of(kMarks, marked);
  }
  const auto import_mark = name.find(".sqlite-import.");
  return import_mark != std::string_view::npos && name.ends_with(".bak");
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

std::vector<vault::ImportWarning> find_openclaw_leftovers(const std::filesystem::path& folder) {
  std::vector<vault::ImportWarning> found;
  for (const auto& path : files_in(folder)) {
    const std::string name = path.filename().string();
    if (is_copy(name)) {
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
