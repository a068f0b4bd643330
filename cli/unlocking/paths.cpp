// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/paths.h"

#include <algorithm>
#include <system_error>

#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using Path = std::filesystem::path;
using vault::Error;
using vault::ErrorCode;

// No more to be done to it: nearly all folders are named so.
bool is_plain(std::string_view folder) {
  return folder.size() > 1 && folder.front() == '/' && folder.back() != '/' && folder.find("//") == folder.npos &&
         folder.find("/.") == folder.npos;
}

std::optional<Path> absolute_folder(const Environment& environment, std::string_view name) {
  const auto value = environment.get(name);
  if (!value) return std::nullopt;
  if (is_plain(*value)) return Path(*value);
  const Path folder(*value);
  // The root folder is what an unset variable, a container without a user or a broken unit leaves behind.
  if (!folder.is_absolute() || folder.lexically_normal() == folder.root_path()) return std::nullopt;
  return folder.lexically_normal();
}

std::optional<Path> own_folder(const Environment& environment, std::string_view variable, const char* below_home) {
  if (const auto folder = absolute_folder(environment, variable)) return *folder / "claviger";
  if (const auto home = absolute_folder(environment, "HOME")) return *home / below_home;
  return std::nullopt;
}

// postgres://..., file://...
bool has_scheme(std::string_view text) {
  const auto end = text.find("://");
  if (end == std::string_view::npos || end == 0) return false;
  return std::ranges::all_of(text.substr(0, end), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '+' || c == '.' || c == '-';
  });
}

Path chosen_file(std::string_view text, const std::string& name) {
  std::error_code failure;
  const Path path = std::filesystem::absolute(Path(text), failure).lexically_normal();
  if (failure) throw Error(ErrorCode::io, name + " is relative, and the current folder is gone");
  if (!path.has_filename()) throw Error(ErrorCode::usage, name + " names a folder, not a file");
  if (path.parent_path() == path.root_path()) {
    throw Error(ErrorCode::usage, name + " puts the vault directly into /", "name a file in a folder of its own");
  }
  return path;
}

}  // namespace

vault::VaultPlace place_named(std::string_view text, std::string_view chosen_by) {
  const std::string name(chosen_by);
  if (text.empty()) throw Error(ErrorCode::usage, name + " is empty");
  if (vault::names_postgres(text)) return vault::parse_postgres_place(text);
  // A file of that name is not what anybody meant, and the text may hold a password.
  if (has_scheme(text)) {
    throw Error(ErrorCode::usage, name + " names a place with a scheme that is not known",
                "name a file, or a place on PostgreSQL: postgres://...");
  }
  return chosen_file(text, name);
}

vault::VaultPlace vault_place(const Environment& environment, const std::optional<std::string>& flag) {
  if (flag) return place_named(*flag, "--vault");
  if (const auto value = environment.get("CLAVIGER_VAULT")) return place_named(*value, "CLAVIGER_VAULT");
  if (const auto folder = own_folder(environment, "XDG_DATA_HOME", ".local/share/claviger")) {
    return *folder / "vault.db";
  }
  throw Error(ErrorCode::usage, "cannot find the vault's place: HOME is not set to a folder",
              "say --vault PATH, or set CLAVIGER_VAULT or HOME");
}

std::optional<Path> default_key_file(const Environment& environment) {
  const auto folder = own_folder(environment, "XDG_CONFIG_HOME", ".config/claviger");
  if (!folder) return std::nullopt;
  return *folder / "vault.key";
}

std::optional<Path> state_folder(const Environment& environment) {
  return own_folder(environment, "XDG_STATE_HOME", ".local/state/claviger");
}

std::string path_in_quotes(const Path& path) { return "'" + display_safe(path.string()) + "'"; }

std::string place_in_quotes(const vault::VaultPlace& place) { return "'" + display_safe(display_of(place)) + "'"; }

}  // namespace cli
