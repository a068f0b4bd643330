// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/help.h"

#include <algorithm>

#include "cli/terminal/text.h"

namespace cli {
namespace {

using Kind = Parameter::Kind;

constexpr std::size_t kWidth = 80;
constexpr std::size_t kTermColumn = 28;

// "  term      text", the text wrapped into a column of its own; on the next line when the term is too long.
std::string entry(std::string_view term, std::string_view text) {
  std::string line = "  " + std::string(term);
  const bool fits = line.size() + 2 <= kTermColumn;
  line.append(fits ? kTermColumn - line.size() : 0, ' ');
  if (!fits) line.append("\n").append(kTermColumn, ' ');
  for (const char c : wrapped(text, kWidth - kTermColumn, 0)) {
    line += c;
    if (c == '\n') line.append(kTermColumn, ' ');
  }
  return line + "\n";
}

std::string paragraph(std::string_view text) { return "\n" + wrapped(text, kWidth, 0) + "\n"; }

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
  return wrapped(line, kWidth, 7) + "\n";
}

std::string explained(const Parameter& parameter) {
  std::string text = parameter.help;
  if (!parameter.choices.empty()) {
    std::string words;
    for (const auto& word : parameter.choices) words += (words.empty() ? "" : ", ") + word;
    text += " (" + words + ")";
  }
  if (parameter.kind == Kind::option && parameter.repeatable()) text += "; may be repeated";
  return text;
}

template <class Wanted>
std::string section(const Description& description, std::string_view title, Wanted wanted) {
  std::string text;
  for (const auto& parameter : description.parameters) {
    if (!wanted(parameter)) continue;
    const bool shows_value = parameter.kind == Kind::option;
    text += entry(shows_value ? parameter.name + " " + parameter.value_name : parameter.name, explained(parameter));
  }
  return text.empty() ? text : "\n" + std::string(title) + "\n" + text;
}

std::string list_of(std::span<const Command> table, std::string_view prefix) {
  std::string text;
  for (const auto& command : table) {
    if (!command.hidden && command.name.starts_with(prefix)) text += entry(command.name, command.summary);
  }
  return text;
}

std::string global_options() {
  std::string text = "\nGlobal options, before or behind the command:\n";
  for (const auto& flag : kGlobalFlags) {
    const std::string term =
        std::string(flag.name) + (flag.value_name.empty() ? "" : " ") + std::string(flag.value_name);
    text += entry(term, flag.help);
  }
  return text;
}

}  // namespace

std::string overview_help(std::span<const Command> table) {
  std::string text = "claviger - an encrypted vault for the credentials of agent hosts\n";
  text += "\nUsage: claviger [global options] COMMAND [arguments]\n";
  text += "\nCommands:\n" + list_of(table, "") + global_options();
  text += entry("--version", "the program's version; with --json what it is made of");
  text += "\nTopics:\n";
  for (const auto& topic : help_topics()) text += entry(topic.name, topic.summary);
  return text + "\n'claviger help COMMAND' or 'claviger help TOPIC' tells more.\n";
}

std::string group_help(std::span<const Command> table, std::string_view group) {
  const std::string name(group);
  return "Usage: claviger " + name + " COMMAND [arguments]\n\nCommands:\n" + list_of(table, name + " ") +
         "\n'claviger help " + name + " COMMAND' tells more.\n";
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
  return text + "\nGlobal options: 'claviger help'. Exit codes: 'claviger help exit-codes'.\n";
}

}  // namespace cli
