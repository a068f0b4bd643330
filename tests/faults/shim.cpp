// SPDX-License-Identifier: Apache-2.0
// Preloaded into the program (LD_PRELOAD), it counts the calls that change files below one folder, and at a chosen one
// lets something go wrong. The environment says what:
//
//   FAULT_PROGRAM  the name of the program that is meant; others, such as its children, run undisturbed
//   FAULT_FOLDER   only files below it count; a real path without a slash at its end
//   FAULT_LOG      each counted call becomes a line "number call path" there
//   FAULT_AT       1, 2, 3 ...: where the fault comes; absent: nowhere
//   FAULT_KIND     kill_before, kill_after, kill_torn (half of a write), short (half of a write, no error),
//                  once (this call fails with FAULT_ERRNO), full (from here on whatever needs room fails with it),
//                  swap (the files FAULT_ONE and FAULT_OTHER change places before it; calls that only look count too)
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

constexpr std::size_t kLongestPath = 4096 + 256;

struct Plan {
  char folder[kLongestPath] = {};
  const char* kind = "";
  int at = 0;
  int error = EIO;
  int log = -1;
  bool looks_count = false;
  const char* one = "";
  const char* other = "";
};

const char* setting(const char* name) {
  const char* const value = ::getenv(name);
  return value != nullptr ? value : "";
}

Plan read_plan() {
  Plan plan;
  if (std::strcmp(program_invocation_short_name, setting("FAULT_PROGRAM")) != 0) return plan;
  std::snprintf(plan.folder, sizeof plan.folder, "%s/", setting("FAULT_FOLDER"));
  plan.kind = ::strdup(setting("FAULT_KIND"));  // the program may clear its environment
  plan.at = std::atoi(setting("FAULT_AT"));
  plan.looks_count = std::strcmp(plan.kind, "swap") == 0;
  plan.one = ::strdup(setting("FAULT_ONE"));
  plan.other = ::strdup(setting("FAULT_OTHER"));
  if (*setting("FAULT_ERRNO") != '\0') plan.error = std::atoi(setting("FAULT_ERRNO"));
  const auto flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
  plan.log = int(::syscall(SYS_openat, AT_FDCWD, setting("FAULT_LOG"), flags, 0600));
  return plan;
}

const Plan& plan() {
  static const Plan read = read_plan();
  return read;
}

[[gnu::constructor]] void read_the_plan_at_start() { plan(); }

bool kind_is(const char* kind) { return std::strcmp(plan().kind, kind) == 0; }

bool link_of(int descriptor, char* path) {
  char name[64];
  std::snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
  const auto length = ::readlink(name, path, kLongestPath - 1);
  if (length < 0) return false;
  path[length] = '\0';
  return true;
}

// Where a name leads, seen from a folder's descriptor.
void place_of(int folder, const char* name, char* path) {
  path[0] = '\0';
  if (name[0] != '/') {
    const bool known = folder == AT_FDCWD ? ::getcwd(path, kLongestPath) != nullptr : link_of(folder, path);
    if (!known) path[0] = '\0';
    std::strncat(path, "/", kLongestPath - std::strlen(path) - 1);
  }
  std::strncat(path, name, kLongestPath - std::strlen(path) - 1);
}

enum class Needs { room, nothing };

// One counted call: what to do with it.
class Point {
 public:
  Point(const char* call, const char* path, Needs needs) {
    if (plan().folder[0] == '\0' || std::strncmp(path, plan().folder, std::strlen(plan().folder)) != 0) return;
    static std::atomic<int> count{0};
    const int number = ++count;
    note(number, call, path);
    here_ = plan().at == number;
    full_ = kind_is("full") && plan().at != 0 && number >= plan().at && needs == Needs::room;
    if (here_ && kind_is("kill_before")) die();
    if (here_ && kind_is("swap")) {
      ::syscall(SYS_renameat2, AT_FDCWD, plan().one, AT_FDCWD, plan().other, RENAME_EXCHANGE);
    }
  }
  Point(const char* call, int descriptor, Needs needs) : Point(call, Named(descriptor).path, needs) {}

  bool fails() const {
    if (!full_ && !(here_ && kind_is("once"))) return false;
    errno = plan().error;
    return true;
  }

  std::size_t length(std::size_t wanted) const {
    const bool halved = here_ && (kind_is("short") || kind_is("kill_torn"));
    return halved && wanted > 1 ? wanted / 2 : wanted;
  }

  template <class Result>
  Result done(Result result) const {
    if (here_ && (kind_is("kill_after") || kind_is("kill_torn"))) die();
    return result;
  }

 private:
  struct Named {
    explicit Named(int descriptor) {
      if (!link_of(descriptor, path)) path[0] = '\0';
    }
    char path[kLongestPath];
  };

  [[noreturn]] static void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
  }

  static void note(int number, const char* call, const char* path) {
    char line[kLongestPath + 64];
    const int length = std::snprintf(line, sizeof line, "%d %s %s\n", number, call, path);
    if (length > 0) ::syscall(SYS_write, plan().log, line, std::size_t(length));
  }

  bool here_ = false;
  bool full_ = false;
};

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool changes_files(int flags) { return (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) != O_RDONLY; }

int open_counted(const char* call, int folder, const char* name, int flags, mode_t mode) {
  // Straight to the kernel: the many names of open() differ in nothing else.
  const auto open_it = [&] { return int(::syscall(SYS_openat, folder, name, flags | O_LARGEFILE, mode)); };
  if (!changes_files(flags) && !plan().looks_count) return open_it();
  char path[kLongestPath];
  place_of(folder, name, path);
  const bool makes_one = (flags & O_TMPFILE) == O_TMPFILE ||
                         ((flags & O_CREAT) != 0 && ::faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0);
  const Point point(call, path, makes_one ? Needs::room : Needs::nothing);
  return point.fails() ? -1 : point.done(open_it());
}

int looked_at(int folder, const char* name, void* status, int flags) {
  if (plan().looks_count) {
    char path[kLongestPath];
    place_of(folder, name, path);
    const Point point("stat", path, Needs::nothing);
  }
  return int(::syscall(SYS_newfstatat, folder, name, status, flags));
}

mode_t mode_in(int flags, va_list rest) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? mode_t(va_arg(rest, unsigned)) : 0;
}

}  // namespace

// NOLINTBEGIN: the C library's own names and shapes
#define WITH_MODE(flags, act)               \
  va_list rest;                             \
  va_start(rest, flags);                    \
  const mode_t mode = mode_in(flags, rest); \
  va_end(rest);                             \
  return act

extern "C" {

int open(const char* name, int flags, ...) { WITH_MODE(flags, open_counted("open", AT_FDCWD, name, flags, mode)); }
int open64(const char* name, int flags, ...) { WITH_MODE(flags, open_counted("open", AT_FDCWD, name, flags, mode)); }
int openat(int at, const char* name, int flags, ...) { WITH_MODE(flags, open_counted("open", at, name, flags, mode)); }
int openat64(int at, const char* name, int flags, ...) {
  WITH_MODE(flags, open_counted("open", at, name, flags, mode));
}
int __open_2(const char* name, int flags) { return open_counted("open", AT_FDCWD, name, flags, 0); }
int __open64_2(const char* name, int flags) { return open_counted("open", AT_FDCWD, name, flags, 0); }
int __openat_2(int at, const char* name, int flags) { return open_counted("open", at, name, flags, 0); }
int __openat64_2(int at, const char* name, int flags) { return open_counted("open", at, name, flags, 0); }
int creat(const char* name, mode_t mode) {
  return open_counted("open", AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char* name, mode_t mode) { return creat(name, mode); }

ssize_t write(int descriptor, const void* bytes, size_t size) {
  const Point point("write", descriptor, Needs::room);
  return point.fails() ? -1 : point.done(ssize_t(::syscall(SYS_write, descriptor, bytes, point.length(size))));
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t offset) {
  const Point point("write", descriptor, Needs::room);
  return point.fails() ? -1
                       : point.done(ssize_t(::syscall(SYS_pwrite64, descriptor, bytes, point.length(size), offset)));
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
  return pwrite64(descriptor, bytes, size, offset);
}

ssize_t writev(int descriptor, const iovec* parts, int count) {
  const Point point("write", descriptor, Needs::room);
  if (point.fails()) return -1;
  return point.done(ssize_t(::syscall(SYS_writev, descriptor, parts, int(point.length(std::size_t(count))))));
}

ssize_t copy_file_range(int in, off64_t* from, int out, off64_t* to, size_t size, unsigned flags) {
  const Point point("write", out, Needs::room);
  if (point.fails()) return -1;
  return point.done(ssize_t(::syscall(SYS_copy_file_range, in, from, out, to, point.length(size), flags)));
}

int stat(const char* name, struct stat* status) noexcept { return looked_at(AT_FDCWD, name, status, 0); }
int stat64(const char* name, struct stat64* status) noexcept { return looked_at(AT_FDCWD, name, status, 0); }
int lstat(const char* name, struct stat* status) noexcept {
  return looked_at(AT_FDCWD, name, status, AT_SYMLINK_NOFOLLOW);
}
int lstat64(const char* name, struct stat64* status) noexcept {
  return looked_at(AT_FDCWD, name, status, AT_SYMLINK_NOFOLLOW);
}
int fstatat(int at, const char* name, struct stat* status, int flags) noexcept {
  return looked_at(at, name, status, flags);
}
int fstatat64(int at, const char* name, struct stat64* status, int flags) noexcept {
  return looked_at(at, name, status, flags);
}

int fsync(int descriptor) {
  const Point point("fsync", descriptor, Needs::nothing);
  return point.fails() ? -1 : point.done(int(::syscall(SYS_fsync, descriptor)));
}
int fdatasync(int descriptor) {
  const Point point("fsync", descriptor, Needs::nothing);
  return point.fails() ? -1 : point.done(int(::syscall(SYS_fdatasync, descriptor)));
}

int ftruncate64(int descriptor, off64_t size) {
  const Point point("ftruncate", descriptor, Needs::nothing);
  return point.fails() ? -1 : point.done(int(::syscall(SYS_ftruncate, descriptor, size)));
}
int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int posix_fallocate64(int descriptor, off64_t from, off64_t size) {
  const Point point("fallocate", descriptor, Needs::room);
  if (point.fails()) return plan().error;
  return point.done(next<int(int, off64_t, off64_t)>("posix_fallocate64")(descriptor, from, size));
}
int posix_fallocate(int descriptor, off_t from, off_t size) { return posix_fallocate64(descriptor, from, size); }

int renameat2(int at, const char* from, int to_at, const char* to, unsigned flags) noexcept {
  char path[kLongestPath];
  place_of(to_at, to, path);
  const Point point("rename", path, Needs::room);
  return point.fails() ? -1 : point.done(int(::syscall(SYS_renameat2, at, from, to_at, to, flags)));
}
int renameat(int at, const char* from, int to_at, const char* to) noexcept { return renameat2(at, from, to_at, to, 0); }
int rename(const char* from, const char* to) noexcept { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int linkat(int at, const char* from, int to_at, const char* to, int flags) noexcept {
  char path[kLongestPath];
  place_of(to_at, to, path);
  const Point point("link", path, Needs::room);
  return point.fails() ? -1 : point.done(int(::syscall(SYS_linkat, at, from, to_at, to, flags)));
}
int link(const char* from, const char* to) noexcept { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char* name, int flags) noexcept {
  char path[kLongestPath];
  place_of(at, name, path);
  const Point point("unlink", path, Needs::nothing);
  return point.fails() ? -1 : point.done(int(::syscall(SYS_unlinkat, at, name, flags)));
}
int unlink(const char* name) noexcept { return unlinkat(AT_FDCWD, name, 0); }
int remove(const char* name) noexcept {
  const int result = unlinkat(AT_FDCWD, name, 0);
  return result != 0 && errno == EISDIR ? unlinkat(AT_FDCWD, name, AT_REMOVEDIR) : result;
}

}  // extern "C"
// NOLINTEND
