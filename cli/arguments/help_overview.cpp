// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "cli/arguments/help.h"
#include "cli/arguments/help_layout.h"
#include "cli/terminal/text.h"

namespace cli {
namespace {

std::string global_options() {
  std::string text = "\nGlobal options, before or after the command:\n";
  for (const auto& flag : kGlobalFlags)
    text += help_entry(help_term(flag.short_name, flag.name, flag.value_name), flag.help);
  return text + help_entry("-V, --version", "the program's version; with --json what it is made of");
}

struct Heading {
  Group group;
  std::string_view title;
};
constexpr std::array kHeadings = {
    Heading{Group::start, "Start"},
    Heading{Group::everyday, "Everyday"},
    Heading{Group::agents, "Agents"},
    Heading{Group::keys, "Keys"},
    Heading{Group::programs, "OpenClaw and other programs"},
    Heading{Group::safety, "Keeping it safe"},
    Heading{Group::other, "Other"},
};
constexpr std::string_view kVerbs = "the verbs of OpenClaw's documentation: `claviger help models`";

std::vector<const Command*> commands_of(std::span<const Command> table, Group group) {
  std::vector<const Command*> found;
  for (const auto& command : table) {
    if (!command.hidden && command.group == group) found.push_back(&command);
  }
  return found;
}

// "init, onboard, agent": of several words the first, once.
std::string first_words(const std::vector<const Command*>& commands) {
  std::vector<std::string_view> words;
  for (const auto* const command : commands) {
    const auto word = command->name.substr(0, command->name.find(' '));
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

struct First {
  std::string_view command;  // its line stands there when the table has it
  std::string_view typed;
  std::string_view text;
};
constexpr std::array kFirst = {
    First{"init", "claviger init", "create a vault and the key that opens it"},
    First{"onboard", "claviger onboard", "find what this host has and take it in"},
    First{"import", "claviger import ~/.openclaw", "take in what OpenClaw keeps in plain text"},
    First{"add", "claviger add openai:default", "add a profile; the secret is asked for"},
    First{"status", "claviger status", "show the health of every profile"},
    First{"run", "claviger run -- PROGRAM", "run a program with the credentials it needs"},
};
constexpr std::size_t kBeginWith = 5;

}  // namespace

std::string short_help(std::span<const Command> table) {
  std::string text = "claviger - an encrypted vault for the credentials of AI agents\n\nBegin with:\n";
  constexpr std::size_t kColumn = 31;
  std::size_t shown = 0;
  for (const auto& first : kFirst) {
    if (shown == kBeginWith || find_command(table, first.command) == nullptr) continue;
    text += help_entry(first.typed, first.text, kColumn);
    ++shown;
  }
  text += "\nCommands:\n";
  for (const auto& heading : kHeadings) {
    const auto words = first_words(commands_of(table, heading.group));
    if (words.empty()) continue;
    text += help_entry(heading.title, words, kColumn);
  }
  return text +
         "\n`claviger help` lists every command, `claviger help COMMAND` explains one,\n"
         "`claviger help TOPIC` explains unlocking, openclaw, recovery, threats or\n"
         "exit-codes.\n";
}

std::string overview_help(std::span<const Command> table) {
  std::string text = "claviger - an encrypted vault for the credentials of AI agents\n";
  text += "\nUsage: claviger [global options] COMMAND [arguments]\n";
  for (const auto& heading : kHeadings) {
    const auto commands = commands_of(table, heading.group);
    if (commands.empty()) continue;
    const bool programs = heading.group == Group::programs;
    text += "\n" + std::string(heading.title) + ":\n";
    for (const auto* const command : commands) text += help_entry(command->name, command->summary);
    if (programs && !commands_of(table, Group::openclaw_verbs).empty()) text += help_entry("models ...", kVerbs);
  }
  text += global_options() + "\nTopics:\n";
  for (const auto& topic : help_topics()) text += help_entry(topic.name, topic.summary);
  return text + "\n`claviger help COMMAND` or `claviger help TOPIC` explains more.\n";
}

}  // namespace cli
