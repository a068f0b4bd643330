// SPDX-License-Identifier: Apache-2.0
#pragma once
// The tables of a vault on PostgreSQL, as text: for the helper program that lays them, and for an administrator who
// does.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vault::postgres {

// The texts of migrations/postgres, in their order; embedded by CMake. They live for ever.
using Steps = std::span<const std::string_view>;
Steps known_steps() noexcept;

// A step for the schema of this name: [a-z][a-z0-9_]*.
std::string step_for(std::string_view step, const std::string& schema);

// Roles of the database that are let in: `reader` reads, `writer` also changes rows; neither changes a table.
struct Roles {
  std::optional<std::string> reader{};
  std::optional<std::string> writer{};
};

// One transaction that makes the schema, where it is not there, its tables and the roles' rights. usage: a role's name
// that is empty, longer than 63 bytes, has a control character, or means something else to PostgreSQL.
std::string text_for_an_administrator(const std::string& schema, const Roles& roles);

}  // namespace vault::postgres
