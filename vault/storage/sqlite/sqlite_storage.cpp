// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/sqlite_storage.h"

#include <unistd.h>

#include "vault/base/error.h"
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
    lay_schema(*connection_, opening_.migrations);
  }

  void examine() {
    const auto newest = newest_version(opening_.migrations);
    const FileHeader header = connection_->header();
    judge_header(header, newest);
    connection_->prepare_to_read();
    const auto version = version_of(header);
    if (access_ == Access::write) connection_->prepare_to_write();
    if (version < newest) update();
  }

  std::unique_ptr<Transaction> begin(Access access) override {
    require_idle();
    std::optional<WriterLock::Turn> turn;
    if (access == Access::write) turn = take_turn();
    return std::make_unique<SqliteTransaction>(connection_, std::move(turn), newest_version(opening_.migrations));
  }

  // VACUUM builds the new file in memory, because of temp_store, and copies it over the old one through the journal:
  // no other file is made, and the old pages are gone from this one.
  void rewrite() override {
    require_idle();
    const auto turn = take_turn();
    judge_header(connection_->header(), newest_version(opening_.migrations));
    connection_->execute("REINDEX");  // VACUUM would copy an index that hides rows as it is
    connection_->execute("VACUUM");
  }

 private:
  void require_idle() const {
    if (connection_->is_taken()) throw Error(ErrorCode::internal, "this storage is inside a transaction already");
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
    return require_schema(*connection_, connection_->header(), opening_.migrations);
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
      throw Error(ErrorCode::io,
                  "a writer was killed, and its half-made change cannot be undone from here: " + std::string(error.what()),
                  "whatever command its owner runs undoes it");
    }
  }

  void update() {
    if (access_ != Access::write) {
      throw Error(ErrorCode::busy, "an older program made this vault, and it must be brought up to date first",
                  "run any writing command once as the vault's owner, for example 'claviger doctor --fix'");
    }
    const auto turn = take_turn();
    bring_up_to_date(*connection_, opening_.migrations);
  }

  const Access access_;
  const SqliteOpening opening_;
  const std::filesystem::path path_;
  const WriterLock lock_;
  const std::shared_ptr<Connection> connection_;
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
  auto storage = std::make_unique<SqliteStorage>(judge_vault_path(path, access), access, opening);
  storage->examine();
  return storage;
}

std::unique_ptr<Storage> create_sqlite_storage(const std::filesystem::path& path, const SqliteCreateOptions& options) {
  return create_sqlite_storage(path, options, SqliteOpening{});
}

std::unique_ptr<Storage> open_sqlite_storage(const std::filesystem::path& path, Access access) {
  return open_sqlite_storage(path, access, SqliteOpening{});
}

}  // namespace vault
