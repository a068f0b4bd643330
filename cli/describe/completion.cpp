// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/completion.h"

#include <algorithm>
#include <optional>

#include "cli/arguments/help.h"
#include "cli/arguments/value_names.h"
#include "cli/describe/description.h"
#include "cli/describe/typed_words.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

using Kind = Parameter::Kind;

bool is_option(const Parameter& parameter) { return parameter.kind == Kind::option || parameter.kind == Kind::flag; }

void offer_word(Completion& into, std::string_view typed, std::string word, std::string_view about) {
  const auto same = [&](const Candidate& known) { return known.word == word; };
  if (!word.starts_with(typed) || std::ranges::any_of(into.candidates, same)) return;
  into.candidates.push_back({std::move(word), std::string(about)});
}

// The words that may follow `before` to become a command: the next one of every name that begins so.
void offer_commands(Completion& into, std::span<const Command> table, const std::string& before,
                    std::string_view typed) {
  const std::string prefix = before.empty() ? "" : before + " ";
  for (const auto& command : table) {
    if (command.hidden || !command.name.starts_with(prefix)) continue;
    const auto rest = command.name.substr(prefix.size());
    const auto word = rest.substr(0, rest.find(' '));
    offer_word(into, typed, std::string(word), word == rest ? command.summary : "");
  }
}

void offer_providers(Completion& into, std::string_view typed, const std::string& head) {
  for (const auto provider : vault::providers_with_variables()) {
    offer_word(into, typed, head + std::string(provider), "provider");
  }
  std::ranges::sort(into.candidates, {}, &Candidate::word);
}

// `head` is what stands before the value within the same word: "--format=".
Completion values_of(const Parameter& parameter, std::string_view typed, const std::string& head) {
  Completion completion;
  if (!parameter.choices.empty()) {
    for (const auto& word : parameter.choices) offer_word(completion, typed, head + word, "");
    return completion;
  }
  switch (takes(parameter.value_name)) {
    case Takes::file: return {Offered::files, {}};
    case Takes::folder: return {Offered::folders, {}};
    case Takes::program: return {Offered::programs, {}};
    case Takes::provider: offer_providers(completion, typed, head); break;
    case Takes::providers:
      offer_providers(completion, typed, std::string(typed.substr(0, std::max(head.size(), typed.rfind(',') + 1))));
      break;
    case Takes::text: break;
  }
  return completion;
}

Completion options_of(const Description& description, const TypedWords& typed, std::string_view current) {
  Completion completion;
  for (const auto& parameter : description.parameters) {
    const bool again = std::ranges::find(typed.options, parameter.name) != typed.options.end();
    if (!is_option(parameter) || (again && !parameter.repeatable())) continue;
    offer_word(completion, current, parameter.name, parameter.help);
  }
  return completion;
}

// The argument at this place; the last one when it takes all that follow.
const Parameter* argument_at(const Description& description, std::size_t place) {
  std::size_t next = 0;
  for (const auto& parameter : description.parameters) {
    if (parameter.kind != Kind::positional) continue;
    if (next++ == place || parameter.repeatable()) return &parameter;
  }
  return nullptr;
}

Completion behind_double_dash(const Description& description, const TypedWords& typed, std::string_view current) {
  const auto rest = std::ranges::find(description.parameters, Kind::rest, &Parameter::kind);
  if (rest != description.parameters.end()) return {typed.behind == 0 ? Offered::programs : Offered::files, {}};
  const auto* const argument = argument_at(description, typed.arguments.size() + typed.behind);
  return argument == nullptr ? Completion() : values_of(*argument, current, "");
}

Completion for_command(const Description& description, const TypedWords& typed, const std::string& current) {
  if (typed.double_dash) return behind_double_dash(description, typed, current);
  if (typed.waiting != nullptr) return values_of(*typed.waiting, current, "");
  if (const auto equals = current.find('='); current.starts_with("--") && equals != std::string::npos) {
    const auto option = std::ranges::find(description.parameters, current.substr(0, equals), &Parameter::name);
    const bool known = option != description.parameters.end() && option->takes_value();
    return known ? values_of(*option, current, current.substr(0, equals + 1)) : Completion();
  }
  const auto* const argument = argument_at(description, typed.arguments.size());
  if (!current.starts_with('-') && argument != nullptr) return values_of(*argument, current, "");
  const bool takes_rest =
      std::ranges::find(description.parameters, Kind::rest, &Parameter::kind) != description.parameters.end();
  auto completion = options_of(description, typed, current);
  if (takes_rest) offer_word(completion, current, "--", "what follows is the program to run");
  return completion;
}

Completion for_help(std::span<const Command> table, const TypedWords& typed, std::string_view current) {
  std::string before;
  for (const auto& word : typed.arguments) before += (before.empty() ? "" : " ") + word;
  Completion completion;
  offer_commands(completion, table, before, current);
  if (!before.empty()) return completion;
  for (const auto& topic : help_topics()) offer_word(completion, current, std::string(topic.name), topic.summary);
  return completion;
}

Completion without_command(std::span<const Command> table, const TypedWords& typed, const Description& globals,
                           const std::string& current) {
  const bool at_an_option = typed.waiting != nullptr || current.starts_with('-');
  if (at_an_option) {
    auto completion = for_command(globals, typed, current);
    if (typed.waiting == nullptr) offer_word(completion, current, "--version", "print the program's version");
    return completion;
  }
  Completion completion;
  offer_commands(completion, table, typed.command_words, current);
  return completion;
}

}  // namespace

std::string_view name_of(Offered offer) noexcept {
  switch (offer) {
    case Offered::files: return "files";
    case Offered::folders: return "folders";
    case Offered::programs: return "programs";
    case Offered::words: break;
  }
  return "words";
}

Completion complete(std::span<const Command> table, std::span<const std::string> words) {
  if (words.empty()) return {};
  const std::string& current = words.back();
  const auto before = words.first(words.size() - 1);
  const Command* const command = command_in(table, before);
  const auto description = command != nullptr ? describe(*command) : Arguments("", "").describe();
  const auto typed = read_typed(description, command, before);
  if (command == nullptr) return without_command(table, typed, description, current);
  // "agent token" is done, or "create" is yet to come.
  Completion deeper;
  if (typed.arguments.empty() && typed.waiting == nullptr && !current.starts_with('-')) {
    offer_commands(deeper, table, std::string(command->name), current);
  }
  auto completion =
      command->make == nullptr ? for_help(table, typed, current) : for_command(description, typed, current);
  std::ranges::move(deeper.candidates, std::back_inserter(completion.candidates));
  return completion;
}

}  // namespace cli
