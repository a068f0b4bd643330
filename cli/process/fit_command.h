// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which program file OpenClaw starts as an exec provider: one rule for wiring and for doctor.

#include <filesystem>
#include <optional>
#include <string>

namespace cli {

// The file this process runs from. Throws io when the system does not tell.
std::filesystem::path own_program();

struct Unfit {
  std::string why;              // "it is a symbolic link"
  bool open_to_others = false;  // others may write it: worse than not fitting
};
// A link, no regular file, another user's, writable or not executable, or a path that no command may have. Empty: fit.
std::optional<Unfit> unfit_for_openclaw(const std::filesystem::path& program);

}  // namespace cli
