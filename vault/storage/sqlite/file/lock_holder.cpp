// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/file/lock_holder.h"

#include <array>
#include <fcntl.h>
#include <sstream>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/base/file.h"

namespace vault {
namespace {

constexpr std::size_t kLongestList = 4 << 20;  // bytes of /proc/locks
constexpr std::size_t kLongestName = 64;       // bytes of a process's name; the kernel keeps 15

std::string read_proc(const std::string& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  std::string text;
  std::array<std::uint8_t, 4096> part;
  while (file && text.size() < limit) {
    const auto size = ::read(file.get(), part.data(), part.size());
    if (size <= 0) break;
    text += text_of(std::span(part).first(static_cast<std::size_t>(size)));
  }
  return text;
}

bool is_this(const std::string& place, const struct stat& file) {
  unsigned device_major = 0, device_minor = 0;
  unsigned long long inode = 0;
  if (std::sscanf(place.c_str(), "%x:%x:%llu", &device_major, &device_minor, &inode) != 3) return false;
  return ::makedev(device_major, device_minor) == file.st_dev && inode == file.st_ino;
}

bool is_there(pid_t process) { return ::access(("/proc/" + std::to_string(process)).c_str(), F_OK) == 0; }

}  // namespace

// A line is "1: FLOCK  ADVISORY  WRITE 6751 fe:00:11149536 0 EOF"; one that waits has "->" behind its number.
std::optional<pid_t> holder_of_flock(const struct stat& file) {
  std::istringstream lines(read_proc("/proc/locks", kLongestList));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string number, kind, manner, mode, place;
    pid_t process = 0;
    if (!(words >> number >> kind >> manner >> mode >> process >> place) || kind != "FLOCK") continue;
    // Of a process that is gone a child may have the lock; 0 is one that cannot be seen from here.
    if (process > 0 && process != ::getpid() && is_this(place, file) && is_there(process)) return process;
  }
  return std::nullopt;
}

std::string words_of_process(pid_t process) {
  std::string words = "process " + std::to_string(process);
  const std::string folder = "/proc/" + std::to_string(process);
  struct stat status {};
  if (::stat(folder.c_str(), &status) == 0) words += " of user " + std::to_string(status.st_uid);
  const auto name = read_proc(folder + "/comm", kLongestName);
  const auto line = name.substr(0, name.find('\n'));
  return line.empty() ? words : words + " (" + line + ")";
}

}  // namespace vault
