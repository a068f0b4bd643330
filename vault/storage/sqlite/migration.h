// SPDX-License-Identifier: Apache-2.0
#pragma once
// The schema's versions: what it must be, and how it gets there. Texts come from migrations/sqlite, embedded when the
// project is configured. Inside the SQLite backend only; the steps are a parameter so that tests can bring bad ones.

#include <cstdint>
#include <span>

#include "vault/storage/sqlite/connection.h"

namespace vault {

struct Migration {
  const char* sql = nullptr;     // from the version before to this one
  const char* schema = nullptr;  // what sqlite_schema holds afterwards: migrations/README.md
};

// The steps to versions 1, 2, 3 ...
using Migrations = std::span<const Migration>;
Migrations known_migrations();
inline std::uint32_t newest_version(Migrations steps) { return static_cast<std::uint32_t>(steps.size()); }

// Yields the version whose schema the file has, byte by byte. `header`: as it was read when the file was opened, and
// judged; it may be out of date, because somebody migrated the file since, or because a migration was interrupted and
// the first statement undid it. Throws tampered_schema, newer_format, or damaged_record (truncated, or not readable).
std::uint32_t require_schema(Connection& connection, const FileHeader& header, Migrations steps);

// Both work in one transaction, the version's number included. Whatever fails, the file is as it was.
void lay_schema(Connection& connection, Migrations steps, std::uint32_t application_id);  // in an empty file
void bring_up_to_date(Connection& connection, Migrations steps);  // from the version that its header says by now

}  // namespace vault
