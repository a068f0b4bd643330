// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage in one SQLite file, as vault/FORMAT.md describes it. The only includer of SQLiteCpp in vault/.
//
// Both functions judge the path first. A symbolic link, hard link, FIFO or device, a foreign owner, a mode that lets
// others write (or read, without group readers), a folder where others may rename files, and a planted journal are
// unsafe_file. Paths are made absolute, so that none becomes a URI.
//
// Beside the vault lie, while somebody writes, SQLite's rollback journal with the vault's mode, and from the first
// write on `<path>.lock` (0600, empty), where writers stand in line: for 10 s at the most. Readers and commits wait 5 s
// for each other. A storage opened for reading begins no writing transaction.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>

#include "vault/storage/storage.h"

namespace vault {

struct SqliteCreateOptions {
  // Readers of this group may open the file (mode 0640): for agents that run under other users.
  std::optional<gid_t> group;
};

// Makes a new file, 0600 (0640 with a group), and lays the schema. already_exists when anything lies there, not_found
// when its folder does not exist.
std::unique_ptr<Storage> create_sqlite_storage(const std::filesystem::path& path,
                                               const SqliteCreateOptions& options = {});

// vault_missing: nothing there. not_a_vault: plain SQLite, text, empty file, folder, other application id.
// newer_format: a later schema, untouched. tampered_schema: tables, triggers or views that are not ours.
// damaged_record: broken or missing pages. What a killed writer left half done is undone first, also for a reader, in
// the writers' line; io for a reader who may not write the file. Older schemas are migrated by the first opener with
// write access; until then they are busy for readers.
std::unique_ptr<Storage> open_sqlite_storage(const std::filesystem::path& path, Access access);

// The same for a host's copy of a vault on a server: another application id, which the two above refuse (not_a_vault),
// as these do a vault's. A copy is laid once, and read.
std::unique_ptr<Storage> create_sqlite_copy(const std::filesystem::path& path);
std::unique_ptr<Storage> open_sqlite_copy(const std::filesystem::path& path);

// Changes a vault that readers do not let go of, so that a commit would wait for ever: in the writers' line, `change`
// gets a storage of a whole copy beside the vault, which takes the vault's place once `change` is back. Readers at work
// keep the file that they have; whoever opens the vault from then on gets the new one, this storage included. Whatever
// `change` throws, the vault is as it was. committed_unverified as after a commit. False, and nothing is done, for a
// storage that lies in no file.
bool change_in_a_copy(Storage& storage, const std::function<void(std::unique_ptr<Storage>)>& change);

}  // namespace vault
