// SPDX-License-Identifier: Apache-2.0
#include "cli/process/fit_command.h"

#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::string_view kRefusedInCommands = ";&|`$<>\"'\r\n";

}  // namespace

std::filesystem::path own_program() {
  std::error_code failure;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) throw vault::Error(vault::ErrorCode::io, "the system does not say where this program is");
  return path;
}

std::optional<Unfit> unfit_for_openclaw(const std::filesystem::path& program) {
  struct stat status {};
  if (::lstat(program.c_str(), &status) != 0) return Unfit{"it is not there any more"};
  if (S_ISLNK(status.st_mode)) return Unfit{"it is a symbolic link"};
  if (!S_ISREG(status.st_mode)) return Unfit{"it is not a regular file"};
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return Unfit{"others may write to it", true};
  if (status.st_uid != ::geteuid()) return Unfit{"it belongs to another user"};
  if (::access(program.c_str(), X_OK) != 0) return Unfit{"it is not executable"};
  if (program.string().find_first_of(kRefusedInCommands) != std::string::npos) {
    return Unfit{"its path has a character that no command may have"};
  }
  return std::nullopt;
}

}  // namespace cli
