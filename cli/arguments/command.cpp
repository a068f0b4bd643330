// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/command.h"

#include <algorithm>

#include "cli/arguments/did_you_mean.h"
#include "cli/arguments/global_flags.h"
#include "vault/base/error.h"

namespace cli {
namespace {

struct CommandWords {
  std::vector<std::string> words;
  std::vector<std::size_t> positions;
};

enum class Dash { none, flag, with_value, unknown };

Dash kind_of(const std::string& word) {
  if (word.size() < 2 || word.front() != '-') return Dash::none;
  if (word == "--version" || word == "-V") return Dash::flag;
  const auto name = std::string_view(word).substr(0, word.find('='));
  for (const auto& known : kGlobalFlags) {
    if (known.name != name && (known.short_name.empty() || known.short_name != word)) continue;
    const bool value_follows = !known.value_name.empty() && name.size() == word.size();
    return value_follows ? Dash::with_value : Dash::flag;
  }
  return Dash::unknown;
}

// The words without a dash up to the first option that is not global: what follows that may be its value.
CommandWords leading_words(std::span<const std::string> words) {
  CommandWords leading;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const Dash dash = kind_of(words[i]);
    if (dash == Dash::unknown) break;
    if (dash == Dash::with_value) ++i;
    if (dash != Dash::none) continue;
    leading.words.push_back(words[i]);
    leading.positions.push_back(i);
  }
  return leading;
}

std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool is_group(std::span<const Command> table, const std::string& name) {
  const std::string prefix = name + " ";
  return std::ranges::any_of(table, [&](const Command& command) { return command.name.starts_with(prefix); });
}

std::vector<std::string> without(std::span<const std::string> words, std::span<const std::size_t> positions) {
  std::vector<std::string> left;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::ranges::find(positions, i) == positions.end()) left.push_back(words[i]);
  }
  return left;
}

[[noreturn]] void fail_unknown(std::span<const Command> table, std::span<const std::string> typed) {
  std::vector<std::string> names;
  for (const auto& command : table) {
    if (command.hidden) continue;
    names.emplace_back(command.name);
    const auto space = command.name.find(' ');
    if (space != std::string_view::npos) names.emplace_back(command.name.substr(0, space));
  }
  const bool harmless = std::ranges::all_of(typed, [](const std::string& word) { return may_be_repeated(word); });
  const std::string text = joined(typed);
  const auto meant = nearest(text, names);
  throw vault::Error(vault::ErrorCode::usage, harmless ? "unknown command '" + text + "'" : "unknown command",
                     meant ? "did you mean `claviger " + *meant + "`?" : "`claviger help` lists the commands");
}

// Of no command: what the program itself takes is what may have been meant.
[[noreturn]] void fail_option_first(const std::string& option) {
  const auto name = option.substr(0, option.find('='));
  std::vector<std::string> known{"--version"};
  for (const auto& flag : kGlobalFlags) known.emplace_back(flag.name);
  const bool harmless = may_be_repeated(name);
  const auto meant = harmless ? nearest(name, known) : std::nullopt;
  throw vault::Error(vault::ErrorCode::usage, harmless ? "unknown option " + name : "unknown option",
                     meant ? "did you mean " + *meant + "?" : "an option of a command comes after its name");
}

}  // namespace

const Command* find_command(std::span<const Command> table, std::string_view name) noexcept {
  const auto found = std::ranges::find(table, name, &Command::name);
  return found == table.end() ? nullptr : &*found;
}

Selection select_command(std::span<const Command> table, std::span<const std::string> words) {
  const CommandWords leading = leading_words(words);
  const std::span<const std::string> typed(leading.words);
  for (std::size_t count = std::min<std::size_t>(typed.size(), 5); count > 0; --count) {
    const auto* const command = find_command(table, joined(typed.first(count)));
    if (command != nullptr) return {command, {}, without(words, std::span(leading.positions).first(count))};
  }
  if (typed.empty()) {
    const auto option = std::ranges::find_if(words, [](const auto& word) { return kind_of(word) == Dash::unknown; });
    if (option != words.end() && *option != "--") fail_option_first(*option);
    return {nullptr, {}, {words.begin(), words.end()}};
  }
  // The longest group that was named, and the one word behind it that nobody knows.
  std::size_t depth = 0;
  while (depth < typed.size() && is_group(table, joined(typed.first(depth + 1)))) ++depth;
  if (depth < typed.size()) fail_unknown(table, typed.first(depth + 1));
  return {nullptr, joined(typed), without(words, leading.positions)};
}

}  // namespace cli
