// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/provider_block.h"

#include <algorithm>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "cli/context.h"
#include "cli/unlocking/paths.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"
#include "vault/selection/profile_ref.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::size_t kLongestAlias = 64;
constexpr std::size_t kLongestWord = 1024;
constexpr std::string_view kRefusedInCommands = ";&|`$<>\"'\r\n";
constexpr std::string_view kCopyHint = "copy it where it may stay, and run that: install -D -m 755 -t ~/.local/bin ";

[[noreturn]] void fail_command(const std::filesystem::path& program, const std::string& why) {
  throw Error(ErrorCode::unsafe_file, "OpenClaw would refuse to run " + path_in_quotes(program) + ": " + why,
              std::string(kCopyHint) + display_safe(program.string()));
}

std::string absolute(std::string_view path) {
  std::error_code failure;
  const auto full = std::filesystem::absolute(std::filesystem::path(path), failure);
  if (failure) throw Error(ErrorCode::io, "the current folder is gone");
  return full.lexically_normal().string();
}

bool is_there(const std::optional<std::filesystem::path>& path) {
  return path && ::access(path->c_str(), F_OK) == 0;
}

// Fixed places keep working; systemd's folder belongs to this unit and is not OpenClaw's.
std::vector<std::string> words_from_variables(const Environment& environment) {
  for (const auto& [variable, flag] : {std::pair{"CLAVIGER_TOKEN_FILE", "--token-file"}, {"CLAVIGER_KEY_FILE", "--key-file"},
                                       {"CLAVIGER_PASSPHRASE_FILE", "--passphrase-file"}}) {
    if (const auto path = environment.get(variable)) return {flag, absolute(*path)};
  }
  return {};
}

std::vector<std::string> words_from_flags(const GlobalFlags& flags) {
  if (flags.key_file) return {"--key-file", absolute(*flags.key_file)};
  if (flags.token_file) return {"--token-file", absolute(*flags.token_file)};
  if (flags.passphrase_file) return {"--passphrase-file", absolute(*flags.passphrase_file)};
  return {};
}

}  // namespace

std::filesystem::path own_program() {
  std::error_code failure;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) throw Error(ErrorCode::io, "the system does not tell where this program lies");
  return path;
}

void require_fit_command(const std::filesystem::path& program) {
  struct stat status {};
  if (::lstat(program.c_str(), &status) != 0) fail_command(program, "it is not there any more");
  if (S_ISLNK(status.st_mode)) fail_command(program, "it is a symbolic link");
  if (!S_ISREG(status.st_mode)) fail_command(program, "it is not a regular file");
  if (status.st_uid != ::geteuid()) fail_command(program, "it belongs to another user");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) fail_command(program, "others may write to it");
  if (program.string().find_first_of(kRefusedInCommands) != std::string::npos) {
    fail_command(program, "its path has a character that no command may have");
  }
}

void require_provider_alias(const std::string& alias) {
  const auto is_fit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  const bool starts_well = !alias.empty() && alias.front() >= 'a' && alias.front() <= 'z';
  if (starts_well && alias.size() <= kLongestAlias && std::ranges::all_of(alias, is_fit)) return;
  throw Error(ErrorCode::usage, "a provider alias is a-z, 0-9, '-' and '_', at most 64, and begins with a letter");
}

std::string provider_alias(const std::string& alias, const vault::AgentName& agent) {
  if (agent.is_shared()) return alias;
  const auto full = alias + "-" + agent.text();
  if (full.size() <= kLongestAlias) return full;
  const auto hash = vault::profile_ref(vault::ProfileId(full)).substr(std::string_view("ref/").size());
  return full.substr(0, kLongestAlias - hash.size() - 1) + "-" + hash;
}

std::vector<std::string> unlocking_words(const Context& context) {
  auto words = words_from_flags(context.flags());
  if (words.empty()) words = words_from_variables(context.environment());
  const auto usual = default_key_file(context.environment());
  if (words.empty() && is_there(usual)) words = {"--key-file", usual->string()};
  if (!words.empty()) return words;
  throw Error(ErrorCode::key_needed, "OpenClaw cannot answer a question: it needs a key that lies in a file",
              "claviger agent token create, or claviger key add; then say --token-file F or --key-file F");
}

Json provider_block(const Context& context, const std::filesystem::path& program, const vault::AgentName& agent) {
  Json arguments = Json::array({"resolve", "--vault", context.vault_path().string()});
  for (const auto& word : unlocking_words(context)) arguments.push_back(word);
  arguments.push_back("--agent");
  arguments.push_back(agent.text());
  for (const auto& word : arguments) {
    if (word.get_ref<const std::string&>().size() > kLongestWord) {
      throw Error(ErrorCode::usage, "a path is longer than the 1024 bytes that OpenClaw takes");
    }
  }
  // HOME leads to this host's rollback marks; nothing else in the environment is needed.
  return {{"source", "exec"},
          {"command", program.string()},
          {"args", arguments},
          {"passEnv", Json::array({"HOME", "XDG_STATE_HOME"})},
          {"timeoutMs", 5000},
          {"trustedDirs", Json::array({program.parent_path().string()})}};
}

}  // namespace cli
