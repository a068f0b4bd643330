// SPDX-License-Identifier: Apache-2.0
// Any lines as the words of a command line, up to where the command would run (K05): understood, or refused with usage
// in words that repeat nothing that could have been a secret (E03). The byte 1 in a word stands for such a secret.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/command_table.h"
#include "vault/base/error.h"

namespace {

constexpr std::string_view kSecret = "sk-test-C4nary_9Zq";
constexpr char kSecretHere = '\x01';

void require(bool holds) {
  if (!holds) std::abort();
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto& word = words.emplace_back();
    for (const char byte : text.substr(0, end)) {
      if (byte == kSecretHere) word += kSecret;
      if (byte != kSecretHere && byte != '\0') word += byte;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

template <class Read>
void read_or_refuse(Read read) {
  try {
    read();
  } catch (const vault::Error& error) {
    require(error.code() == vault::ErrorCode::usage || error.code() == vault::ErrorCode::bad_input);
    require(std::string_view(error.what()).find(kSecret) == std::string_view::npos);
    require(std::string_view(error.hint().words()).find(kSecret) == std::string_view::npos);
  }
}

void parse(const std::vector<std::string>& words) {
  const auto selection = cli::select_command(cli::product().commands, words);
  if (selection.command == nullptr || selection.command->make == nullptr) return;
  const auto action = selection.command->make();
  cli::Arguments arguments(selection.command->name, selection.command->summary, selection.arguments);
  action->declare(arguments);
  if (!arguments.ask_for_help()) arguments.parse();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto words = words_in({reinterpret_cast<const char*>(data), size});
  read_or_refuse([&] { parse(words); });
  for (const auto& word : words) {
    read_or_refuse([&] { require(cli::parse_duration_ms(word) >= 0); });
    read_or_refuse([&] { cli::parse_time(word); });
  }
  return 0;
}
