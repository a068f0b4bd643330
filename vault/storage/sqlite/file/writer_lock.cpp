// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/file/writer_lock.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <optional>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

#include "vault/base/error.h"
#include "vault/base/long_wait.h"
#include "vault/storage/sqlite/file/file_judgement.h"
#include "vault/storage/sqlite/file/lock_holder.h"

namespace vault {
namespace {

// flock has no time limit, and a signal to break it off would be the whole program's business. So a thread of its own
// blocks; when nobody waits for it any more, it gives the lock back the moment it gets it.
struct Waiting {
  std::mutex mutex;
  std::condition_variable over;
  Descriptor lock;
  std::optional<int> result;  // errno, 0 when the lock is held
  bool abandoned = false;
};

int lock_and_wait(int fd) noexcept {
  while (::flock(fd, LOCK_EX) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

void stand_in_line(const std::shared_ptr<Waiting>& waiting) {
  const int result = lock_and_wait(waiting->lock.get());
  const std::lock_guard guard(waiting->mutex);
  waiting->result = result;
  if (waiting->abandoned) waiting->lock.reset();
  waiting->over.notify_one();
}

void start_standing_in_line(const std::shared_ptr<Waiting>& waiting) {
  try {
    std::thread([waiting] { stand_in_line(waiting); }).detach();
  } catch (const std::system_error&) {
    throw Error(ErrorCode::busy, "another writer holds the vault, and the system has no thread left to wait in");
  }
}

// R5: whoever waits in vain is told for whom, where that can be found out.
std::string holder_words(const Descriptor& lock) {
  struct stat status {};
  if (::fstat(lock.get(), &status) != 0) return "";
  const auto holder = holder_of_flock(status);
  return holder ? ": it is the turn of " + words_of_process(*holder) : "";
}

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw Error(ErrorCode::io, "cannot lock '" + path.string() + "': " + std::strerror(error));
}

}  // namespace

WriterLock::WriterLock(const std::filesystem::path& vault) : path_(vault.native() + ".lock") {}

Descriptor WriterLock::open_file() const {
  Descriptor opened(::open(path_.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
  if (!opened && errno == ELOOP) {
    throw Error(ErrorCode::unsafe_file, "refusing a symbolic link: '" + path_.string() + "'");
  }
  if (!opened) fail(path_, errno);
  struct stat status {};
  if (::fstat(opened.get(), &status) != 0) fail(path_, errno);
  judge_lock_file(path_, status, ::geteuid());
  if (opened.get() > STDERR_FILENO) return opened;
  // A program started without standard streams must not print into our file.
  Descriptor moved(::fcntl(opened.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (!moved) fail(path_, errno);
  return moved;
}

WriterLock::Turn WriterLock::wait(std::chrono::milliseconds longest) const {
  const auto waiting = std::make_shared<Waiting>();
  waiting->lock = open_file();
  if (::flock(waiting->lock.get(), LOCK_EX | LOCK_NB) == 0) return Turn(std::move(waiting->lock));
  if (errno != EWOULDBLOCK) fail(path_, errno);
  start_standing_in_line(waiting);
  std::unique_lock guard(waiting->mutex);
  const auto is_over = [&] { return waiting->result.has_value(); };
  const auto unnoticed = std::min<std::chrono::milliseconds>(longest, kNoticeableWait);
  if (!waiting->over.wait_for(guard, unnoticed, is_over) && longest > unnoticed) {
    guard.unlock();
    report_long_wait("waiting for other writers of the vault" + holder_words(waiting->lock));
    guard.lock();
  }
  if (!waiting->over.wait_for(guard, longest - unnoticed, is_over)) {
    waiting->abandoned = true;
    throw Error(ErrorCode::busy, "other writers hold the vault" + holder_words(waiting->lock), "try again");
  }
  if (*waiting->result != 0) fail(path_, *waiting->result);
  return Turn(std::move(waiting->lock));
}

}  // namespace vault
