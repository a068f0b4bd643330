// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sorts words into options, their values and the rest. The only room behind which CLI11 is: its headers cost every file
// that includes them, and its messages quote what was typed. Knows no types and no meanings.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

struct OptionSpec {
  std::string name;  // "--provider"
  bool takes_value = true;
};

struct OptionReading {
  std::vector<std::vector<std::string>> values;  // one list a spec; a flag has one empty string for each time
  std::vector<std::string> plain;                // words that are no options, in their order
  std::vector<std::string> unknown;              // words with a dash that no spec knows, as typed
};

// The words must not contain "--". Throws usage when a value is missing or a flag was given one.
OptionReading read_options(std::span<const OptionSpec> specs, std::span<const std::string> words);

std::string_view cli11_version() noexcept;

}  // namespace cli
