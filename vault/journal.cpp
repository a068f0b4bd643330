// SPDX-License-Identifier: Apache-2.0
#include "vault/journal.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/file.h"
#include "vault/storage/sqlite/file/file_judgement.h"

namespace vault {
namespace {

bool somebody_writes(const std::filesystem::path& vault) {
  const Descriptor lock(::open((vault.native() + ".lock").c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  return lock && ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

}  // namespace

JournalState journal_of(const std::filesystem::path& vault) noexcept {
  try {
    struct stat file {
    }, journal{};
    const std::filesystem::path path = vault.native() + "-journal";
    if (::lstat(path.c_str(), &journal) != 0) return JournalState::none;
    if (somebody_writes(vault)) return JournalState::of_a_writer;
    judge_journal(path, journal, ::lstat(vault.c_str(), &file) == 0 ? file.st_uid : ::geteuid());
    return journal.st_size == 0 ? JournalState::none : JournalState::left_behind;
  } catch (const std::exception&) {
    return JournalState::unsafe;
  }
}

}  // namespace vault
