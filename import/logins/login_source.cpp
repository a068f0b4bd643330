// SPDX-License-Identifier: Apache-2.0
#include "import/logins/login_source.h"

#include <sys/stat.h>

#include "import/json/secret_json.h"
#include "import/logins/external_login.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace formats {
namespace {

vault::Timestamp modified(const std::filesystem::path& path) {
  struct stat file {};
  if (path.empty() || ::stat(path.c_str(), &file) != 0) return vault::system_now();
  return {std::int64_t{file.st_mtim.tv_sec} * 1000 + file.st_mtim.tv_nsec / 1'000'000};
}

// ~/.claude.json, beside the folder of ~/.claude/.credentials.json. It only names the account: without it the login
// is as good.
std::optional<vault::SecretString> claude_account(const std::filesystem::path& path) {
  if (path.filename() != ".credentials.json") return std::nullopt;
  std::error_code failure;
  const auto folder = std::filesystem::absolute(path, failure).parent_path();
  if (failure) return std::nullopt;
  try {
    return vault::SecretString(vault::read_secret_file(folder.parent_path() / ".claude.json", kLargestJson,
                                                       vault::Links::follow, vault::Privacy::any));
  } catch (const vault::Error&) {
    return std::nullopt;
  }
}

}  // namespace

bool is_login(Format format) noexcept {
  return format == Format::claude || format == Format::codex || format == Format::qwen || format == Format::minimax ||
         format == Format::gemini;
}

vault::AgentBatch read_login(Format format, std::string_view text, const std::filesystem::path& path,
                             const vault::AgentName& agent) {
  const auto account = format == Format::claude ? claude_account(path) : std::nullopt;
  LoginFile file{agent, modified(path), std::nullopt};
  if (account) file.account = account->reveal();
  return read_external_login(format, text, file);
}

}  // namespace formats
