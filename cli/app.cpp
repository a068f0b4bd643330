// SPDX-License-Identifier: Apache-2.0
#include "cli/app.h"

#include <algorithm>
#include <unistd.h>

#include "cli/arguments/did_you_mean.h"
#include "cli/arguments/help.h"
#include "cli/build_info.h"
#include "cli/error_report.h"
#include "cli/pager.h"
#include "cli/process/hardening.h"
#include "cli/process/interruption.h"
#include "cli/process/out_of_memory.h"
#include "cli/terminal/typed_here.h"
#include "vault/base/error.h"
#include "vault/base/long_wait.h"

namespace cli {
namespace {

using Words = std::vector<std::string>;

void write_to_stderr(std::string_view text) noexcept {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

bool contains(const Words& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

bool contains_before_double_dash(const Words& words, std::string_view word) {
  return std::find(words.begin(), std::ranges::find(words, "--"), word) != std::ranges::find(words, "--");
}

bool asks_for_json(const Words& words) {
  return contains_before_double_dash(words, "--json") || contains_before_double_dash(words, "-j");
}

// Before the words are parsed, and where they cannot be, --json is looked for among them.
ExitCode tell(const ErrorReport& failure, const Words& words, Environment& environment) {
  const GlobalFlags none;
  const bool json = asks_for_json(words);
  write_to_stderr(json ? failure_json(failure) : failure_words(failure, Terminal(environment, none)));
  return failure.exit_code;
}

ExitCode print(Output& out, std::string_view text) {
  out.write(text);
  out.flush();
  return ExitCode::done;
}

// A text for a person, by the screenful where it is long.
ExitCode show(Output& out, const Environment& environment, std::string_view text, bool may_ask = true) {
  GlobalFlags flags;
  flags.no_input = !may_ask;
  if (show_in_pager(text, environment, Terminal(environment, flags))) return ExitCode::done;
  return print(out, text);
}

bool may_ask(const Words& words) { return !contains(words, "--no-input"); }

// On a terminal alone: a script's log would not miss it.
void say_what_is_waited_for(const Terminal& terminal, const GlobalFlags& flags) {
  if (flags.quiet || flags.json || !terminal.is_terminal(Stream::err)) return;
  vault::when_a_wait_is_long([](const std::string& what) noexcept { write_to_stderr("claviger: " + what + "\n"); });
}

ExitCode run_command(const Command& command, const Words& words, Environment& environment, const Program& program,
                     Output& out) {
  const auto action = command.make();
  Arguments arguments(command.name, command.summary, words);
  action->declare(arguments);
  if (arguments.ask_for_help()) return show(out, environment, command_help(describe(command)), may_ask(words));
  try {
    arguments.parse();
    Terminal terminal(environment, arguments.global());
    end_in_words_when_interrupted(arguments.global().json ? Told::as_json : Told::in_words);
    say_what_is_waited_for(terminal, arguments.global());
    const ExitCode code = program.launch(*action, {environment, arguments.global(), terminal, out});
    out.flush();
    return code;
  } catch (...) {
    ErrorReport failure = current_failure();
    failure.hint = typed_here(failure.hint, arguments.global());
    if (failure.message == "cancelled") failure.message += said_of_what_was_written();
    failure.exit_code = action->failed(failure.exit_code);
    return tell(failure, words, environment);
  }
}

[[noreturn]] void fail_unknown_topic(const Program& program, const std::string& name) {
  Words known;
  for (const auto& command : program.commands) known.emplace_back(command.name);
  for (const auto& topic : help_topics()) known.emplace_back(topic.name);
  const auto meant = nearest(name, known);
  throw vault::Error(vault::ErrorCode::usage, "no help for this: neither a command nor a topic",
                     meant ? "did you mean `claviger help " + *meant + "`?" : "`claviger help` lists them all");
}

std::string help_on(const Words& words, const Program& program) {
  std::string name;
  for (const auto& word : words) {
    if (!word.starts_with('-')) name += (name.empty() ? "" : " ") + word;
  }
  const auto* const command = find_command(program.commands, name);
  if (command != nullptr && command->make != nullptr) return command_help(describe(*command));
  if (name.empty() || name == "help") return overview_help(program.commands);
  const auto topic = std::ranges::find(help_topics(), name, &HelpTopic::name);
  if (topic != help_topics().end()) return std::string(topic->text);
  const auto in_group = [&](const Command& one) { return one.name.starts_with(name + " "); };
  if (std::ranges::any_of(program.commands, in_group)) return group_help(program.commands, name);
  fail_unknown_topic(program, name);
}

ExitCode run_group(const Selection& selection, const Environment& environment, const Program& program, Output& out) {
  const std::string text = group_help(program.commands, selection.group);
  const auto& words = selection.arguments;
  if (contains(words, "--help") || contains(words, "-h")) return show(out, environment, text, may_ask(words));
  if (asks_for_json(words)) {
    throw vault::Error(vault::ErrorCode::usage, "'" + selection.group + "' is a group of commands",
                       "claviger help " + selection.group);
  }
  write_to_stderr(text);
  return ExitCode::usage;
}

ExitCode run_without_command(const Selection& selection, const Environment& environment, const Program& program,
                             Output& out) {
  const auto& words = selection.arguments;
  if (contains(words, "--version") || contains(words, "-V"))
    return print(out, (asks_for_json(words) ? version_json() : version_line()) + "\n");
  if (contains(words, "--help") || contains(words, "-h"))
    return show(out, environment, overview_help(program.commands), may_ask(words));
  return print(out, short_help(program.commands));
}

ExitCode dispatch(const Words& words, Environment& environment, const Program& program, Output& out) {
  const Selection selection = select_command(program.commands, words);
  if (!selection.group.empty()) return run_group(selection, environment, program, out);
  if (selection.command == nullptr) return run_without_command(selection, environment, program, out);
  if (selection.command->make == nullptr)
    return show(out, environment, help_on(selection.arguments, program), may_ask(selection.arguments));
  return run_command(*selection.command, selection.arguments, environment, program, out);
}

// A link of this name beside the program is how docker and git find a helper of theirs.
Words words_of(int argc, char** argv) {
  Words words(argv + std::min(argc, 1), argv + argc);
  const std::string_view path = argc > 0 ? argv[0] : "";
  const auto name = path.substr(path.rfind('/') + 1);
  for (const std::string_view verb : {"docker-credential", "git-credential"}) {
    if (name.starts_with(verb) && name.substr(verb.size()) == "-claviger")
      words.insert(words.begin(), std::string(verb));
  }
  return words;
}

ExitCode guarded(int argc, char** argv, Environment& environment, const Program& program) {
  const Words words = words_of(argc, argv);
  try {
    harden_process();
    Output out(STDOUT_FILENO);
    return dispatch(words, environment, program, out);
  } catch (...) {
    return tell(current_failure(), words, environment);
  }
}

}  // namespace

int run(int argc, char** argv, Environment& environment, const Program& program) noexcept {
  end_quietly_without_memory();
  try {
    return static_cast<int>(guarded(argc, argv, environment, program));
  } catch (...) {
    // Not even an error could be put into words: memory is gone.
    return tell_out_of_memory();
  }
}

}  // namespace cli
