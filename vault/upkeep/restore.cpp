// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/seal/codec.h"
#include "vault/storage/sqlite/sqlite_backup.h"
#include "vault/storage/sqlite/sqlite_storage.h"
#include "vault/upkeep/restore_rows.h"
#include "vault/vault_place.h"

namespace vault {
namespace {

using Path = std::filesystem::path;

UnlockedVault open_with_keys_of(const UnlockedVault& backup, const Path& path, Access access, VaultOptions options) {
  return open_vault_file(path, access, std::move(options))
      .unlock(Keyring(backup.keyring().root().clone()), backup.slot_at_hand());
}

// What lies in the vault's place. A link or a folder there is nothing that a backup may replace.
std::optional<struct stat> present(const Path& place) {
  struct stat status {};
  if (::lstat(place.c_str(), &status) != 0) return std::nullopt;
  if (S_ISREG(status.st_mode)) return status;
  throw Error(ErrorCode::unsafe_file, "refusing to replace what is not a regular file: '" + place.string() + "'");
}

void keep_group_readers(const Path& copy, const struct stat& old) {
  if ((old.st_mode & S_IRGRP) == 0) return;
  if (::chown(copy.c_str(), uid_t(-1), old.st_gid) == 0 && ::chmod(copy.c_str(), 0640) == 0) return;
  throw Error(ErrorCode::io, "cannot give the restored vault to the group that may read the old one");
}

Path free_name_beside(const Path& place, Timestamp now) {
  std::string time = to_rfc3339(now).substr(0, 19);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  const Path name = place.native() + ".before-restore-" + time;
  Path free = name;
  struct stat ignored {};
  for (int number = 2; ::lstat(free.c_str(), &ignored) == 0; ++number)
    free = name.native() + "-" + std::to_string(number);
  return free;
}

// Keeps other writers from the vault that goes, and has its journal, if a writer was killed, undone. A vault that does
// not open any more has no writers.
class LastTurn {
 public:
  explicit LastTurn(const Path& place) {
    try {
      storage_ = open_sqlite_storage(place, Access::write);
      turn_ = storage_->begin(Access::write);
    } catch (const Error& error) {
      turn_.reset();
      const bool in_the_way = error.code() == ErrorCode::busy || error.code() == ErrorCode::io ||
                              error.code() == ErrorCode::unsafe_file || error.code() == ErrorCode::internal;
      if (in_the_way) throw;
    }
  }

 private:
  std::unique_ptr<Storage> storage_;
  std::unique_ptr<Transaction> turn_;
};

// A journal that could not be undone belongs to the file that goes: the new one must not get it. Should the file stay
// after all, it gets its journal back.
class JournalAside {
 public:
  JournalAside(const Path& place, const Path& aside)
      : journal_(place.native() + "-journal"), kept_(aside.native() + "-journal") {
    moved_ = ::rename(journal_.c_str(), kept_.c_str()) == 0;
    if (!moved_ && errno != ENOENT) {
      throw Error(ErrorCode::io, "cannot move the journal away: '" + journal_.string() + "'");
    }
  }
  ~JournalAside() {
    if (moved_) ::rename(kept_.c_str(), journal_.c_str());
  }
  JournalAside(const JournalAside&) = delete;
  JournalAside& operator=(const JournalAside&) = delete;
  void keep() noexcept { moved_ = false; }

 private:
  Path journal_, kept_;
  bool moved_ = false;
};

std::string words_of_kept(const std::optional<Path>& kept) {
  return kept ? "; the vault that was there is kept as '" + kept->string() + "'" : "";
}

// What fails after the backup has got its place is told as such, with where the old vault is.
[[noreturn]] void fail_in_place(const std::string& what, const std::optional<Path>& kept, const Hint& hint) {
  throw Error(ErrorCode::committed_unverified, "the backup was restored, but " + what + words_of_kept(kept), hint);
}

void take_the_place(PassingFile& passing, const Path& place, const Path& aside, bool something_is_there) {
  JournalAside journal(place, aside);
  try {
    something_is_there ? passing.change_places(place, aside) : passing.move_to(place, Existing::refuse);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::committed_unverified) throw;
    journal.keep();
    fail_in_place(error.what(), something_is_there ? std::optional(aside) : std::nullopt, error.hint());
  }
  journal.keep();
}

std::optional<Path> put_in_place(PassingFile& passing, const Path& place, Timestamp now) {
  const auto old = present(place);
  const Path aside = free_name_beside(place, now);
  if (!old) {
    take_the_place(passing, place, aside, false);
    return std::nullopt;
  }
  keep_group_readers(passing.path(), *old);
  const LastTurn turn(place);
  take_the_place(passing, place, aside, true);
  return aside;
}

std::size_t count_oauth_profiles(Session& session) {
  std::size_t count = 0;
  session.for_each_agent([&](OpenedAgent& agent) {
    agent.ledger.scan([&](OpenRecord&& record) {
      if (record.kind != RecordKind::profile) return;
      if (decode_profile_sheet(record.sheet.reveal()).kind == CredentialKind::oauth) ++count;
    });
  });
  return count;
}

void verify_in_place(UnlockedVault& restored, const std::optional<Path>& kept) {
  try {
    require_sound(examine(restored, Depth::everything));
  } catch (const Error& error) {
    fail_in_place(std::string("does not read back: ") + error.what(), kept, error.hint());
  }
}

}  // namespace

RestoreReport inspect_backup(UnlockedVault& backup, const ExaminationProgress& progress) {
  backup.keyring().root();
  auto session = backup.session(Access::read, OldCopies::unchecked);
  const auto examination = examine(session, Depth::everything, progress);
  require_sound(examination);
  RestoreReport report{{backup.id(), examination.agents.size(), 0, {}}, count_oauth_profiles(session), {}, {}};
  for (const auto& agent : examination.agents) report.contents.records += agent.records;
  return report;
}

RestoreReport restore(UnlockedVault& backup, const Path& backup_path, const RestoreTarget& target,
                      const ExaminationProgress& progress) {
  const auto* const file = file_of(target.vault);
  if (file == nullptr) return restore_rows(backup, create_empty_storage(target.vault), target, progress);
  const auto place = absolute_path(*file);
  const auto& options = target.options;
  if (same_file(backup_path, place)) throw Error(ErrorCode::usage, "the backup is the vault itself");
  auto report = inspect_backup(backup, progress);
  make_private_folders(place.parent_path());
  PassingFile passing(place);
  before_it_counts([&] {
    copy_sqlite_storage(backup.session(Access::read).transaction(), passing.path());
    auto copy = open_with_keys_of(backup, passing.path(), Access::write, options.beside_nothing());
    add_slots(copy, target.new_slots);
    renew_states(copy, marks_of(options, copy.id()));
    require_sound(examine(copy, Depth::everything));
  });
  report.kept = put_in_place(passing, place, options.clock());
  auto restored = open_with_keys_of(backup, place, Access::read, options);
  verify_in_place(restored, report.kept);
  move_marks(restored, report.warnings);
  return report;
}

}  // namespace vault
