// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/help_layout.h"

#include "cli/terminal/text.h"

namespace cli {
std::string help_entry(std::string_view term, std::string_view text, std::size_t column) {
  std::string line = "  " + std::string(term);
  const bool fits = line.size() + 2 <= column;
  line.append(fits ? column - line.size() : 0, ' ');
  if (!fits) line.append("\n").append(column, ' ');
  for (const char c : wrapped(text, kHelpWidth - column, 0)) {
    line += c;
    if (c == '\n') line.append(column, ' ');
  }
  return line + "\n";
}

std::string help_term(std::string_view short_name, std::string_view name, std::string_view value_name) {
  std::string term = short_name.empty() ? std::string(name) : std::string(short_name).append(", ").append(name);
  return value_name.empty() ? term : term.append(" ").append(value_name);
}

}  // namespace cli
