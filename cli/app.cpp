// SPDX-License-Identifier: Apache-2.0
#include "cli/app.h"

#include <algorithm>
#include <unistd.h>

#include "cli/build_info.h"
#include "cli/arguments/did_you_mean.h"
#include "cli/error_report.h"
#include "cli/process/hardening.h"
#include "cli/arguments/help.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using Words = std::vector<std::string>;

void write_to_stderr(std::string_view text) noexcept {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

bool contains(const Words& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

// Runs one command; when it only wanted to be described, prints its help.
ExitCode run_command(const Command& command, Words words, Arguments::Purpose purpose, Environment& environment,
                     const Program& program, Output& out) {
  Arguments arguments(command.name, command.summary, std::move(words), purpose);
  Terminal terminal(environment, arguments.global());
  try {
    return program.launch(command, {environment, arguments.global(), terminal, out}, arguments);
  } catch (const DescriptionWanted&) {
    out.write(command_help(arguments.describe()));
    return ExitCode::done;
  }
}

[[noreturn]] void fail_unknown_topic(const Program& program, const std::string& name) {
  Words known;
  for (const auto& command : program.commands) known.emplace_back(command.name);
  for (const auto& topic : help_topics()) known.emplace_back(topic.name);
  const auto meant = nearest(name, known);
  throw vault::Error(vault::ErrorCode::usage, "no help for this: neither a command nor a topic",
                     meant ? "did you mean 'claviger help " + *meant + "'?" : "claviger help lists them all");
}

ExitCode run_help(const Words& words, Environment& environment, const Program& program, Output& out) {
  std::string name;
  for (const auto& word : words) {
    if (!word.starts_with('-')) name += (name.empty() ? "" : " ") + word;
  }
  if (const auto* const command = find_command(program.commands, name); command != nullptr && command->run != nullptr) {
    return run_command(*command, {}, Arguments::Purpose::describe, environment, program, out);
  }
  const auto topic = std::ranges::find(help_topics(), name, &HelpTopic::name);
  const auto in_group = [&](const Command& command) { return command.name.starts_with(name + " "); };
  if (name.empty() || name == "help") {
    out.write(overview_help(program.commands));
  } else if (topic != help_topics().end()) {
    out.write(topic->text);
  } else if (std::ranges::any_of(program.commands, in_group)) {
    out.write(group_help(program.commands, name));
  } else {
    fail_unknown_topic(program, name);
  }
  return ExitCode::done;
}

ExitCode run_group(const Selection& selection, const Program& program, Output& out) {
  const std::string text = group_help(program.commands, selection.group);
  if (contains(selection.arguments, "--help") || contains(selection.arguments, "-h")) {
    out.write(text);
    return ExitCode::done;
  }
  write_to_stderr(text);
  return ExitCode::usage;
}

ExitCode run_without_command(const Selection& selection, const Program& program, Output& out) {
  if (!contains(selection.arguments, "--version")) {
    out.write(overview_help(program.commands));
  } else if (contains(selection.arguments, "--json")) {
    out.write(version_json() + "\n");
  } else {
    out.write(version_line() + "\n");
  }
  return ExitCode::done;
}

ExitCode dispatch(const Words& words, Environment& environment, const Program& program, Output& out) {
  Selection selection = select_command(program.commands, words);
  if (!selection.group.empty()) return run_group(selection, program, out);
  if (selection.command == nullptr) return run_without_command(selection, program, out);
  if (selection.command->run == nullptr) return run_help(selection.arguments, environment, program, out);
  return run_command(*selection.command, std::move(selection.arguments), Arguments::Purpose::run, environment, program,
                     out);
}

ExitCode guarded(int argc, char** argv, Environment& environment, const Program& program) {
  const GlobalFlags none;
  const Terminal terminal(environment, none);
  try {
    harden_process();
    const Words words(argv + std::min(argc, 1), argv + argc);
    Output out(STDOUT_FILENO);
    const ExitCode code = dispatch(words, environment, program, out);
    out.flush();
    return code;
  } catch (...) {
    const ErrorReport report = report_current_exception(terminal.colour(Stream::err));
    write_to_stderr(report.text);
    return report.code;
  }
}

}  // namespace

int run(int argc, char** argv, Environment& environment, const Program& program) noexcept {
  try {
    return static_cast<int>(guarded(argc, argv, environment, program));
  } catch (...) {
    // Not even an error could be put into words: memory is gone.
    write_to_stderr("claviger: out of memory\n");
    return static_cast<int>(ExitCode::io);
  }
}

}  // namespace cli
