// SPDX-License-Identifier: Apache-2.0
#pragma once
// A terminal for a program that we stand in front of, and our own terminal while we do.

#include <termios.h>

#include "vault/base/file.h"

namespace cli {

// Made with the settings and the size of the terminal that is our stdout.
class PseudoTerminal {
 public:
  PseudoTerminal();  // io when the system has none

  // Our end: what the program writes is read here, what it is to read is written here. Never blocks.
  int ours() const noexcept { return ours_.get(); }
  int theirs() const noexcept { return theirs_.get(); }
  // In the child: makes it the terminal of a session of its own. Async-signal-safe.
  bool take_as_controlling() const noexcept;
  // Behind the fork: so that the end is seen once the program has closed its own.
  void leave_it_to_the_child() noexcept { theirs_.reset(); }
  void follow_window_size() const noexcept;
  // As if it had been typed there: to the programs in the foreground.
  void send_signal(int signal) const noexcept;

 private:
  vault::Descriptor ours_, theirs_;
};

// Our stdin as it is for a program that handles every key itself. Destroyed, it is as it was. Where we are in the
// background it stays as it is.
class RawInput {
 public:
  RawInput();
  RawInput(const RawInput&) = delete;
  RawInput& operator=(const RawInput&) = delete;
  ~RawInput();
  bool is_raw() const noexcept { return raw_; }

 private:
  struct termios before_ {};
  bool raw_ = false;
};

}  // namespace cli
