// SPDX-License-Identifier: Apache-2.0
#pragma once
// The lock that OpenClaw takes before it writes auth-profiles.json, so that an export and a running gateway do not
// overwrite each other: 2026.2 makes a folder `<file>.lock`, 2026.4 a file of that name that holds its process id.

#include <filesystem>

#include "import/openclaw/writer.h"

namespace cli {

class OpenclawLock {
 public:
  // Waits about three seconds, and takes over a lock that nobody has touched for 30 s (OpenClaw's own rule) or
  // whose process is gone. busy when it stays taken; io when it cannot be made.
  OpenclawLock(const std::filesystem::path& profiles, formats::OpenclawGeneration generation);
  OpenclawLock(const OpenclawLock&) = delete;
  OpenclawLock& operator=(const OpenclawLock&) = delete;
  ~OpenclawLock();

 private:
  std::filesystem::path path_;
  bool is_folder_;
};

}  // namespace cli
