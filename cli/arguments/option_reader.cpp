// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/option_reader.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

bool has_empty_value(const std::string& word) {
  return word.size() > 3 && word.starts_with("--") && word.find('=') == word.size() - 1;
}

// CLI11 takes the last word first. To it, "--name=" is an option whose value is the next word; to people, it is empty.
std::vector<std::string> prepared(std::span<const std::string> words) {
  std::vector<std::string> reversed;
  for (const auto& word : words) {
    if (has_empty_value(word)) {
      reversed.push_back(word.substr(0, word.size() - 1));
      reversed.emplace_back();
    } else {
      reversed.push_back(word);
    }
  }
  std::ranges::reverse(reversed);
  return reversed;
}

std::vector<CLI::Option*> declare(CLI::App& app, std::span<const OptionSpec> specs) {
  std::vector<CLI::Option*> options;
  for (const auto& spec : specs) {
    auto* const option = spec.takes_value ? app.add_option(spec.name, CLI::callback_t()) : app.add_flag(spec.name);
    options.push_back(option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll));
  }
  return options;
}

void parse(CLI::App& app, std::span<const std::string> words) {
  try {
    app.parse(prepared(words));
  } catch (const CLI::Error&) {
    // Options take the next word whatever it is, so only the last word can lack its value.
    throw Error(ErrorCode::usage, words.back().substr(0, words.back().find('=')) + " needs a value");
  }
}

std::vector<std::string> values_of(const OptionSpec& spec, const CLI::Option& option) {
  std::vector<std::string> values = option.results();
  if (spec.takes_value) return values;
  for (auto& value : values) {
    if (value != "true") throw Error(ErrorCode::usage, spec.name + " takes no value");
    value.clear();
  }
  return values;
}

}  // namespace

OptionReading read_options(std::span<const OptionSpec> specs, std::span<const std::string> words) {
  OptionReading reading;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  const auto options = declare(app, specs);
  if (!words.empty()) parse(app, words);
  for (std::size_t i = 0; i < specs.size(); ++i) reading.values.push_back(values_of(specs[i], *options[i]));
  for (auto& word : app.remaining()) {
    const bool dashed = word.size() > 1 && word.front() == '-';
    (dashed ? reading.unknown : reading.plain).push_back(std::move(word));
  }
  return reading;
}

std::string_view cli11_version() noexcept { return CLI11_VERSION; }

}  // namespace cli
