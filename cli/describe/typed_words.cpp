// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/typed_words.h"

#include <algorithm>

#include "vault/base/error.h"

namespace cli {
namespace {

const Parameter* option_named(const Description& description, const std::string& name) {
  const auto found = std::ranges::find(description.parameters, name, &Parameter::name);
  return found == description.parameters.end() ? nullptr : &*found;
}

std::ptrdiff_t words_in(std::string_view name) { return 1 + std::ranges::count(name, ' '); }

}  // namespace

const Command* command_in(std::span<const Command> table, std::span<const std::string> words) {
  try {
    return select_command(table, words).command;
  } catch (const vault::Error&) {
    return nullptr;  // a word that no command begins with
  }
}

TypedWords read_typed(const Description& description, const Command* command, std::span<const std::string> words) {
  TypedWords typed;
  std::ptrdiff_t of_the_name = command == nullptr ? 0 : words_in(command->name);
  for (const auto& word : words) {
    if (typed.double_dash) {
      ++typed.behind;
    } else if (typed.waiting != nullptr) {
      typed.waiting = nullptr;
    } else if (word == "--") {
      typed.double_dash = true;
    } else if (word.size() > 1 && word.front() == '-') {
      typed.options.push_back(word.substr(0, word.find('=')));
      const auto* const option = option_named(description, word);
      if (option != nullptr && option->takes_value()) typed.waiting = option;
    } else if (of_the_name > 0) {
      --of_the_name;
    } else if (command == nullptr) {
      typed.command_words += (typed.command_words.empty() ? "" : " ") + word;
    } else {
      typed.arguments.push_back(word);
    }
  }
  return typed;
}

}  // namespace cli
