// SPDX-License-Identifier: Apache-2.0
#pragma once
// Data on its way out: gathered in wiped memory, written with write(2), every failure noticed. A closed pipe is an
// ordinary io error here, because the app ignores SIGPIPE.

#include <cstddef>
#include <string_view>

#include "vault/crypto/secret.h"

namespace cli {

class Output {
 public:
  explicit Output(int fd);
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // May hold bytes back until flush(). Throws io.
  void write(std::string_view bytes);
  // The app flushes after a command that returned; one that must know that the person has it all (a recovery code, a
  // secret) flushes itself. What was not flushed when an error ends the command is dropped.
  void flush();
  // Drops what was written, for who writes it anew. False: some of it is out already, and nothing is dropped.
  bool take_back() noexcept;
  bool can_be_taken_back() const noexcept { return !sent_; }

 private:
  void send(std::string_view bytes);

  int fd_;
  vault::SecretBytes buffer_;
  std::size_t used_ = 0;
  bool sent_ = false;
};

}  // namespace cli
