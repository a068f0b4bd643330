// SPDX-License-Identifier: Apache-2.0
#pragma once
// The person in front of the program, if there is one. Words go to stderr, questions to /dev/tty; nothing here touches
// stdout. Refers to the environment and the flags it was made with: both must outlive it, and flags are read when
// needed, so that what parse() finds counts.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cli/arguments/global_flags.h"
#include "cli/process/environment.h"
#include "cli/terminal/style.h"
#include "cli/terminal/table.h"
#include "vault/base/error.h"
#include "vault/crypto/secret.h"

namespace cli {

// What to say when nobody can be asked: which flag, variable or file would have answered.
struct Unattended {
  vault::ErrorCode code = vault::ErrorCode::usage;
  std::string message;
  std::string hint;
};

enum class Stream { out, err };

class Terminal {
 public:
  Terminal(const Environment& environment, const GlobalFlags& flags);

  // stdin and stderr are terminals and --no-input is absent.
  bool is_interactive() const;
  bool is_terminal(Stream stream) const;
  // One line of ours as stderr shows it: broken at blanks where a terminal would break it anywhere.
  std::string fitted(const std::string& line) const;
  std::size_t width() const;           // columns: COLUMNS, else the terminal's, else 80; never below 20
  Colour colour(Stream stream) const;  // off without a terminal, with NO_COLOR or TERM=dumb
  Glyphs glyphs() const;               // unicode where the locale's variables say UTF-8
  TableLook table_look() const;        // for a table on stdout

  // One line of words on stderr, made of our own text and in_quotes() names. note() is silent with --quiet,
  // and with --json, whose document says it all.
  void note(std::string_view line) const;
  void warn(std::string_view line) const;  // "claviger: warning: ..."

  // Takes everything shown so far off the screen and out of what can be scrolled back to, where a terminal can.
  void clear_screen() const;

  // A line typed or pasted unseen, of any length up to 1 MiB, without its line end; bracketed-paste markers are gone.
  // Ctrl-C, SIGTERM, SIGHUP and an empty Ctrl-D throw cancelled; echo is back on every way out, and while stopped.
  // Throws `unattended` when not interactive, io when the terminal cannot hide what is typed.
  vault::SecretString ask_secret(std::string_view prompt, const Unattended& unattended) const;
  // Seen, at most 4095 bytes. A prompt of several lines asks on the last one; what is put into it is safe already.
  std::string ask_line(std::string_view prompt, const Unattended& unattended) const;
  // True when exactly `expected` was typed (blanks around it do not count).
  bool confirm_by_typing(std::string_view expected, std::string_view prompt, const Unattended& unattended) const;

 private:
  void require_somebody(const Unattended& unattended) const;

  const Environment& environment_;
  const GlobalFlags& flags_;
};

}  // namespace cli
