// SPDX-License-Identifier: Apache-2.0
#pragma once
// What only SQLite can do with a vault in a file: copy it whole while others write, and check its pages.

#include <filesystem>
#include <string>

#include "vault/storage/storage.h"

namespace vault {

// Copies what the reading transaction of open_sqlite_storage()'s storage (internal for any other) sees into a new file,
// 0600, without free pages, synced. already_exists, not_found (no such folder), unsafe_file or io; then nothing is left
// of the copy.
void copy_sqlite_storage(Transaction& source, const std::filesystem::path& target);

// Are tables, indexes and free pages in order, and do indexes and rows agree? Reads the whole file. True for a vault
// that lies in no file.
bool pages_are_sound(Transaction& transaction);

std::string sqlite_library_version();  // of the one that runs: "3.40.1"

}  // namespace vault
