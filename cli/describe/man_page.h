// SPDX-License-Identifier: Apache-2.0
#pragma once
// The manual, written from what the commands declare and from the help's topics: claviger(1), one page for each first
// word of a command (claviger-order(1) has order get, set and clear), one for each topic in section 7.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments/command.h"

namespace cli {

struct Edition {
  std::string_view version;
  std::string_view date;  // YYYY-MM-DD
};

// "claviger.1", "claviger-add.1", ..., "claviger-unlocking.7".
std::vector<std::string> man_pages(std::span<const Command> table);

// The source in man(7). Empty for a name that man_pages() does not have.
std::optional<std::string> man_page(std::span<const Command> table, std::string_view name, const Edition& edition);

}  // namespace cli
