// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/typed_here.h"

#include <algorithm>
#include <string_view>

#include "cli/terminal/shell_word.h"

namespace cli {
namespace {

constexpr std::string_view kProgram = "claviger ";

void add(std::string& words, std::string_view flag, const std::optional<std::string>& value) {
  if (value) words += std::string(flag) + " " + shell_word(*value) + " ";
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// `rest` begins with the command's name.
std::string words_for(std::string_view rest, const GlobalFlags& flags) {
  const auto command = rest.substr(0, rest.find_first_of(" `'\n"));
  if (command.empty() || command[0] < 'a' || command[0] > 'z' || command == "help") return "";
  std::string words;
  add(words, "--vault", flags.vault);
  const bool of_no_agent = is_one_of(command, {"agent", "key", "init", "verify", "backup", "restore", "repair",
                                               "doctor", "unlock", "lock", "paths", "vault"});
  const auto line = rest.substr(0, rest.find('`'));
  if (!of_no_agent && line.find("--agent") == std::string_view::npos) add(words, "--agent", flags.agent);
  add(words, "--key-file", flags.key_file);
  add(words, "--token-file", flags.token_file);
  add(words, "--passphrase-file", flags.passphrase_file);
  return words;
}

}  // namespace

std::string typed_here(std::string text, const GlobalFlags& flags) {
  for (auto at = text.find(kProgram); at != std::string::npos; at = text.find(kProgram, at)) {
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '`';
    at += kProgram.size();
    if (!begins) continue;
    const auto words = words_for(std::string_view(text).substr(at), flags);
    text.insert(at, words);
    at += words.size();
  }
  return text;
}

}  // namespace cli
