// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/folder_trace.h"

#include <algorithm>
#include <sys/stat.h>

namespace cli {

FolderTrace trace_of(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  FolderTrace trace;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
    struct stat status {};
    if (::lstat(entry->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    trace[entry->path()] = {static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_mtim.tv_sec,
                            status.st_mtim.tv_nsec};
  }
  return trace;
}

std::vector<std::filesystem::path> changed_between(const FolderTrace& before, const FolderTrace& after) {
  std::vector<std::filesystem::path> changed;
  const auto add = [&](const std::filesystem::path& path) {
    if (!path.native().ends_with("-shm")) changed.push_back(path);
  };
  for (const auto& [path, state] : before) {
    const auto now = after.find(path);
    if (now == after.end() || now->second != state) add(path);
  }
  for (const auto& [path, state] : after) {
    if (!before.contains(path)) add(path);
  }
  std::ranges::sort(changed);
  return changed;
}

}  // namespace cli
