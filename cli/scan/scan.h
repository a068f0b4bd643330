// SPDX-License-Identifier: Apache-2.0
#pragma once
// Searching files for the secrets of a vault: what was found, and what was not searched.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cli/scan/file_search.h"
#include "cli/scan/walk.h"

namespace cli {

// A field of an openclaw.json that holds plain text and could hold a reference.
struct PlaintextField {
  std::filesystem::path file;
  std::string path;
};

struct ScanResult {
  std::vector<SearchedFile> found;  // files with a copy in them
  std::vector<PlaintextField> fields;
  std::vector<Unread> unread;  // not searched, or not in full
  std::size_t links = 0;       // not followed
  std::size_t files = 0;       // searched from end to end
  std::uint64_t bytes = 0;

  bool found_any() const noexcept { return !found.empty() || !fields.empty(); }
  std::size_t copies() const noexcept;
};

// Work done and all work, in blocks.
using ScanProgress = std::function<void(std::size_t done, std::size_t all)>;

// not_found for a place that is not there. What cannot be read is among the results.
ScanResult scan(const std::vector<std::filesystem::path>& places, const SecretIndex& known,
                const ScanProgress& progress);

}  // namespace cli
