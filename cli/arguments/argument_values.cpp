// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/argument_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "cli/arguments/value_names.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

std::int64_t whole_number(const Parameter& option, const std::string& text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end || value < 0) {
    throw Error(ErrorCode::usage, option.name + " needs a whole number, 0 or more");
  }
  return value;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

bool names_a_place(const Parameter& option) {
  const Takes taken = takes(option.value_name);
  return taken == Takes::file || taken == Takes::folder;
}

void check_choice(const Parameter& parameter, const std::string& value) {
  if (parameter.choices.empty() || std::ranges::find(parameter.choices, value) != parameter.choices.end()) return;
  throw Error(ErrorCode::usage, parameter.name + " takes one of: " + joined(parameter.choices));
}

void check_value(const Parameter& option, const std::string& value, std::span<const OptionSpec> specs) {
  const auto is_this = [&](const OptionSpec& spec) { return spec.name == value; };
  if (std::ranges::any_of(specs, is_this)) {
    throw Error(ErrorCode::usage, option.name + " needs a value, but " + value + " follows");
  }
  // What an unset variable in a script leaves behind.
  if (value.empty() && names_a_place(option)) {
    throw Error(ErrorCode::usage, option.name + " is empty");
  }
  check_choice(option, value);
}

void assign(const Parameter& parameter, std::vector<std::string>& values) {
  struct {
    const Parameter& parameter;
    std::vector<std::string>& values;
    void operator()(bool* into) const { *into = true; }
    void operator()(std::string* into) const { *into = std::move(values.front()); }
    void operator()(std::optional<std::string>* into) const { *into = std::move(values.front()); }
    void operator()(std::vector<std::string>* into) const { *into = std::move(values); }
    void operator()(std::int64_t* into) const { *into = whole_number(parameter, values.front()); }
    void operator()(std::optional<std::int64_t>* into) const { *into = whole_number(parameter, values.front()); }
  } visitor{parameter, values};
  std::visit(visitor, parameter.target);
}

}  // namespace

void assign_option(Parameter& option, std::vector<std::string>& values, std::span<const OptionSpec> specs) {
  if (!option.takes_value()) return assign(option, values);
  for (const auto& value : values) check_value(option, value, specs);
  if (values.size() > 1 && !option.repeatable()) throw Error(ErrorCode::usage, option.name + " is given twice");
  assign(option, values);
}

std::size_t assign_positional(Parameter& positional, std::span<std::string> words) {
  const std::size_t count = positional.repeatable() ? words.size() : 1;
  std::vector<std::string> taken(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
  for (const auto& word : taken) check_choice(positional, word);
  assign(positional, taken);
  return count;
}

}  // namespace cli
