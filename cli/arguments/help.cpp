// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/help.h"

#include <algorithm>
#include <array>

#include "cli/arguments/help_layout.h"
#include "cli/terminal/text.h"

namespace cli {
namespace {

using Kind = Parameter::Kind;

std::string paragraph(std::string_view text) { return "\n" + wrapped(text, kHelpWidth, 0) + "\n"; }

std::string in_usage(const Parameter& parameter) {
  if (parameter.kind == Kind::rest) return " -- " + parameter.name + "...";
  if (parameter.kind == Kind::option)
    return parameter.required() ? " " + parameter.name + " " + parameter.value_name : "";
  if (parameter.kind != Kind::positional) return "";
  if (parameter.required()) return " " + parameter.name;
  return " [" + parameter.name + (parameter.repeatable() ? "...]" : "]");
}

std::string usage_line(const Description& description) {
  std::string line = "Usage: claviger " + description.command;
  const auto& all = description.parameters;
  const auto add_kind = [&](Kind kind) {
    for (const auto& parameter : all) {
      if (parameter.kind == kind) line += in_usage(parameter);
    }
  };
  add_kind(Kind::positional);
  add_kind(Kind::option);
  line += " [options]";
  add_kind(Kind::rest);
  return wrapped(line, kHelpWidth, 7) + "\n";
}

// The end of a help text that says the default, "(default: 24h)", taken off it.
std::string take_default(std::string& help) {
  constexpr std::string_view kMark = " (default: ";
  const auto at = help.rfind(kMark);
  if (at == help.npos || !help.ends_with(')')) return "";
  std::string value = help.substr(at + 2, help.size() - at - 3);
  help.erase(at);
  return value;
}

// Choices, default and what else is to be known of an option in one bracket.
std::string explained(const Parameter& parameter) {
  std::string text = parameter.help;
  std::string bracket;
  const auto add = [&](std::string_view words, std::string_view between) {
    if (!words.empty()) bracket.append(bracket.empty() ? "" : between).append(words);
  };
  const auto by_default = take_default(text);
  for (const auto& word : parameter.choices) add(word, ", ");
  add(by_default, "; ");
  if (parameter.kind == Kind::option && parameter.required()) add("required", "; ");
  if (parameter.kind == Kind::option && parameter.repeatable()) add("may be repeated", "; ");
  return bracket.empty() ? text : text + " (" + bracket + ")";
}

template <class Wanted>
std::string section(const Description& description, std::string_view title, Wanted wanted) {
  std::string text;
  for (const auto& parameter : description.parameters) {
    if (!wanted(parameter)) continue;
    const auto value = parameter.kind == Kind::option ? parameter.value_name : std::string();
    text += help_entry(help_term(parameter.short_name, parameter.name, value), explained(parameter));
  }
  return text.empty() ? text : "\n" + std::string(title) + "\n" + text;
}

std::string list_of(std::span<const Command> table, std::string_view prefix) {
  std::string text;
  for (const auto& command : table) {
    if (!command.hidden && command.name.starts_with(prefix)) text += help_entry(command.name, command.summary);
  }
  return text;
}

std::string exit_codes(unsigned ends) {
  struct Meaning {
    unsigned ends;  // any of these; 0: always
    std::string_view code, text;
  };
  static constexpr std::array kMeanings = {
      Meaning{0, "0", "done"},
      Meaning{kChecks, "1", "with --check: something in use is expired or missing"},
      Meaning{kChecks, "2", "with --check: something in use is expiring, nothing worse"},
      Meaning{kScans, "1", "with --check: plaintext was found"},
      Meaning{kHelps, "1", "refused, in one sentence on standard output"},
      Meaning{0, "64", "the command line makes no sense"},
      Meaning{kTakesInput, "65", "refused input"},
      Meaning{kFinds, "66", "not found"},
      Meaning{kOpens, "67", "there is no vault"},
      Meaning{kMakes, "68", "exists already"},
      Meaning{kOpens, "69", "a key is needed, and none was offered"},
      Meaning{kOpens, "71", "the key offered does not open this vault"},
      Meaning{kOpens, "72", "damaged, tampered with or rolled back"},
      Meaning{kOpens, "73", "made by a newer claviger"},
      Meaning{0, "74", "the system refused to read or write"},
      Meaning{kOpens, "75", "busy: try again"},
      Meaning{kOpens | kDenied, "77", "denied"},
      Meaning{kRuns, "125", "failed before the program started"},
      Meaning{kRuns, "126", "the program cannot be executed"},
      Meaning{kRuns, "127", "there is no such program"},
      Meaning{kAsks, "130", "cancelled"},
  };
  std::string text = "\nExit codes:\n";
  const bool runs = (ends & kRuns) != 0;
  for (const auto& one : kMeanings) {
    const bool belongs = runs ? one.ends == kRuns : one.ends == 0 || (one.ends & ends) != 0;
    if (belongs)
      text +=
          "  " + std::string(3 - one.code.size(), ' ') + std::string(one.code) + "  " + std::string(one.text) + "\n";
  }
  return runs ? text + "  any  whatever the program ends with\n" : text;
}

}  // namespace

Description describe(const Command& command) {
  Arguments arguments(command.name, command.summary);
  if (command.make != nullptr) command.make()->declare(arguments);  // `help` declares nothing
  auto description = arguments.describe();
  description.ends = command.ends;
  return description;
}

std::string group_help(std::span<const Command> table, std::string_view group) {
  const std::string name(group);
  return "Usage: claviger " + name + " COMMAND [arguments]\n\nCommands:\n" + list_of(table, name + " ") +
         "\n`claviger help " + name + " COMMAND` explains more.\n";
}

std::string command_help(const Description& description) {
  std::string text = "claviger " + description.command + " - " + description.summary + "\n\n" + usage_line(description);
  for (const auto& words : description.paragraphs) text += paragraph(words);
  text += section(description,
                  "Arguments:", [](const Parameter& p) { return p.kind == Kind::positional || p.kind == Kind::rest; });
  text += section(description, "Options:", [](const Parameter& p) {
    return !p.global && (p.kind == Kind::option || p.kind == Kind::flag);
  });
  if (!description.examples.empty()) text += "\nExamples:\n";
  for (const auto& line : description.examples) text += "  " + line + "\n";
  return text + exit_codes(description.ends) +
         "\nGlobal options: `claviger help`. Exit codes: `claviger help exit-codes`.\n";
}

}  // namespace cli
