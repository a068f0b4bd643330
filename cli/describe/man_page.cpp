// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/man_page.h"

#include <algorithm>

#include "cli/arguments/help.h"
#include "cli/describe/description.h"
#include "cli/describe/roff.h"

namespace cli {
namespace {

using Kind = Parameter::Kind;

bool is_option(const Parameter& parameter) { return parameter.kind == Kind::option || parameter.kind == Kind::flag; }

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  return result;
}

std::string title(std::string_view name, std::string_view section, std::string_view summary, const Edition& edition) {
  return ".\\\" Written by claviger from its own declarations.\n.TH " + roff::escaped(upper(name)) + " " +
         std::string(section) + " " + std::string(edition.date) + " \"claviger " + std::string(edition.version) +
         "\" \"Claviger\"\n" + roff::section("NAME") + roff::escaped(name) + " \\- " + roff::escaped(summary) + "\n";
}

std::string named(const Parameter& parameter) {
  if (parameter.kind == Kind::flag) return roff::bold(parameter.name);
  if (parameter.kind == Kind::option) return roff::bold(parameter.name) + " " + roff::italic(parameter.value_name);
  return roff::italic(parameter.name);
}

std::string in_synopsis(const Parameter& parameter) {
  const std::string name = named(parameter);
  if (parameter.kind == Kind::rest) return " " + roff::bold("--") + " " + name + " ...";
  if (parameter.required()) return " " + name;
  if (is_option(parameter)) return "";
  return " [" + name + (parameter.repeatable() ? " ...]" : "]");
}

// What must be given stands there by name; the rest is [options].
std::string synopsis_line(const Description& description) {
  std::string line = roff::bold("claviger " + description.command);
  const auto& all = description.parameters;
  for (const auto& parameter : all) line += parameter.kind == Kind::positional ? in_synopsis(parameter) : "";
  for (const auto& parameter : all) line += is_option(parameter) ? in_synopsis(parameter) : "";
  line += " [" + roff::italic("options") + "]";
  for (const auto& parameter : all) line += parameter.kind == Kind::rest ? in_synopsis(parameter) : "";
  return ".PP\n" + line + "\n";
}

std::string explained(const Parameter& parameter) {
  std::string text = parameter.help;
  std::string words;
  for (const auto& word : parameter.choices) words += (words.empty() ? "" : ", ") + word;
  if (!words.empty()) text += " (" + words + ")";
  if (parameter.kind == Kind::option && parameter.repeatable()) text += "; may be repeated";
  return text;
}

std::string own_parameters(const Description& description) {
  std::string items;
  for (const auto& parameter : description.parameters) {
    if (!parameter.global) items += roff::item(named(parameter), explained(parameter));
  }
  return items;
}

std::string examples(const Description& description) {
  std::string lines;
  for (const auto& line : description.examples) lines += (lines.empty() ? "" : "\n") + line;
  return lines.empty()
             ? ""
             : roff::paragraph(description.examples.size() == 1 ? "Example:" : "Examples:") + roff::verbatim(lines);
}

std::string global_items() {
  std::string items;
  for (const auto& parameter : Arguments("", "").describe().parameters) {
    items += roff::item(named(parameter), explained(parameter));
  }
  return items + roff::item(roff::bold("--version"), "print the program's version; with --json what it is made of");
}

std::string see_also(std::string_view self) {
  std::string pages = self == "claviger" ? "" : roff::bold("claviger") + "(1), ";
  for (const auto& topic : help_topics()) {
    const std::string name = "claviger-" + std::string(topic.name);
    if (name != self) pages += roff::bold(name) + "(7),\n";
  }
  if (pages.ends_with(",\n")) pages.replace(pages.size() - 2, 2, "\n");
  return roff::section("SEE ALSO") + pages;
}

std::vector<Description> family_of(std::span<const Command> table, std::string_view first_word) {
  std::vector<Description> family;
  for (const auto& command : table) {
    if (!command.hidden && command.name.substr(0, command.name.find(' ')) == first_word) {
      family.push_back(describe(command));
    }
  }
  return family;
}

std::string about(const Description& command) {
  std::string text;
  for (const auto& words : command.paragraphs) text += roff::paragraph(words);
  if (!text.empty()) return text;
  return roff::paragraph(upper(command.summary.substr(0, 1)) + command.summary.substr(1) + ".");
}

std::string one_command(const Description& command) {
  const auto own = own_parameters(command);
  return roff::section("DESCRIPTION") + about(command) +
         (own.empty() ? "" : roff::section("ARGUMENTS AND OPTIONS") + own) +
         (command.examples.empty() ? "" : roff::section("EXAMPLES") + examples(command));
}

std::string one_of_several(const Description& command) {
  return roff::subsection("claviger " + command.command) + about(command) + own_parameters(command) + examples(command);
}

std::string command_page(std::span<const Command> table, const std::string& word, const Edition& edition) {
  const auto family = family_of(table, word);
  const std::string name = "claviger-" + word;
  const bool alone = family.size() == 1;
  std::string page =
      title(name, "1", alone ? family.front().summary : "the " + word + " commands of claviger", edition);
  page += roff::section("SYNOPSIS");
  for (const auto& command : family) page += synopsis_line(command);
  if (alone) {
    page += one_command(family.front());
  } else {
    page += roff::section("COMMANDS");
    for (const auto& command : family) page += one_of_several(command);
  }
  page += roff::section("EXIT STATUS") + "0 when it is done; all others are in\n" + roff::bold("claviger-exit-codes") +
          "(7).\nThe options that every command takes are in\n" + roff::bold("claviger") + "(1).\n";
  return page + see_also(name);
}

std::string main_page(std::span<const Command> table, const Edition& edition) {
  std::string page = title("claviger", "1", "an encrypted vault for the credentials of agent hosts", edition);
  page += roff::section("SYNOPSIS") + roff::bold("claviger") + " [" + roff::italic("global options") + "] " +
          roff::italic("COMMAND") + " [" + roff::italic("arguments") + "]\n";
  page += roff::section("DESCRIPTION") +
          roff::paragraph(
              "Keeps API keys, tokens and logins of model providers in one encrypted file, knows in which "
              "order each agent tries them and when they end, and hands them to OpenClaw and other "
              "programs. Each command has a page of its own; `claviger help COMMAND` says the same.");
  page += roff::section("COMMANDS");
  for (const auto& command : table) {
    if (!command.hidden) page += roff::item(roff::bold(command.name), command.summary);
  }
  page += roff::section("GLOBAL OPTIONS") + roff::paragraph("These may stand before or after the command.");
  page += global_items() + roff::section("TOPICS");
  for (const auto& topic : help_topics()) {
    page += roff::item(roff::bold("claviger-" + std::string(topic.name)) + "(7)", topic.summary);
  }
  page += roff::section("FILES") + roff::item(roff::italic("~/.local/share/claviger/vault.db"), "the vault") +
          roff::item(roff::italic("~/.config/claviger/vault.key"), "the default key file") +
          roff::item(roff::italic("~/.local/state/claviger"), "what this host remembers of the vault");
  page += roff::paragraph(
      "The folders of XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_STATE_HOME are used where these are "
      "set; `claviger paths` prints all three.");
  page += roff::section("ENVIRONMENT") + roff::item(roff::bold("CLAVIGER_VAULT"), "the vault's place, as --vault") +
          roff::item(roff::bold("CLAVIGER_AGENT"), "the agent, as --agent") +
          roff::item(roff::bold("NO_COLOR"), "no colours, whatever its value");
  page += roff::paragraph("Variables that unlock are in claviger-unlocking(7).");
  page += roff::section("EXIT STATUS") + "See\n" + roff::bold("claviger-exit-codes") + "(7).\n";
  return page + see_also("claviger");
}

std::string topic_page(const HelpTopic& topic, const Edition& edition) {
  const std::string name = "claviger-" + std::string(topic.name);
  return title(name, "7", topic.summary, edition) + roff::section("DESCRIPTION") + roff::plain_text(topic.text) +
         see_also(name);
}

std::optional<std::string> source_of(std::span<const Command> table, std::string_view name, const Edition& edition) {
  if (name == "claviger.1") return main_page(table, edition);
  for (const auto& word : first_words(table)) {
    if (name == "claviger-" + word + ".1") return command_page(table, word, edition);
  }
  for (const auto& topic : help_topics()) {
    if (name == "claviger-" + std::string(topic.name) + ".7") return topic_page(topic, edition);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> man_pages(std::span<const Command> table) {
  std::vector<std::string> pages = {"claviger.1"};
  for (const auto& word : first_words(table)) pages.push_back("claviger-" + word + ".1");
  for (const auto& topic : help_topics()) pages.push_back("claviger-" + std::string(topic.name) + ".7");
  return pages;
}

std::optional<std::string> man_page(std::span<const Command> table, std::string_view name, const Edition& edition) {
  const auto source = source_of(table, name, edition);
  if (!source) return std::nullopt;
  return roff::without_needless_breaks(*source);
}

}  // namespace cli
