// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/tables.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault::postgres {
namespace {

constexpr std::size_t kLongestRole = 63;  // bytes; PostgreSQL cuts off what is longer

// Quoting does not help against these two: PostgreSQL takes them for everybody, and for nobody.
bool means_something_else(const std::string& name) { return name == "public" || name == "none"; }

std::string quoted_role(const std::string& name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (name.empty() || name.size() > kLongestRole || std::ranges::any_of(name, is_control) ||
      means_something_else(name)) {
    throw Error(ErrorCode::usage, "not the name of a role",
                "at most 63 bytes without control characters; not 'public' or 'none'");
  }
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string grant(const std::string& rights, const std::string& on, const std::string& role) {
  return "GRANT " + rights + " ON " + on + " TO " + role + ";\n";
}

// The version is the owner's to change.
std::string grants_for(const std::string& schema, const std::string& role, bool writes) {
  const std::string quoted = quoted_role(role), space = "SCHEMA \"" + schema + '"';
  std::string text = grant("USAGE", space, quoted) + grant("SELECT", "ALL TABLES IN " + space, quoted);
  if (!writes) return text;
  return text + grant("INSERT, UPDATE, DELETE", "ALL TABLES IN " + space, quoted) +
         "REVOKE INSERT, UPDATE, DELETE ON \"" + schema + "\".schema_version FROM " + quoted + ";\n";
}

}  // namespace

std::string step_for(std::string_view step, const std::string& schema) {
  constexpr std::string_view kName = ":\"schema\"";
  std::string text;
  for (auto at = step.find(kName); at != std::string_view::npos; at = step.find(kName)) {
    text += step.substr(0, at);
    text += '"' + schema + '"';
    step.remove_prefix(at + kName.size());
  }
  return text += step;
}

std::string text_for_an_administrator(const std::string& schema, const Roles& roles) {
  std::string text = "BEGIN;\nCREATE SCHEMA IF NOT EXISTS \"" + schema + "\";\n\n";
  for (const auto& step : known_steps()) text += step_for(step, schema) + '\n';
  if (roles.reader) text += grants_for(schema, *roles.reader, false);
  if (roles.writer) text += grants_for(schema, *roles.writer, true);
  return text + "COMMIT;\n";
}

}  // namespace vault::postgres
