// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/description.h"

#include <algorithm>

namespace cli {

std::vector<std::string> first_words(std::span<const Command> table) {
  std::vector<std::string> words;
  for (const auto& command : table) {
    const std::string word(command.name.substr(0, command.name.find(' ')));
    if (!command.hidden && std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  return words;
}

}  // namespace cli
