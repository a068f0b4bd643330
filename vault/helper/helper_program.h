// SPDX-License-Identifier: Apache-2.0
#pragma once
// Finding a helper program and judging its file. No environment variable, no PATH and no working folder has a say.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "vault/base/file.h"

namespace vault {

// A program that was judged. It runs through this descriptor, so that what was judged is what runs.
struct HelperProgram {
  std::filesystem::path path;
  Descriptor file;
};

// Where a helper of this name may lie, in the order of looking: `../lib/claviger` beside the folder of this program,
// that folder itself, /usr/lib/claviger (for a user's own copy of a packaged program).
std::vector<std::filesystem::path> helper_places(const std::string& name);

// The first place where anything lies. Empty: nowhere.
std::optional<std::filesystem::path> find_helper(const std::vector<std::filesystem::path>& places);

// Opens it. A link, what is no regular file, a file or folder of another user's than root's or ours, or one that group
// or others may write: unsafe_file, with the chmod that mends it. not_found where nothing lies.
HelperProgram judge_helper(const std::filesystem::path& path);

// The two in one: a helper that is there and unfit is an error, never a reason to look further. not_found names the
// package that has it.
HelperProgram open_helper(const std::string& name, const std::string& package);

}  // namespace vault
