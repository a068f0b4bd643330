// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/option_reader.h"

#include <algorithm>
#include <string_view>

#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

bool has_dash(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

}  // namespace

OptionReading read_options(std::span<const OptionSpec> specs, std::span<const std::string> words) {
  OptionReading reading;
  reading.values.resize(specs.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!has_dash(word)) {
      reading.plain.push_back(word);
      continue;
    }
    const auto equals = word.find('=');
    const auto name = std::string_view(word).substr(0, equals);
    const auto spec = std::ranges::find_if(specs, [&](const OptionSpec& known) {
      return known.name == name || (!known.short_name.empty() && known.short_name == word);
    });
    if (spec == specs.end()) {
      reading.unknown.push_back(word);
      continue;
    }
    auto& values = reading.values[static_cast<std::size_t>(spec - specs.begin())];
    if (!spec->takes_value) {
      if (equals != word.npos) throw Error(ErrorCode::usage, spec->name + " takes no value");
      values.emplace_back();
    } else if (equals != word.npos) {
      values.push_back(word.substr(equals + 1));
    } else {
      if (i + 1 == words.size()) throw Error(ErrorCode::usage, spec->name + " needs a value");
      values.push_back(words[++i]);
    }
  }
  return reading;
}

}  // namespace cli
