// SPDX-License-Identifier: Apache-2.0
#pragma once
// Questions on the process's terminal. Terminal decides whether to ask at all.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <termios.h>

#include "vault/base/file.h"
#include "vault/crypto/secret.h"

namespace cli {

// Opened twice, because reading must not block and writing must: Ctrl-C throws away what was typed, and a read that was
// on its way to it would wait for the next key before anybody looks at the signal.
struct TerminalEnds {
  vault::Descriptor in;
  vault::Descriptor out;
};

// Empty when the process has no terminal.
std::optional<TerminalEnds> open_terminal();

// Echo and line editing off until destroyed. Throws io when the terminal refuses, or says that it obeyed and did not.
class HiddenTyping {
 public:
  explicit HiddenTyping(int fd);
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;
  ~HiddenTyping();

  void hide();
  // What was typed and not yet read is thrown away: the tail of a long paste must not reach the shell.
  void restore() noexcept;

 private:
  int fd_;
  struct termios former_ {};
};

inline constexpr std::size_t kLongestSecretLine = 1024 * 1024;  // bytes

// Both throw cancelled after Ctrl-C, Ctrl-D on an empty line, SIGTERM, SIGHUP or a terminal that went away.
vault::SecretString read_hidden_line(const TerminalEnds& terminal, std::string_view prompt);
std::string read_visible_line(const TerminalEnds& terminal, std::string_view prompt);

}  // namespace cli
