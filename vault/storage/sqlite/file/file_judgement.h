// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which type, owner and mode a vault, its folder and its companions may have: a pure judgement of what stat() said and
// who asks, so that tests need no second user. Each refusal says which of them it was. Inside the SQLite backend only.

#include <filesystem>
#include <sys/stat.h>
#include <sys/types.h>

#include "vault/storage/storage.h"

namespace vault {

void judge_vault_file(const std::filesystem::path& path, const struct stat& file, uid_t reader, Access access);
void judge_folder(const std::filesystem::path& folder, const struct stat& status, uid_t reader, uid_t vault_owner);
void judge_journal(const std::filesystem::path& journal, const struct stat& status, uid_t vault_owner);
void judge_lock_file(const std::filesystem::path& lock, const struct stat& status, uid_t writer);

}  // namespace vault
