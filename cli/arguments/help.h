// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `claviger help` prints: our own layout, 80 columns, plain text. All texts end with a newline.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/arguments/arguments.h"
#include "cli/arguments/command.h"

namespace cli {

// One screen: what this is, what to begin with, the groups, where to read on.
std::string short_help(std::span<const Command> table);
// Every command under its group's heading, the global options, the topics.
std::string overview_help(std::span<const Command> table);
std::string group_help(std::span<const Command> table, std::string_view group);
std::string command_help(const Description& description);

// What the table and declare() say of a command. It has to have an Action.
Description describe(const Command& command);

// Texts that belong to no single command: exit-codes, unlocking, openclaw, recovery, threats.
struct HelpTopic {
  std::string_view name;
  std::string_view summary;
  std::string_view text;
};
std::span<const HelpTopic> help_topics() noexcept;

}  // namespace cli
