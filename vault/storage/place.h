// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a vault lies: in a file, or in one schema of a PostgreSQL database. Text only; nothing is opened or asked.

#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace vault {

struct PostgresPlace {
  std::string connection;  // as libpq takes it: "postgres://" or "postgresql://" and all up to the '#'
  std::string schema;      // [a-z][a-z0-9_]{0,47}
  bool operator==(const PostgresPlace&) const = default;
};

using VaultPlace = std::variant<std::filesystem::path, PostgresPlace>;

inline constexpr std::size_t kLongestPlace = 2048;  // bytes of a place's text

// Does the text begin with "postgres://" or "postgresql://"?
bool names_postgres(std::string_view text) noexcept;

// "postgres://fleet@db1,db2/agents#team"; without a fragment the schema is "claviger". usage, and never the text itself
// in the message, for: a password, control characters, an '@' that is not the one before the host, a schema's name that
// is none. What libpq alone can tell (a password among the parameters, an option that is none) is left to it.
PostgresPlace parse_postgres_place(std::string_view text);

// For people, and for JSON: the place without its parameters, which are libpq's, and may hold anything.
std::string display_of(const PostgresPlace& place);
std::string display_of(const VaultPlace& place);  // a file's: its path

// The whole place on one line: what names it to another call of this program.
std::string as_typed(const VaultPlace& place);

// Null for a place that is no file: there is nothing beside it then, no folder, no mode and no lock to look at.
const std::filesystem::path* file_of(const VaultPlace& place) noexcept;

}  // namespace vault
