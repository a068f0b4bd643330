// SPDX-License-Identifier: Apache-2.0
#include "cli/words/recovery_words.h"

#include <sys/random.h>

#include "cli/terminal/surroundings.h"
#include "cli/terminal/typed_here.h"
#include "vault/base/error.h"

namespace cli {

void announce_recovery_code(const Surroundings& around) {
  auto& terminal = around.terminal();
  terminal.note("");
  terminal.note("Recovery code, shown this once - write it down and keep it away from this machine:");
  terminal.note("");
}

void show_recovery_code(const Surroundings& around, const vault::SecretString& code) {
  announce_recovery_code(around);
  print_secret_line(around, code);
}

namespace {

// Which group is asked for need not be secret, only another one each time.
std::size_t any_of(std::size_t count) {
  unsigned number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number) return 0;
  return number % count;
}

}  // namespace

void ask_recovery_code_back(const Surroundings& around, const vault::SecretString& code) {
  auto& terminal = around.terminal();
  if (!terminal.is_interactive()) return;
  constexpr std::size_t kGroup = 4;
  const auto at = any_of((code.reveal().size() + 1) / (kGroup + 1));
  const auto expected = code.reveal().substr(at * (kGroup + 1), kGroup);
  const auto name = "group " + std::to_string(at + 1);
  terminal.ask_line("Press Return when it is written down; the screen is cleared then. ", {});
  terminal.clear_screen();
  for (int tries = 0; tries < 3; ++tries) {
    const auto answer = terminal.ask_line("Type " + name + " of the code, to be sure you have it: ", {});
    if (vault::ascii_lower(vault::trimmed(answer)) == vault::ascii_lower(expected)) return;
    terminal.note("That is not " + name + ".");
  }
  terminal.warn(typed_here("the recovery code was not confirmed; make a new one with `claviger key add --recovery`",
                           around.flags()));
}

}  // namespace cli
