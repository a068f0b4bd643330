// SPDX-License-Identifier: Apache-2.0
#include "tests/support/file_calls.h"

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace faults {
namespace {

struct Fault {
  char name[16] = "";  // empty: of any name
  int calls_left = 0;  // 0: none is set
  int error = 0;       // 0: kill
  bool lasting = true;
  bool folders_only = false;
};
Fault fault;
bool reached = false;

void set(Fault wanted) {
  reached = false;
  fault = wanted;
}

bool fails_now(std::string_view name) {
  if (fault.calls_left == 0 || fault.folders_only || (fault.name[0] != '\0' && name != fault.name)) return false;
  if (fault.calls_left > 1) return --fault.calls_left, false;
  if (fault.error == 0) ::raise(SIGKILL);
  reached = true;
  errno = fault.error;
  if (!fault.lasting) fault.calls_left = 0;
  return true;
}

bool is_folder(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
}

int opened(int folder, const char* path, int flags, mode_t mode) {
  const bool changes = (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  if (changes && fails_now("open")) return -1;
  return int(::syscall(SYS_openat, folder, path, flags, mode));
}

mode_t mode_in(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? mode_t(va_arg(arguments, unsigned)) : 0;
}

template <class... Arguments>
long passed_on(std::string_view name, long number, Arguments... arguments) {
  return fails_now(name) ? -1 : ::syscall(number, arguments...);
}

}  // namespace

bool is_folder_that_fails(int fd) {
  if (!fault.folders_only || !is_folder(fd)) return false;
  if (fault.calls_left > 1) return --fault.calls_left, false;
  reached = true;
  errno = fault.error;
  return true;
}

void fail_calls(std::string_view name, int error, int number) {
  Fault wanted{{}, number, error, true, false};
  name.copy(wanted.name, sizeof wanted.name - 1);
  set(wanted);
}
void fail_syncs_of_folders(int error, int number) { set({{}, number, error, true, true}); }
void kill_at_file_call(int strike) { set({{}, strike, 0, true, false}); }
void fail_at_file_call(int strike, int error, Fails fails) {
  set({{}, strike, error, fails == Fails::from_then_on, false});
}
bool fault_was_reached() { return reached; }
void clear_faults() { fault = {}; }

}  // namespace faults

using faults::mode_in;
using faults::opened;
using faults::passed_on;

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return opened(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return opened(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_in(flags, arguments);
  va_end(arguments);
  return opened(folder, path, flags, mode);
}
ssize_t write(int fd, const void* bytes, size_t size) { return passed_on("write", SYS_write, fd, bytes, size); }
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return passed_on("pwrite", SYS_pwrite64, fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t at) {
  return passed_on("pwrite", SYS_pwrite64, fd, bytes, size, at);
}
int ftruncate(int fd, off_t size) noexcept { return int(passed_on("ftruncate", SYS_ftruncate, fd, size)); }
int ftruncate64(int fd, off_t size) noexcept { return int(passed_on("ftruncate", SYS_ftruncate, fd, size)); }
int unlink(const char* path) noexcept { return int(passed_on("unlink", SYS_unlinkat, AT_FDCWD, path, 0)); }
int rename(const char* from, const char* to) noexcept {
  return int(passed_on("rename", SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int renameat2(int one, const char* from, int other, const char* to, unsigned flags) noexcept {
  return int(passed_on("renameat2", SYS_renameat2, one, from, other, to, flags));
}
int link(const char* from, const char* to) noexcept {
  return int(passed_on("link", SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int linkat(int one, const char* from, int other, const char* to, int flags) noexcept {
  return int(passed_on("linkat", SYS_linkat, one, from, other, to, flags));
}
int fsync(int fd) { return faults::is_folder_that_fails(fd) ? -1 : int(passed_on("fsync", SYS_fsync, fd)); }
int fdatasync(int fd) { return faults::is_folder_that_fails(fd) ? -1 : int(passed_on("fdatasync", SYS_fdatasync, fd)); }
int fchmod(int fd, mode_t mode) noexcept { return int(passed_on("fchmod", SYS_fchmod, fd, mode)); }
int fchown(int fd, uid_t owner, gid_t group) noexcept { return int(passed_on("fchown", SYS_fchown, fd, owner, group)); }
int mkdir(const char* path, mode_t mode) noexcept { return int(passed_on("mkdir", SYS_mkdirat, AT_FDCWD, path, mode)); }

}  // extern "C"
