// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/lock.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/base/clock.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using vault::Error;
using vault::ErrorCode;

constexpr int kTries = 6;  // about three seconds
constexpr milliseconds kFirstPause{100};
constexpr std::time_t kStaleAfter = 30;  // seconds

// False: somebody holds it. A file is there with its owner's name or not at all: one that a kill left empty would hold
// everybody up until it is stale.
bool make(const std::filesystem::path& path, bool is_folder) {
  if (is_folder) return ::mkdir(path.c_str(), 0700) == 0;
  try {
    vault::write_file_atomically(path,
                                 "{\n  \"pid\": " + std::to_string(::getpid()) + ",\n  \"createdAt\": \"" +
                                     vault::to_rfc3339(vault::system_now()) + "\"\n}\n",
                                 vault::Existing::refuse);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::committed_unverified) return true;  // it is there, and need not outlast anything
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) throw;
    errno = EEXIST;
    return false;
  }
  return true;
}

// The process that the lock file names; 0 when it names none.
pid_t owner_of(const std::filesystem::path& path) {
  std::array<char, 256> bytes{};
  const vault::Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  const auto size = file ? ::read(file.get(), bytes.data(), bytes.size()) : 0;
  const std::string_view text(bytes.data(), size > 0 ? std::size_t(size) : 0);
  const auto member = text.find("\"pid\":");
  if (member == std::string_view::npos) return 0;
  const auto digits = text.find_first_of("0123456789", member);
  if (digits == std::string_view::npos) return 0;
  pid_t pid = 0;
  std::from_chars(text.data() + digits, text.data() + text.size(), pid);
  return pid;
}

// Whichever of the two kinds lies there: the other generation may have left it.
bool is_stale(const std::filesystem::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return false;
  if (std::time(nullptr) - status.st_mtime > kStaleAfter) return true;
  const pid_t pid = S_ISDIR(status.st_mode) ? 0 : owner_of(path);
  return pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH;
}

// A folder only when it is empty, as locks are. False: it is still there.
bool is_removed(const std::filesystem::path& path) noexcept {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return true;
  return (S_ISDIR(status.st_mode) ? ::rmdir(path.c_str()) : ::unlink(path.c_str())) == 0;
}

}  // namespace

OpenclawLock::OpenclawLock(const std::filesystem::path& profiles, formats::OpenclawGeneration generation)
    : path_(profiles.native() + ".lock"), is_folder_(generation == formats::OpenclawGeneration::v2026_2) {
  auto pause = kFirstPause;
  for (int tries = 0; tries < kTries; ++tries) {
    if (make(path_, is_folder_)) return;
    if (errno != EEXIST) throw Error(ErrorCode::io, "cannot lock '" + profiles.string() + "': " + std::strerror(errno));
    if (is_stale(path_) && is_removed(path_)) continue;
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
  throw Error(ErrorCode::busy, "OpenClaw holds the lock of '" + profiles.string() + "'", "try again");
}

OpenclawLock::~OpenclawLock() { is_removed(path_); }

}  // namespace cli
