// SPDX-License-Identifier: Apache-2.0
#pragma once
// The programs that run a command to get a key: what each must be told, word for word, and how it would run it.
// Sources: each program's own documentation; docs/HOSTS.md names it.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/process/environment.h"
#include "vault/crypto/secret.h"

namespace cli {

// What the wiring is to say.
struct WiringQuestion {
  std::vector<std::string> program;  // this program by its absolute path, and the words that open the vault
  std::optional<std::string> provider;
  std::vector<std::string> known_providers;  // that the agent has anything of
};

struct Setting {
  std::string name, value;
};

struct Wiring {
  std::filesystem::path file;           // where the lines belong
  std::vector<std::string> lines;       // exactly
  std::vector<std::string> beforehand;  // commands that are to be typed first, if any
  // The command as the program runs it, what it writes to its standard input, and how long it waits.
  std::vector<std::string> command;
  std::string input;
  std::chrono::milliseconds patience{5000};
  std::vector<Setting> settings;  // the same as the lines, for a program that has a command for it
  std::string provider;           // whose key is asked for; empty: those of all
};

struct HostProgram {
  std::string_view name;     // "claude"
  std::string_view command;  // what it is called in PATH
  std::string_view title;    // "Claude Code"
  Wiring (*wiring)(const WiringQuestion& question, const Environment& environment);
  vault::SecretString (*secret_in)(std::string_view answer);  // the secret in what the command printed; empty: none
  // Variables that this program prefers to what it is told here.
  std::vector<std::string_view> preferred_variables;
};

const std::vector<HostProgram>& host_programs();
// Null for a program that is not known.
const HostProgram* host_program_named(std::string_view name);
// Is there such a program in PATH?
bool is_on_path(const Environment& environment, std::string_view command);

}  // namespace cli
