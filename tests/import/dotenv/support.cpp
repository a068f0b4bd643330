// SPDX-License-Identifier: Apache-2.0
#include "tests/import/dotenv/support.h"

#include "vault/base/error.h"

namespace formats {

Values values_of(const std::vector<vault::VariableDraft>& variables) {
  Values values;
  for (const auto& variable : variables) values.emplace_back(variable.name, variable.value.reveal());
  return values;
}

std::vector<vault::VariableDraft> variables_of(const Values& values) {
  std::vector<vault::VariableDraft> variables;
  for (const auto& [name, value] : values) variables.push_back({name, vault::SecretString::copy_of(value)});
  return variables;
}

Values read_values(std::string_view text) { return values_of(read_dotenv(text)); }

std::string write_values(const Values& values, Dialect dialect) {
  const auto variables = variables_of(values);
  std::vector<NamedSecret> views;
  for (const auto& variable : variables) views.push_back({variable.name, &variable.value});
  try {
    return std::string(write_variables(views, dialect).reveal());
  } catch (const vault::Error& error) {
    return error.what();
  }
}

std::string reasons_in(std::string_view text) {
  std::string reasons;
  for (const auto& warning : read_dotenv_reporting(text).warnings) {
    if (!reasons.empty()) reasons += ',';
    reasons += warning.reason;
  }
  return reasons;
}

}  // namespace formats
