// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which files there are to search. Nothing is opened here but folders.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cli {

struct FileToSearch {
  std::filesystem::path path;
  std::uint64_t size = 0;  // bytes, when it was listed
};

// What was to be searched and was not.
struct Unread {
  std::filesystem::path path;
  std::string reason;
};

struct Walked {
  std::vector<FileToSearch> files;  // each once, in the order of the places and sorted by name below each
  std::vector<Unread> unread;       // folders that cannot be listed, files of the kernel's own
  std::size_t links = 0;            // that were met and not followed
};

// The regular files among the places and below them, however deep, on whatever file system but those that the kernel
// makes up (/proc, /sys). Links below a place are not followed; what is no file and no folder is passed over.
// not_found for a place that is not there.
Walked files_below(const std::vector<std::filesystem::path>& places);

}  // namespace cli
