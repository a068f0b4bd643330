// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/sqlite_storage.h"

#include <sys/stat.h>
#include <unistd.h>

#include "vault/base/atomic_file.h"
#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_backup.h"
#include "vault/storage/sqlite/sqlite_opening.h"
#include "vault/storage/sqlite/sqlite_transaction.h"

namespace vault {
namespace {

class SqliteStorage final : public Storage {
 public:
  SqliteStorage(const VaultPath& path, Access access, const SqliteOpening& opening)
      : access_(access),
        opening_(opening),
        path_(path.absolute),
        lock_(path.absolute),
        connection_(std::make_shared<Connection>(path, access, opening.longest_lock_wait)) {}

  void lay() {
    connection_->prepare_to_read();
    connection_->prepare_to_write();
    lay_schema(*connection_, opening_.migrations, opening_.application_id);
  }

  void examine() {
    const auto newest = newest_version(opening_.migrations);
    const FileHeader header = connection_->header();
    judge_header(header, newest, opening_.application_id);
    connection_->prepare_to_read();
    const auto version = version_of(header);
    if (access_ == Access::write) connection_->prepare_to_write();
    if (version < newest) update();
  }

  std::unique_ptr<Transaction> begin(Access access) override {
    require_idle();
    std::optional<WriterLock::Turn> turn;
    if (access == Access::write) {
      turn = take_turn();
      follow_the_name();
    }
    return std::make_unique<SqliteTransaction>(connection_, std::move(turn), newest_version(opening_.migrations),
                                               opening_.application_id);
  }

  // VACUUM builds the new file in memory, because of temp_store, and copies it over the old one through the journal:
  // no other file is made, and the old pages are gone from this one.
  void rewrite() override {
    require_idle();
    const auto turn = take_turn();
    follow_the_name();
    judge_header(connection_->header(), newest_version(opening_.migrations), opening_.application_id);
    connection_->execute("REINDEX");  // VACUUM would copy an index that hides rows as it is
    connection_->execute("VACUUM");
  }

  void change_in_a_copy(const std::function<void(std::unique_ptr<Storage>)>& change) {
    require_idle();
    const auto turn = take_turn();
    follow_the_name();
    PassingFile passing(path_);
    before_it_counts([&] {
      copy_sqlite_storage(*begin(Access::read), passing.path());
      lend_to_the_same_readers(passing.path());
      change(open(passing.path(), Access::write, opening_));
    });
    try {
      passing.move_to(path_, Existing::replace);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::committed_unverified) follow_the_name();
      throw;
    }
    follow_the_name();
  }

  static std::unique_ptr<SqliteStorage> open(const std::filesystem::path& path, Access access,
                                             const SqliteOpening& opening) {
    auto storage = std::make_unique<SqliteStorage>(judge_vault_path(path, access), access, opening);
    storage->examine();
    return storage;
  }

 private:
  void require_idle() const {
    if (connection_->is_taken()) throw Error(ErrorCode::internal, "this storage is inside a transaction already");
  }

  // While we waited, another file may have got the vault's name: a changed copy, or a backup. What is written to the
  // one that had it would be lost. Only with a turn.
  void follow_the_name() {
    if (connection_->is_in_place()) return;
    connection_ = std::make_shared<Connection>(judge_vault_path(path_, access_), access_, opening_.longest_lock_wait);
    const FileHeader header = connection_->header();
    judge_header(header, newest_version(opening_.migrations), opening_.application_id);
    connection_->prepare_to_read();
    const auto version = require_schema(*connection_, header, opening_.migrations);
    connection_->prepare_to_write();
    if (version < newest_version(opening_.migrations)) bring_up_to_date(*connection_, opening_.migrations);
  }

  void lend_to_the_same_readers(const std::filesystem::path& copy) const {
    struct stat status {};
    if (::stat(path_.c_str(), &status) != 0 || (status.st_mode & S_IRGRP) == 0) return;
    if (::chown(copy.c_str(), uid_t(-1), status.st_gid) == 0 && ::chmod(copy.c_str(), 0640) == 0) return;
    throw Error(ErrorCode::io, "cannot give the vault's copy to the group that may read the vault");
  }

  WriterLock::Turn take_turn() const {
    if (access_ != Access::write) throw Error(ErrorCode::internal, "this storage was opened for reading only");
    return lock_.wait(opening_.longest_turn_wait);
  }

  // The first look into the file: where a reader finds out that a writer was killed.
  std::uint32_t version_of(const FileHeader& header) {
    try {
      return require_schema(*connection_, header, opening_.migrations);
    } catch (const Error&) {
      if (access_ != Access::read || !connection_->found_a_dead_writers_journal()) throw;
    }
    undo_a_dead_writers_change();
    const FileHeader undone = connection_->header();  // a planted journal may have made it any file
    judge_header(undone, newest_version(opening_.migrations), opening_.application_id);
    return require_schema(*connection_, undone, opening_.migrations);
  }

  // In the writers' line, and through a connection of its own, which may write for as long as that takes.
  void undo_a_dead_writers_change() {
    try {
      const auto turn = lock_.wait(opening_.longest_turn_wait);
      Connection writer(judge_vault_path(path_, Access::write), Access::write, opening_.longest_lock_wait);
      writer.prepare_to_read();
      writer.prepare_to_write();
      writer.run(Sql::begin_writing);
      writer.roll_back();
    } catch (const Error& error) {
      if (error.code() == ErrorCode::busy || error.code() == ErrorCode::damaged_record) throw;
      throw Error(
          ErrorCode::io,
          "a writer was killed, and its half-made change cannot be undone from here: " + std::string(error.what()),
          "whatever command its owner runs undoes it");
    }
  }

  void update() {
    if (access_ != Access::write) {
      throw Error(ErrorCode::busy, "an older program made this vault, and it must be brought up to date first",
                  Remedy::update_as_the_owner);
    }
    const auto turn = take_turn();
    bring_up_to_date(*connection_, opening_.migrations);
  }

  const Access access_;
  const SqliteOpening opening_;
  const std::filesystem::path path_;
  const WriterLock lock_;
  std::shared_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<Storage> create_sqlite_storage(const std::filesystem::path& path, const SqliteCreateOptions& options,
                                               const SqliteOpening& opening) {
  const VaultPath made = make_vault_file(path, options.group);
  try {
    auto storage = std::make_unique<SqliteStorage>(made, Access::write, opening);
    storage->lay();
    return storage;
  } catch (...) {
    ::unlink(made.absolute.c_str());
    throw;
  }
}

std::unique_ptr<Storage> open_sqlite_storage(const std::filesystem::path& path, Access access,
                                             const SqliteOpening& opening) {
  return SqliteStorage::open(path, access, opening);
}

bool change_in_a_copy(Storage& storage, const std::function<void(std::unique_ptr<Storage>)>& change) {
  auto* const ours = dynamic_cast<SqliteStorage*>(&storage);
  if (ours == nullptr) return false;
  ours->change_in_a_copy(change);
  return true;
}

std::unique_ptr<Storage> create_sqlite_storage(const std::filesystem::path& path, const SqliteCreateOptions& options) {
  return create_sqlite_storage(path, options, SqliteOpening{});
}

std::unique_ptr<Storage> open_sqlite_storage(const std::filesystem::path& path, Access access) {
  return open_sqlite_storage(path, access, SqliteOpening{});
}

std::unique_ptr<Storage> create_sqlite_copy(const std::filesystem::path& path) {
  return create_sqlite_storage(path, SqliteCreateOptions{}, SqliteOpening{.application_id = kCopyApplicationId});
}

std::unique_ptr<Storage> open_sqlite_copy(const std::filesystem::path& path) {
  return open_sqlite_storage(path, Access::read, SqliteOpening{.application_id = kCopyApplicationId});
}

}  // namespace vault
