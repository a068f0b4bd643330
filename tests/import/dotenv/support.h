// SPDX-License-Identifier: Apache-2.0
#pragma once
// .env texts in and names with values out, as plain strings that a failing test may print: all values here are fake.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/dotenv/dotenv.h"
#include "import/dotenv/dotenv_writer.h"

namespace formats {

using Values = std::vector<std::pair<std::string, std::string>>;

Values values_of(const std::vector<vault::VariableDraft>& variables);
std::vector<vault::VariableDraft> variables_of(const Values& values);

Values read_values(std::string_view text);
// The text, or the refusal's message.
std::string write_values(const Values& values, Dialect dialect);
// The reasons of the warnings, comma separated.
std::string reasons_in(std::string_view text);

// Readers of line formats, made after their documentation and independently of the writer.
Values read_as_docker(std::string_view text);
Values read_as_systemd(std::string_view text);
Values read_as_hermes(std::string_view text);

}  // namespace formats
