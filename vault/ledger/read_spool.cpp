// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/read_spool.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace vault {
namespace {

[[noreturn]] void fail(const char* why) { throw Error(ErrorCode::io, std::string("the read is not logged: ") + why); }

// Nobody who reads waits for long. False: somebody holds it all the same.
bool locked(int file, int how) {
  constexpr int kAttempts = 50;
  constexpr timespec kPause{0, 2'000'000};
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (::flock(file, how | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    ::nanosleep(&kPause, nullptr);
  }
  return false;
}

struct stat judged(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) fail("its file is not a regular one");
  if (status.st_uid != ::geteuid() || (status.st_mode & 077) != 0) fail("its file is not private");
  return status;
}

// Locked, and still under its name: whoever takes lines in puts another file in its place.
Descriptor open_for_adding(const std::filesystem::path& path) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (!file) fail("its file cannot be written");
    judged(file.get());
    if (!locked(file.get(), LOCK_SH)) fail("its file is locked");
    if (judged(file.get()).st_nlink > 0) return file;
  }
  fail("its file is replaced all the time");
}

std::string line_of(const WaitingRead& read) { return to_hex(read.agent.bytes) + ' ' + to_hex(read.sealed) + '\n'; }

bool read_line(std::string_view line, WaitingRead& into) {
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos) return false;
  const auto agent = from_hex(line.substr(0, blank));
  auto sealed = from_hex(line.substr(blank + 1));
  if (!agent || agent->size() != into.agent.bytes.size() || !sealed || sealed->size() > kLongestWaitingRead)
    return false;
  std::ranges::copy(*agent, into.agent.bytes.begin());
  into.sealed = std::move(*sealed);
  return true;
}

std::vector<WaitingRead> lines_in(int file) {
  std::string text(kLongestReadSpool, '\0');
  text.resize(read_up_to(file, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
  std::vector<WaitingRead> reads;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    WaitingRead read;
    if (end < rest.size() && read_line(rest.substr(0, end), read)) reads.push_back(std::move(read));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return reads;
}

}  // namespace

std::filesystem::path ReadSpoolFiles::path_of(const VaultId& vault) const {
  return folder_ / ("reads-" + to_hex(vault.bytes));
}

void ReadSpoolFiles::add(const VaultId& vault, const WaitingRead& read) {
  const auto line = line_of(read);
  if (read.sealed.size() > kLongestWaitingRead) fail("it is too long");
  make_private_folders(folder_);
  const auto file = open_for_adding(path_of(vault));
  const auto size = static_cast<std::uint64_t>(judged(file.get()).st_size);
  if (size + line.size() > kLongestReadSpool) fail("too many wait already for somebody who writes");
  if (::write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size()))
    fail("its file is not written");
}

std::vector<WaitingRead> ReadSpoolFiles::all(const VaultId& vault) {
  try {
    return lines_in(open_regular_file(path_of(vault), Links::refuse, Privacy::owner_only).descriptor.get());
  } catch (const Error& error) {
    if (error.code() == ErrorCode::not_found) return {};
    throw;
  }
}

void ReadSpoolFiles::remove(const VaultId& vault, const std::vector<WaitingRead>& taken_in) {
  const auto path = path_of(vault);
  const auto file = open_regular_file(path, Links::refuse, Privacy::owner_only);
  if (!locked(file.descriptor.get(), LOCK_EX)) throw Error(ErrorCode::io, "the reads that wait are locked");
  std::string left;
  for (const auto& read : lines_in(file.descriptor.get())) {
    if (std::ranges::find(taken_in, read) == taken_in.end()) left += line_of(read);
  }
  if (!left.empty()) return write_file_atomically(path, left, Existing::replace);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw Error(ErrorCode::io, "the reads that wait stay there");
}

}  // namespace vault
