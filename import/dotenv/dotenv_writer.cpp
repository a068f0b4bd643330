// SPDX-License-Identifier: Apache-2.0
#include "import/dotenv/dotenv_writer.h"

#include <algorithm>
#include <iterator>

#include "import/dotenv/dialects.h"
#include "vault/base/error.h"
#include "vault/model/variable.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;

struct DialectEntry {
  Dialect dialect;
  std::string_view name;
  Obstacle (*append)(SecretBuffer& out, std::string_view name, std::string_view value);
};

constexpr DialectEntry kDialects[] = {
    {Dialect::dotenv, "dotenv", append_dotenv},    {Dialect::sh, "sh", append_sh},
    {Dialect::fish, "fish", append_fish},          {Dialect::docker, "docker", append_docker},
    {Dialect::systemd, "systemd", append_systemd}, {Dialect::hermes, "hermes", append_hermes},
    {Dialect::json, "json", append_json},
};

const DialectEntry& entry_of(Dialect dialect) noexcept {
  return *std::find_if(std::begin(kDialects), std::end(kDialects),
                       [&](const DialectEntry& entry) { return entry.dialect == dialect; });
}

[[noreturn]] void refuse(std::string_view name, Dialect dialect, Obstacle obstacle) {
  const auto what = "variable " + std::string(name) + " cannot be written in dialect " + std::string(name_of(dialect));
  throw Error(ErrorCode::bad_input, what + ": " + std::string(obstacle), vault::Remedy::choose_another_dialect);
}

}  // namespace

std::optional<Dialect> dialect_named(std::string_view name) noexcept {
  for (const auto& entry : kDialects) {
    if (entry.name == name) return entry.dialect;
  }
  return std::nullopt;
}

std::string_view name_of(Dialect dialect) noexcept { return entry_of(dialect).name; }

VariableWriter::VariableWriter(Dialect dialect, Sink sink) : dialect_(dialect), sink_(std::move(sink)) {}

void VariableWriter::add(std::string_view name, const vault::SecretString& value) {
  // Such a name is not repeated: whatever it holds, it is not what a name may hold.
  if (!vault::is_variable_name(name)) throw Error(ErrorCode::bad_input, "cannot write a variable: illegal name");
  if (names_.contains(name)) refuse(name, dialect_, "it is there twice");
  text_.clear();
  if (dialect_ == Dialect::json) text_.append(names_.empty() ? "{\n" : ",\n");
  const auto obstacle = entry_of(dialect_).append(text_, name, value.reveal());
  if (!obstacle.empty()) refuse(name, dialect_, obstacle);
  names_.emplace(name);
  sink_(text_.reveal());
}

void VariableWriter::finish() {
  if (dialect_ == Dialect::json) sink_(names_.empty() ? "{}\n" : "\n}\n");
}

vault::SecretString write_variables(std::span<const NamedSecret> variables, Dialect dialect) {
  SecretBuffer text;
  VariableWriter writer(dialect, [&](std::string_view part) { text.append(part); });
  for (const auto& variable : variables) writer.add(variable.name, *variable.value);
  writer.finish();
  return vault::SecretString::copy_of(text.reveal());
}

}  // namespace formats
