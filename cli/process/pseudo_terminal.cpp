// SPDX-License-Identifier: Apache-2.0
#include "cli/process/pseudo_terminal.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vault/base/error.h"

namespace cli {

PseudoTerminal::PseudoTerminal() : ours_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)) {
  if (ours_ && ::unlockpt(ours_.get()) == 0) {
    theirs_ = vault::Descriptor(::ioctl(ours_.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
  }
  if (!theirs_) throw vault::Error(vault::ErrorCode::io, "the system grants no terminal for the program");
  struct termios settings {};
  if (::tcgetattr(STDOUT_FILENO, &settings) == 0) ::tcsetattr(theirs_.get(), TCSANOW, &settings);
  follow_window_size();
}

bool PseudoTerminal::take_as_controlling() const noexcept {
  return ::setsid() != -1 && ::ioctl(theirs_.get(), TIOCSCTTY, 0) == 0;
}

void PseudoTerminal::follow_window_size() const noexcept {
  struct winsize size {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) ::ioctl(ours_.get(), TIOCSWINSZ, &size);
}

void PseudoTerminal::send_signal(int signal) const noexcept { ::ioctl(ours_.get(), TIOCSIG, signal); }

RawInput::RawInput() {
  if (::tcgetpgrp(STDIN_FILENO) != ::getpgrp() || ::tcgetattr(STDIN_FILENO, &before_) != 0) return;
  auto settings = before_;
  ::cfmakeraw(&settings);
  raw_ = ::tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) == 0;
}

RawInput::~RawInput() {
  if (raw_) ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
}

}  // namespace cli
