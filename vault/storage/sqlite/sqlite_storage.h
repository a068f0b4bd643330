// SPDX-License-Identifier: Apache-2.0
#pragma once
// Storage in one SQLite file, as vault/FORMAT.md describes it. The only includer of SQLiteCpp in vault/.
//
// Both functions judge the path first: a symbolic link, FIFO, folder or device, a foreign owner or a mode that lets
// others write (or read, without group readers) is unsafe_file. Paths are made absolute, so that none becomes a URI.

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>

#include "vault/storage/storage.h"

namespace vault {

struct SqliteCreateOptions {
  // Readers of this group may open the file (mode 0640): for agents that run under other users.
  std::optional<gid_t> group;
};

// Makes a new file, 0600 (0640 with a group), and lays the schema. already_exists when anything lies there.
std::unique_ptr<Storage> create_sqlite_storage(const std::filesystem::path& path, const SqliteCreateOptions& options = {});

// vault_missing: nothing there. not_a_vault: plain SQLite, text, empty file, other application id. newer_format:
// a later schema, untouched. tampered_schema: tables, triggers or views that are not ours. damaged_record: broken pages.
// Older schemas are migrated by the first opener with write access.
std::unique_ptr<Storage> open_sqlite_storage(const std::filesystem::path& path, Access access);

}  // namespace vault
