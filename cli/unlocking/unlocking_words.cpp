// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/unlocking_words.h"

#include <optional>
#include <system_error>
#include <unistd.h>

#include "cli/context.h"
#include "cli/unlocking/paths.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

std::string absolute(std::string_view path) {
  std::error_code failure;
  const auto full = std::filesystem::absolute(std::filesystem::path(path), failure);
  if (failure) throw Error(ErrorCode::io, "the current folder is gone");
  return full.lexically_normal().string();
}

bool is_there(const std::optional<std::filesystem::path>& path) { return path && ::access(path->c_str(), F_OK) == 0; }

// Fixed places keep working; systemd's folder belongs to this unit and is not OpenClaw's.
std::vector<std::string> words_from_variables(const Environment& environment) {
  for (const auto& [variable, flag] : {std::pair{"CLAVIGER_TOKEN_FILE", "--token-file"},
                                       {"CLAVIGER_KEY_FILE", "--key-file"},
                                       {"CLAVIGER_PASSPHRASE_FILE", "--passphrase-file"}}) {
    if (const auto path = environment.get(variable)) return {flag, absolute(*path)};
  }
  return {};
}

}  // namespace

std::vector<std::string> unlocking_flags(const Context& context) {
  const auto& flags = context.flags();
  if (flags.key_file) return {"--key-file", absolute(*flags.key_file)};
  if (flags.token_file) return {"--token-file", absolute(*flags.token_file)};
  if (flags.passphrase_file) return {"--passphrase-file", absolute(*flags.passphrase_file)};
  return {};
}

std::vector<std::string> unlocking_words(const Context& context) {
  auto words = unlocking_flags(context);
  if (words.empty()) words = words_from_variables(context.environment());
  const auto usual = default_key_file(context.environment());
  if (words.empty() && is_there(usual)) words = {"--key-file", usual->string()};
  if (!words.empty()) return words;
  throw Error(ErrorCode::key_needed, "another program cannot answer a question: it needs a key in a file",
              "`claviger agent token create` or `claviger key add`; then say --token-file F or --key-file F");
}

}  // namespace cli
