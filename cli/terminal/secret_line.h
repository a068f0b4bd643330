// SPDX-License-Identifier: Apache-2.0
#pragma once
// One hidden line, gathered byte by byte as a terminal in raw mode delivers it. Pure: no descriptor is touched.
// Backspace, Ctrl-U and bracketed paste work as people expect; arrow keys and other escape sequences leave no trace.

#include <cstddef>
#include <cstdint>
#include <string>

#include "vault/crypto/secret.h"

namespace cli {

class SecretLine {
 public:
  enum class State { more, done, cancelled };

  // Throws bad_input from feed() when the line grows beyond `limit` bytes.
  explicit SecretLine(std::size_t limit);

  // A line end or Ctrl-D ends the line; within a bracketed paste a line end is part of it. Ctrl-C, or Ctrl-D on an
  // empty line, cancels.
  State feed(std::uint8_t byte);

  vault::SecretString take();

 private:
  enum class Sequence { none, escape, control, single_shift };

  State feed_plain(std::uint8_t byte);
  void feed_control(std::uint8_t byte);
  void append(std::uint8_t byte);
  void erase_last() noexcept;
  void clear() noexcept;

  std::size_t limit_;
  vault::SecretBytes buffer_;
  std::size_t used_ = 0;
  Sequence sequence_ = Sequence::none;
  std::string parameters_;  // of the control sequence under way
  bool pasting_ = false;
};

}  // namespace cli
