// SPDX-License-Identifier: Apache-2.0
#pragma once
// A table of commands to describe; none of them can run.

#include "cli/arguments/arguments.h"
#include "cli/arguments/command.h"

namespace cli {

struct Unrunnable : Action {
  ExitCode run(Context&) override { throw vault::Error(vault::ErrorCode::internal, "a description runs nothing"); }
};

struct Paint final : Unrunnable {
  std::string target;
  std::optional<std::string> colour, output, folder, provider, label;
  std::vector<std::string> only, files;
  bool dry = false;
  void declare(Arguments& arguments) override {
    arguments.about("Paints. A line that begins with a dot:\n.SH NOT A TITLE")
        .positional("WHAT", target, "wall or door")
        .one_of({"wall", "door"})
        .positional("FILE", files, "pictures to look at")
        .choice("--colour", "C", {"red", "rose", "green"}, &colour, "the colour")
        .option("--output", "FILE", &output, "where to")
        .option("--in", "DIR", &folder, "the folder")
        .option("--provider", "P", &provider, "whose")
        .option("--only", "P,...", &only, "these only")
        .option("--label", "L", &label, "any text with a \\ and -dashes-")
        .example("claviger paint wall --colour red")
        .dry_run(dry);
  }
};

struct Launch final : Unrunnable {
  std::vector<std::string> words;
  void declare(Arguments& arguments) override { arguments.rest("COMMAND", words, "what to run"); }
};

template <class Kind>
std::unique_ptr<Action> make() {
  return std::make_unique<Kind>();
}

inline constexpr Command kSmallTable[] = {
    {"paint", "paint something", make<Paint>},
    {"launch", "run a program", make<Launch>},
    {"key add", "add a key", make<Launch>},
    {"key token create", "make a token", make<Launch>},
    {"secretly", "not listed", make<Paint>, Group::other, 0, true},
    {"help", "explain a command or a topic", nullptr},
};

}  // namespace cli
