// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/file/file_header.h"

#include <array>
#include <span>
#include <sqlite3.h>
#include <string>
#include <string_view>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/storage/sqlite/sqlite_error.h"

namespace vault {
namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kHeaderSize = 100;
constexpr std::uint32_t kNewestSchemaFormat = 4;

// Offsets of the fields in the header.
constexpr std::size_t kPageSize = 16;
constexpr std::size_t kReadVersion = 19;
constexpr std::size_t kChangeCounter = 24;
constexpr std::size_t kPageCount = 28;
constexpr std::size_t kSchemaFormat = 44;
constexpr std::size_t kUserVersion = 60;
constexpr std::size_t kApplicationIdField = 68;
constexpr std::size_t kVersionValidFor = 92;

using RawHeader = std::array<std::uint8_t, kHeaderSize>;

std::uint32_t big_endian(const RawHeader& raw, std::size_t offset, std::size_t size) {
  std::uint32_t value = 0;
  for (const auto byte : std::span(raw).subspan(offset, size)) value = value << 8 | byte;
  return value;
}

// The page count holds only when no older SQLite has written since it was set.
std::uint64_t end_of_pages(const RawHeader& raw) {
  if (big_endian(raw, kChangeCounter, 4) != big_endian(raw, kVersionValidFor, 4)) return 0;
  const std::uint64_t page_size = big_endian(raw, kPageSize, 2);
  return big_endian(raw, kPageCount, 4) * (page_size == 1 ? 65'536 : page_size);
}

}  // namespace

FileHeader read_file_header(sqlite3* database) {
  sqlite3_file* file = nullptr;
  int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code != SQLITE_OK || file == nullptr || file->pMethods == nullptr) fail_with_sqlite_code(SQLITE_CANTOPEN);
  FileHeader header;
  RawHeader raw{};
  sqlite3_int64 size = 0;
  code = file->pMethods->xFileSize(file, &size);
  if (code == SQLITE_OK) code = file->pMethods->xRead(file, raw.data(), int(raw.size()), 0);
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) fail_with_sqlite_code(code);
  header.file_size = static_cast<std::uint64_t>(size);
  header.is_sqlite = text_of(raw).starts_with(kMagic);
  if (!header.is_sqlite) return header;
  header.application_id = big_endian(raw, kApplicationIdField, 4);
  header.schema_version = big_endian(raw, kUserVersion, 4);
  header.schema_format = big_endian(raw, kSchemaFormat, 4);
  header.pages_end = end_of_pages(raw);
  header.write_ahead_log = raw[kReadVersion] != 1;
  return header;
}

void judge_header(const FileHeader& header, std::uint32_t newest_version, std::uint32_t application_id) {
  if (header.file_size == 0) throw Error(ErrorCode::not_a_vault, "the file is empty");
  if (!header.is_sqlite) throw Error(ErrorCode::not_a_vault, "the file is not a vault");
  if (header.application_id != application_id) {
    if (header.application_id == kCopyApplicationId) {
      throw Error(ErrorCode::not_a_vault, "the file is a host's copy of a vault on a server, and no vault");
    }
    throw Error(ErrorCode::not_a_vault, "the file is an SQLite database of another program");
  }
  if (header.schema_version > newest_version) {
    throw Error(ErrorCode::newer_format, "a newer program made this vault; it is left untouched", "update claviger");
  }
  if (header.schema_version == 0) throw Error(ErrorCode::not_a_vault, "the vault's schema has no version");
  if (header.schema_format > kNewestSchemaFormat) {
    throw Error(ErrorCode::damaged_record, "the vault's file is damaged: its header names no known form",
                "restore a backup");
  }
  if (header.write_ahead_log) {
    throw Error(ErrorCode::tampered_schema, "somebody switched the vault's file to a write-ahead log",
                Remedy::leave_the_write_ahead_log);
  }
}

}  // namespace vault
