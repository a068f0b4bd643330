// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"

#include <algorithm>
#include <utility>

#include "cli/arguments/argument_errors.h"
#include "cli/arguments/argument_values.h"
#include "cli/arguments/option_reader.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using Kind = Parameter::Kind;

bool is_option(const Parameter& parameter) { return parameter.kind == Kind::option || parameter.kind == Kind::flag; }

// Cuts the words at "--" and returns what stood behind it; empty without one.
std::optional<std::vector<std::string>> cut_at_double_dash(std::vector<std::string>& words) {
  const auto mark = std::ranges::find(words, "--");
  if (mark == words.end()) return std::nullopt;
  std::vector<std::string> behind(std::next(mark), words.end());
  words.erase(mark, words.end());
  return behind;
}

}  // namespace

Arguments::Arguments(std::string_view command, std::string_view summary, std::vector<std::string> words)
    : command_(command), summary_(summary), words_(std::move(words)) {
  declare_global_flags();
}

void Arguments::declare_global_flags() {
  for (const auto& flag : kGlobalFlags) {
    const Kind kind = flag.value_name.empty() ? Kind::flag : Kind::option;
    const auto target = std::visit([&](auto member) { return Parameter::Target(&(global_.*member)); }, flag.member);
    add({kind,
         std::string(flag.name),
         std::string(flag.value_name),
         std::string(flag.help),
         {},
         target,
         true,
         std::string(flag.short_name)});
  }
}

Arguments& Arguments::add(Parameter parameter) {
  const auto same = [&](const Parameter& known) { return known.name == parameter.name; };
  if (std::ranges::any_of(parameters_, same)) {
    throw vault::Error(vault::ErrorCode::internal, "declared twice: " + parameter.name);
  }
  parameters_.push_back(std::move(parameter));
  return *this;
}

Arguments& Arguments::about(std::string_view paragraph) {
  paragraphs_.emplace_back(paragraph);
  return *this;
}

Arguments& Arguments::example(std::string_view line) {
  examples_.emplace_back(line);
  return *this;
}

Arguments& Arguments::positional(std::string_view name, std::string& into, std::string_view help) {
  return add({Kind::positional, std::string(name), std::string(name), std::string(help), {}, &into});
}

Arguments& Arguments::positional(std::string_view name, std::optional<std::string>& into, std::string_view help) {
  return add({Kind::positional, std::string(name), std::string(name), std::string(help), {}, &into});
}

Arguments& Arguments::positional(std::string_view name, std::vector<std::string>& into, std::string_view help) {
  return add({Kind::positional, std::string(name), std::string(name), std::string(help), {}, &into});
}

Arguments& Arguments::option(std::string_view name, std::string_view value_name, Parameter::Target into,
                             std::string_view help) {
  return choice(name, value_name, {}, into, help);
}

Arguments& Arguments::choice(std::string_view name, std::string_view value_name, std::vector<std::string> words,
                             Parameter::Target into, std::string_view help) {
  return add({Kind::option, std::string(name), std::string(value_name), std::string(help), std::move(words), into});
}

Arguments& Arguments::one_of(std::vector<std::string> words) {
  parameters_.back().choices = std::move(words);
  return *this;
}

Arguments& Arguments::flag(std::string_view name, bool& into, std::string_view help) {
  return add({Kind::flag, std::string(name), {}, std::string(help), {}, &into});
}

Arguments& Arguments::rest(std::string_view name, std::vector<std::string>& into, std::string_view help) {
  return add({Kind::rest, std::string(name), std::string(name), std::string(help), {}, &into});
}

Arguments& Arguments::needed() {
  parameters_.back().needed = true;
  return *this;
}

Arguments& Arguments::dry_run(bool& into) { return flag("--dry-run", into, "check everything, write nothing"); }

Arguments& Arguments::yes(bool& into) { return flag("--yes", into, "do not ask"); }

Arguments& Arguments::never_asks() {
  global_.no_input = true;
  return *this;
}

bool Arguments::ask_for_help() const {
  const auto options_end = std::ranges::find(words_, "--");
  return std::any_of(words_.begin(), options_end, [](const auto& word) { return word == "--help" || word == "-h"; });
}

void Arguments::parse() {
  std::vector<std::string> words = words_;
  auto behind = cut_at_double_dash(words);

  std::vector<OptionSpec> specs;
  std::vector<Parameter*> options;
  for (auto& parameter : parameters_) {
    if (!is_option(parameter)) continue;
    specs.push_back({parameter.name, parameter.takes_value(), parameter.short_name});
    options.push_back(&parameter);
  }
  OptionReading reading = read_options(specs, words);
  if (!reading.unknown.empty()) {
    refuse_typed_secret(words, reading.unknown.front(), parameters_);
    fail_unknown_option(reading.unknown.front(), parameters_, command_);
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (reading.values[i].empty()) continue;
    assign_option(*options[i], reading.values[i], specs);
    given_.push_back(options[i]->name);
  }
  fill_positionals(std::move(reading.plain), std::move(behind));
  require_all();
}

void Arguments::fill_positionals(std::vector<std::string> words, std::optional<std::vector<std::string>> behind) {
  const auto rest = std::ranges::find(parameters_, Kind::rest, &Parameter::kind);
  if (rest != parameters_.end()) {
    if (behind && !behind->empty()) {
      *std::get<std::vector<std::string>*>(rest->target) = std::move(*behind);
      given_.push_back(rest->name);
    }
  } else if (behind) {
    std::ranges::move(*behind, std::back_inserter(words));
  }
  std::size_t next = 0;
  for (auto& parameter : parameters_) {
    if (parameter.kind != Kind::positional || next == words.size()) continue;
    next += assign_positional(parameter, std::span(words).subspan(next));
    given_.push_back(parameter.name);
  }
  if (next < words.size()) fail_too_many(parameters_, command_);
}

void Arguments::require_all() const {
  for (const auto& parameter : parameters_) {
    const bool required = std::holds_alternative<std::string*>(parameter.target) || parameter.kind == Kind::rest;
    if (required && !given(parameter.name)) fail_missing(parameter, command_);
  }
  refuse_two_keys(global_);
}

bool Arguments::given(std::string_view name) const {
  if (std::ranges::find(parameters_, name, &Parameter::name) == parameters_.end()) {
    throw vault::Error(vault::ErrorCode::internal, "asked for an argument that was never declared");
  }
  return std::ranges::find(given_, name) != given_.end();
}

Description Arguments::describe() const {
  Description description{command_, summary_, paragraphs_, examples_, {}, 0};
  const auto copy_if = [&](auto wanted) {
    std::ranges::copy_if(parameters_, std::back_inserter(description.parameters), wanted);
  };
  copy_if([](const Parameter& p) { return p.kind == Kind::positional; });
  copy_if([](const Parameter& p) { return p.kind == Kind::rest; });
  copy_if([](const Parameter& p) { return is_option(p) && !p.global; });
  copy_if([](const Parameter& p) { return p.global; });
  return description;
}

}  // namespace cli
