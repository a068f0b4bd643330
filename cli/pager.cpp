// SPDX-License-Identifier: Apache-2.0
#include "cli/pager.h"

#include <algorithm>
#include <sstream>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/process/terminal_run.h"
#include "cli/terminal/terminal.h"
#include "vault/base/error.h"

namespace cli {
namespace {

bool fits_on_screen(std::string_view text) {
  struct winsize size {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0) return true;
  return std::ranges::count(text, '\n') < size.ws_row;
}

// "less -R" are two words; no shell reads them.
std::vector<std::string> words_of(std::string_view command) {
  std::istringstream stream{std::string(command)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

ChildEnvironment what_a_pager_needs(const Environment& environment) {
  ChildEnvironment child;
  for (const auto* const name : {"TERM", "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LESSCHARSET"}) {
    if (const auto value = environment.get(name)) child.set(name, *value);
  }
  child.set("LESS", environment.get("LESS").value_or("FRX"));
  return child;
}

}  // namespace

bool show_in_pager(std::string_view text, const Environment& environment, const Terminal& terminal) {
  const auto words = words_of(environment.get("PAGER").value_or(""));
  if (words.empty() || !terminal.is_interactive() || !terminal.is_terminal(Stream::out)) return false;
  if (environment.get("TERM").value_or("dumb") == "dumb" || fits_on_screen(text)) return false;
  constexpr int kNotExecutable = 126, kNotThere = 127;
  try {
    auto child = what_a_pager_needs(environment);
    const int status = feed_on_this_terminal(words, child, environment, text);
    return status != kNotExecutable && status != kNotThere;
  } catch (const vault::Error&) {
    return false;
  }
}

}  // namespace cli
