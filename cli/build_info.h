// SPDX-License-Identifier: Apache-2.0
#pragma once
// What this program is made of, for --version. The hardening of the executable is read from its own loaded headers, not
// from what the build was told.

#include <string>

namespace cli {

struct ExecutableReport {
  bool position_independent = false;
  bool read_only_relocations = false;
  bool bound_at_start = false;  // with the former: full RELRO
  bool stack_not_executable = false;
  bool stack_protector = false;  // as this library was compiled
  bool fortified = false;        // as this library was compiled
  bool statically_linked = false;
};
ExecutableReport examine_executable();

std::string version_number();  // "0.1.0"
std::string version_line();    // "claviger 0.1.0"
std::string version_json();    // version, libraries, executable, process; one object, no newline

}  // namespace cli
