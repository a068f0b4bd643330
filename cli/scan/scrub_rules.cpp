// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/scrub_rules.h"

#include <algorithm>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace cli {
namespace {

constexpr std::string_view kOpenclaws[] = {"openclaw.json", "auth-profiles.json", "auth-state.json", "oauth.json"};
constexpr std::string_view kLogins[] = {
    ".credentials.json", "oauth_creds.json", ".claude.json", ".netrc", ".npmrc", ".pypirc"};
constexpr std::string_view kStartup[] = {".bashrc",  ".bash_profile", ".bash_login",    ".bash_aliases",
                                         ".profile", ".zshrc",        ".zshenv",        ".zprofile",
                                         ".zlogin",  "config.fish",   "fish_variables", ".pam_environment"};

template <std::size_t N>
bool is_one_of(const std::string_view (&names)[N], const std::string& name) {
  return std::ranges::find(names, name) != std::end(names);
}

bool has_folder(const std::filesystem::path& path, std::string_view folder) {
  return std::ranges::any_of(path.parent_path(), [&](const auto& part) { return part == folder; });
}

std::optional<Obstacle> in_use(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  if (name == "auth.json" && has_folder(path, ".codex")) {
    return Obstacle{"Codex takes its login from it", "delete the file once nothing uses this login any more"};
  }
  if (is_one_of(kOpenclaws, name) || name == "auth.json") {
    return Obstacle{"OpenClaw takes its credentials from it", "`claviger openclaw wire --apply` puts references there"};
  }
  if (is_one_of(kLogins, name))
    return Obstacle{"a program takes its login from it", "delete it there once nothing uses it any more"};
  if (is_one_of(kStartup, name)) {
    return Obstacle{"shells begin with it",
                    "remove the line, and start what needs the secret with `claviger run -- COMMAND`"};
  }
  if (has_folder(path, "systemd") || has_folder(path, "environment.d")) {
    return Obstacle{"systemd starts services with it", "`claviger help unlocking` shows how a unit gets its secrets"};
  }
  return std::nullopt;
}

std::optional<Obstacle> by_its_nature(const SearchedFile& file) {
  switch (file.nature) {
    case FileNature::text: break;
    case FileNature::sqlite:
      return Obstacle{"it is a database, and may be in use",
                      "`claviger openclaw wire --apply` clears OpenClaw's own; of others, delete the entry and VACUUM"};
    case FileNature::binary: return Obstacle{"it is no text", "delete it, or change it with its own program"};
    case FileNature::compressed: return Obstacle{"it is compressed", "delete it, or make it anew"};
  }
  if (file.bytes > kLargestScrubbed) return Obstacle{"it is larger than 64 MiB", "delete it, or split it"};
  return std::nullopt;
}

std::optional<Obstacle> by_its_status(const std::filesystem::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return Obstacle{"it is no regular file any more", "run the scan again"};
  }
  if (status.st_uid != ::geteuid()) {
    return Obstacle{"it belongs to user " + std::to_string(status.st_uid), "run the scan as that user"};
  }
  if (status.st_nlink > 1) {
    return Obstacle{"it has further names (hard links), which would keep the old content", "remove those first"};
  }
  if ((status.st_mode & S_IWUSR) == 0) return Obstacle{"it is read-only", "make it writable: chmod u+w"};
  if (::lgetxattr(path.c_str(), "system.posix_acl_access", nullptr, 0) > 0) {
    return Obstacle{"it has an access list, which would be lost", "remove the list: setfacl -b"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Obstacle> obstacle_to_scrubbing(const SearchedFile& file) {
  if (auto obstacle = in_use(file.path)) return obstacle;
  if (auto obstacle = by_its_nature(file)) return obstacle;
  return by_its_status(file.path);
}

}  // namespace cli
