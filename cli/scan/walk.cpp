// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/walk.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <system_error>

#include "cli/unlocking/paths.h"
#include "vault/base/error.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

// Of linux/magic.h: proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, devpts, bpf.
constexpr long kKernelsOwn[] = {0x9fa0,     0x62656572, 0x27e0eb, 0x63677270, 0x64626720,
                                0x74726163, 0x73636673, 0x1cd1,   0xcafe4a11};

bool is_the_kernels_own(const fs::path& folder) {
  struct statfs status {};
  if (::statfs(folder.c_str(), &status) != 0) return false;
  return std::ranges::find(kKernelsOwn, static_cast<long>(status.f_type)) != std::end(kKernelsOwn);
}

class Walk {
 public:
  void visit(const fs::path& path, Walked& into) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
      if (errno != ENOENT) into.unread.push_back({path, std::strerror(errno)});
    } else if (S_ISDIR(status.st_mode)) {
      if (folders_.insert({status.st_dev, status.st_ino}).second) list(path, into);
    } else if (S_ISREG(status.st_mode)) {
      if (files_.insert(path).second) into.files.push_back({path, static_cast<std::uint64_t>(status.st_size)});
    } else if (S_ISLNK(status.st_mode)) {
      ++into.links;
    }
  }

 private:
  void list(const fs::path& folder, Walked& into) {
    if (is_the_kernels_own(folder)) {
      into.unread.push_back({folder, "belongs to the kernel"});
      return;
    }
    std::error_code error;
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      entries.push_back(entry->path());
    }
    if (error) into.unread.push_back({folder, error.message()});
    std::ranges::sort(entries);
    for (const auto& entry : entries) visit(entry, into);
  }

  std::set<std::pair<dev_t, ino_t>> folders_;
  std::set<fs::path> files_;
};

}  // namespace

Walked files_below(const std::vector<fs::path>& places) {
  Walked walked;
  Walk walk;
  for (const auto& place : places) {
    std::error_code error;
    const auto real = fs::canonical(place, error);
    if (error == std::errc::no_such_file_or_directory) {
      throw vault::Error(vault::ErrorCode::not_found, "there is no " + path_in_quotes(place));
    }
    if (error) {
      walked.unread.push_back({place, error.message()});
    } else {
      walk.visit(real, walked);
    }
  }
  return walked;
}

}  // namespace cli
