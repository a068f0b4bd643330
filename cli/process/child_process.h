// SPDX-License-Identifier: Apache-2.0
#pragma once
// A program that is given secrets in its environment and takes this process's place. No shell stands in between.

#include <string>
#include <string_view>
#include <vector>

#include "cli/process/environment.h"
#include "vault/crypto/secret.h"

namespace cli {

// What the program will find. Every entry lies in wiped memory.
class ChildEnvironment {
 public:
  // Ours, without what could unlock a vault: no CLAVIGER_* variable, and no CREDENTIALS_DIRECTORY where systemd's
  // folder holds a key or token of ours.
  static ChildEnvironment inherited_from(const Environment& environment);
  // Of ours only what every program needs: PATH, HOME, USER, LOGNAME, SHELL, the language (LANG, LANGUAGE, LC_*), the
  // terminal (TERM, COLORTERM, NO_COLOR), TZ and TMPDIR.
  static ChildEnvironment clean_from(const Environment& environment);

  // Adds or replaces. The name holds no '=', neither of them a zero byte.
  void set(std::string_view name, std::string_view value);

  // For exec: ended by null, as long as this object lives and is not changed.
  std::vector<char*> pointers();

 private:
  std::vector<vault::SecretBytes> entries_;  // NAME=value and a zero byte
};

// Where a program of this name may lie, in the order of looking: in the folders of PATH; a word with '/' is the file.
std::vector<std::string> places_of_program(const std::string& word, const Environment& environment);

enum class NotStarted { not_found, not_executable };

// Looks the first word up in our own PATH (in no folder but those it names; a word with '/' is the file itself) and
// becomes that program, with the process's limits and signals as we found them and no descriptor above 2 but the
// sockets that systemd passed. Returns only when that failed.
NotStarted become(const std::vector<std::string>& words, ChildEnvironment& child, const Environment& ours);

}  // namespace cli
