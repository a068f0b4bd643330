// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sorts words into options, their values and the rest. Knows no types and no meanings.

#include <span>
#include <string>
#include <vector>

namespace cli {

struct OptionSpec {
  std::string name;  // "--provider"
  bool takes_value = true;
  std::string short_name = {};  // "-a"; empty: none. Its value is the next word
};

struct OptionReading {
  std::vector<std::vector<std::string>> values;  // one list a spec; a flag has one empty string for each time
  std::vector<std::string> plain;                // words that are no options, in their order
  std::vector<std::string> unknown;              // words with a dash that no spec knows, as typed
};

// The words must not contain "--". An option takes the next word whatever it looks like; "-" alone is plain. Throws
// usage when a value is missing or a flag was given one; no message repeats a value.
OptionReading read_options(std::span<const OptionSpec> specs, std::span<const std::string> words);

}  // namespace cli
