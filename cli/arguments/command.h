// SPDX-License-Identifier: Apache-2.0
#pragma once
// A command as the table knows it, and how the words on the command line find theirs.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"

namespace cli {

class Arguments;
class Context;

// One call of a command: the members that declare() names are filled from the words before run() sees them. To describe
// a command is to make one and to call declare() alone.
class Action {
 public:
  virtual ~Action() = default;
  virtual void declare(Arguments& arguments) = 0;
  virtual ExitCode run(Context& context) = 0;
  // What this command ends with instead when anything failed, its words included; `run` has numbers of its own.
  virtual ExitCode failed(ExitCode code) const { return code; }
};

// Under which heading the help lists a command, in this order.
enum class Group { start, everyday, agents, keys, programs, safety, openclaw_verbs, other };

// What a command may end with beside 0, 64 and 74; its help lists the exit codes that belong to these.
enum Ends : unsigned {
  kChecks = 1,      // 1, 2: `status --check`
  kTakesInput = 2,  // 65
  kFinds = 4,       // 66
  kMakes = 8,       // 68
  kDenied = 16,     // 77
  kOpens = 32,      // 67, 69, 71, 72, 73, 75, 77: whatever opens the vault
  kAsks = 64,       // 130
  kScans = 256,     // 1: `scan --check`
  kHelps = 512,     // 1: docker's protocol has no other
  kRuns = 128,      // 125, 126, 127, and whatever the program that was run ends with
};

struct Command {
  std::string_view name;              // one word or several: "list", "order set"
  std::string_view summary;           // lower case, no full stop
  std::unique_ptr<Action> (*make)();  // null for `help`, which the app answers itself
  Group group = Group::other;
  unsigned ends = kOpens;  // Ends, or-ed
  bool hidden = false;     // works, but no help lists it
};

struct Selection {
  const Command* command = nullptr;    // null: no command word at all, or a group's name alone
  std::string group;                   // "order" when only that was named
  std::vector<std::string> arguments;  // all other words in their order, global flags included
};

// The longest name of the table that the command line's words begin with, global flags and their values apart.
// Throws usage for an unknown command, with the nearest known one as the hint.
Selection select_command(std::span<const Command> table, std::span<const std::string> words);

// The command of exactly this name, or null.
const Command* find_command(std::span<const Command> table, std::string_view name) noexcept;

}  // namespace cli
