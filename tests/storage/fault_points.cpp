// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/fault_points.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <utility>

namespace vault::test {
namespace {

int calls_left = 0;
int error_to_give = 0;  // 0: kill
bool reached = false;

bool fails_now() {
  if (calls_left > 0) --calls_left;
  if (calls_left > 0) return false;
  if (error_to_give == 0) ::raise(SIGKILL);
  reached = true;
  errno = error_to_give;
  return true;
}

int open_counted(const char* path, int flags, int mode) {
  const bool changes = (flags & (O_CREAT | O_TRUNC)) != 0;
  return changes && fails_now() ? -1 : ::open(path, flags, mode);
}
ssize_t write_counted(int fd, const void* bytes, size_t size) { return fails_now() ? -1 : ::write(fd, bytes, size); }
ssize_t pwrite_counted(int fd, const void* bytes, size_t size, off_t offset) {
  return fails_now() ? -1 : ::pwrite(fd, bytes, size, offset);
}
int ftruncate_counted(int fd, off_t size) { return fails_now() ? -1 : ::ftruncate(fd, size); }
int unlink_counted(const char* path) { return fails_now() ? -1 : ::unlink(path); }

template <class Function>
sqlite3_syscall_ptr erased(Function* function) {
  return reinterpret_cast<sqlite3_syscall_ptr>(function);
}

void replace_calls() {
  sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
  for (const auto& [name, call] : {std::pair{"open", erased(open_counted)},
                                   {"write", erased(write_counted)},
                                   {"pwrite", erased(pwrite_counted)},
                                   {"pwrite64", erased(pwrite_counted)},
                                   {"ftruncate", erased(ftruncate_counted)},
                                   {"unlink", erased(unlink_counted)}}) {
    vfs->xSetSystemCall(vfs, name, call);
  }
}

}  // namespace

void kill_at_system_call(int strike) {
  calls_left = strike;
  replace_calls();
}

void fail_from_system_call(int strike, int error) {
  calls_left = strike;
  error_to_give = error;
  replace_calls();
}

bool fault_was_reached() { return reached; }

}  // namespace vault::test
