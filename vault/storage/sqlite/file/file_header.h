// SPDX-License-Identifier: Apache-2.0
#pragma once
// The first 100 bytes of an SQLite file (sqlite.org/fileformat2.html, section 1.3), read through SQLite's own
// descriptor: it is the file that SQLite works on, whatever its name leads to by now, and no statement has run on it,
// so that a file which is not ours is left alone. Inside the SQLite backend only.

#include <cstdint>

#include "vault/base/own_files.h"

struct sqlite3;

namespace vault {

struct FileHeader {
  bool is_sqlite = false;  // carries SQLite's magic; all else is 0 when it does not
  std::uint32_t application_id = 0;
  std::uint32_t schema_version = 0;  // user_version
  std::uint64_t pages_end = 0;       // bytes the file must at least have; 0 when the header does not say
  std::uint64_t file_size = 0;
  std::uint32_t schema_format = 0;  // how rows are encoded: 1 to 4
  bool write_ahead_log = false;     // somebody switched the journal mode
};

FileHeader read_file_header(sqlite3* database);

// Throws not_a_vault, newer_format or tampered_schema (journal mode). What lies in the pages is not its business.
void judge_header(const FileHeader& header, std::uint32_t newest_version,
                  std::uint32_t application_id = kApplicationId);

}  // namespace vault
