// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/place.h"

#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "cli/context.h"
#include "cli/unlocking/paths.h"
#include "vault/base/error.h"

namespace cli {

namespace fs = std::filesystem;
using vault::Error;
using vault::ErrorCode;

fs::path absolute_path(std::string_view path) {
  std::error_code failure;
  const auto full = fs::absolute(fs::path(path), failure);
  if (failure) throw Error(ErrorCode::io, "the current folder is gone");
  return full.lexically_normal();
}

fs::path openclaw_state_dir(const Context& context, const std::optional<std::string>& named) {
  if (named) return absolute_path(*named);
  if (const auto folder = context.environment().get("OPENCLAW_STATE_DIR")) return absolute_path(*folder);
  if (const auto home = context.environment().get("HOME")) return fs::path(*home) / ".openclaw";
  throw Error(ErrorCode::usage, "cannot find OpenClaw's folder", "name it with --state-dir D");
}

void require_own(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || status.st_uid == ::geteuid()) return;
  throw Error(ErrorCode::denied,
              path_in_quotes(path) + " belongs to user " + std::to_string(status.st_uid) +
                  ", not to you: what OpenClaw writes would become yours",
              "run this as that user");
}

}  // namespace cli
