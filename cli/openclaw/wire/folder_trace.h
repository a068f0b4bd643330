// SPDX-License-Identifier: Apache-2.0
#pragma once
// What changed in a folder between two looks at it, whoever did it.

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

namespace cli {

// Every regular file below a folder with what tells one state of it from the next. Links are not followed.
using FolderTrace = std::map<std::filesystem::path, std::array<std::int64_t, 4>>;
FolderTrace trace_of(const std::filesystem::path& folder);

// Made, changed or gone; sorted. What SQLite keeps beside its files (-shm) is left out: readers touch it too.
std::vector<std::filesystem::path> changed_between(const FolderTrace& before, const FolderTrace& after);

}  // namespace cli
