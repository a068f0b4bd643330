// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/places.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kInHome[] = {
    // programs with credentials of their own
    ".clawdbot", ".moltbot", ".moldbot", ".claude", ".claude.json", ".codex", ".gemini", ".qwen",
    // what starts programs
    ".config/systemd/user", ".config/environment.d", ".config/claude", ".config/openclaw", ".pam_environment",
    // shells and interpreters: what was typed, and what they begin with
    ".bash_history", ".zsh_history", ".zhistory", ".histfile", ".sh_history", ".ash_history", ".ksh_history",
    ".history", ".local/share/fish/fish_history", ".local/state/bash/history", ".local/state/zsh/history",
    ".python_history", ".node_repl_history", ".psql_history", ".mysql_history", ".sqlite_history", ".rediscli_history",
    ".irb_history", ".bashrc", ".bash_profile", ".bash_login", ".bash_aliases", ".profile", ".zshrc", ".zshenv",
    ".zprofile", ".zlogin", ".config/fish/config.fish", ".config/fish/fish_variables",
    // passwords of other programs
    ".netrc", ".npmrc", ".pypirc", ".env"};
constexpr std::string_view kVariables[] = {"OPENCLAW_STATE_DIR", "HISTFILE", "CODEX_HOME", "CLAUDE_CONFIG_DIR"};

class Places {
 public:
  // A link to one of our places leads to where it is kept; below it links are not followed any more.
  void add(const fs::path& path) {
    std::error_code error;
    const auto real = fs::canonical(path, error);
    if (!error && seen_.insert(real).second) found_.push_back(real);
  }
  void add_all_in(const fs::path& folder, bool (*wanted)(const std::string& name)) {
    std::error_code error;
    std::vector<fs::path> fitting;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      if (wanted(entry->path().filename().string())) fitting.push_back(entry->path());
    }
    std::ranges::sort(fitting);
    for (const auto& path : fitting) add(path);
  }
  std::vector<fs::path> found() && { return std::move(found_); }

 private:
  std::set<fs::path> seen_;
  std::vector<fs::path> found_;
};

}  // namespace

std::vector<fs::path> default_places(const Environment& environment) {
  const auto home = environment.get("HOME");
  if (!home || !home->starts_with('/')) {
    throw vault::Error(vault::ErrorCode::usage, "cannot find out where to search: HOME is not set",
                       "name the folders: `claviger scan DIR`");
  }
  Places places;
  for (const auto variable : kVariables) {
    if (const auto path = environment.get(variable)) places.add(fs::path(*path));
  }
  // ~/.openclaw, ~/.openclaw-PROFILE, and what people call a copy of either: ~/.openclaw.bak, ~/.openclaw_old
  places.add_all_in(fs::path(*home), [](const std::string& name) { return name.starts_with(".openclaw"); });
  for (const auto name : kInHome) places.add(fs::path(*home) / name);
  const auto is_env = [](const std::string& name) { return name.starts_with(".env") || name.ends_with(".env"); };
  places.add_all_in(".", is_env);
  return std::move(places).found();
}

}  // namespace cli
