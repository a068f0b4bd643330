// SPDX-License-Identifier: Apache-2.0
#pragma once
// What tests turn when they open a vault: how long to wait, and which schema versions there are. Everybody else takes
// the defaults through sqlite_storage.h. Inside the SQLite backend and its tests only.

#include <chrono>
#include <filesystem>
#include <memory>

#include "vault/base/own_files.h"
#include "vault/storage/sqlite/migration.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault {

struct SqliteOpening {
  std::chrono::milliseconds longest_turn_wait = std::chrono::seconds(10);  // for other writers to finish
  std::chrono::milliseconds longest_lock_wait = std::chrono::seconds(5);   // for readers, or one writer's commit
  Migrations migrations = known_migrations();
  std::uint32_t application_id = kApplicationId;
};

std::unique_ptr<Storage> create_sqlite_storage(const std::filesystem::path& path, const SqliteCreateOptions& options,
                                               const SqliteOpening& opening);
std::unique_ptr<Storage> open_sqlite_storage(const std::filesystem::path& path, Access access,
                                             const SqliteOpening& opening);

}  // namespace vault
