// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/prompt.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <span>
#include <unistd.h>

#include "cli/terminal/prompt_signals.h"
#include "cli/terminal/secret_line.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr tcflag_t kShownOrEdited = ECHO | ECHOE | ECHOK | ECHONL | ICANON | IEXTEN;

[[noreturn]] void refuse_to_show() {
  throw Error(ErrorCode::io, "the terminal cannot hide what is typed", "use --stdin or --from-file");
}

void write_if_possible(int fd, std::string_view text) noexcept {
  [[maybe_unused]] const auto written = ::write(fd, text.data(), text.size());
}

// One question under way: what has to happen around a stop, and on the way out.
class Question {
 public:
  Question(const TerminalEnds& terminal, std::string_view prompt, PromptSignals& signals, HiddenTyping* hidden)
      : terminal_(terminal), prompt_(prompt), signals_(signals), hidden_(hidden) {
    vault::write_all(terminal_.out.get(), prompt_);
  }

  // At least one byte; throws cancelled instead of returning at the end of input.
  std::size_t read(std::span<std::uint8_t> into) {
    for (;;) {
      if (!input_is_there()) continue;
      const auto count = ::read(terminal_.in.get(), into.data(), into.size());
      if (count > 0) return static_cast<std::size_t>(count);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      cancel();
    }
  }

  [[noreturn]] void cancel() const {
    write_if_possible(terminal_.out.get(), "\n");
    throw Error(ErrorCode::cancelled, "cancelled");
  }

 private:
  bool input_is_there() {
    const auto event = signals_.wait_for(terminal_.in.get());
    if (event == PromptSignals::Event::cancel) cancel();
    if (event == PromptSignals::Event::input) return true;
    if (event == PromptSignals::Event::stop) {
      if (hidden_ != nullptr) hidden_->restore();
      signals_.stop_now();
    }
    if (hidden_ != nullptr) hidden_->hide();
    vault::write_all(terminal_.out.get(), prompt_);
    return false;
  }

  const TerminalEnds& terminal_;
  std::string_view prompt_;
  PromptSignals& signals_;
  HiddenTyping* hidden_;
};

}  // namespace

std::optional<TerminalEnds> open_terminal() {
  TerminalEnds ends{vault::Descriptor(::open("/dev/tty", O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)),
                    vault::Descriptor(::open("/dev/tty", O_WRONLY | O_CLOEXEC | O_NOCTTY))};
  if (!ends.in || !ends.out) return std::nullopt;
  return ends;
}

HiddenTyping::HiddenTyping(int fd) : fd_(fd) {
  if (::tcgetattr(fd_, &former_) != 0) refuse_to_show();
  hide();
}

HiddenTyping::~HiddenTyping() { restore(); }

void HiddenTyping::hide() {
  struct termios hidden = former_;
  hidden.c_lflag &= ~kShownOrEdited;
  hidden.c_cc[VMIN] = 1;
  hidden.c_cc[VTIME] = 0;
  const bool accepted = ::tcsetattr(fd_, TCSAFLUSH, &hidden) == 0;
  // tcsetattr() is content when it could do any part of what was asked.
  struct termios actual {};
  if (accepted && ::tcgetattr(fd_, &actual) == 0 && (actual.c_lflag & kShownOrEdited) == 0) return;
  restore();
  refuse_to_show();
}

void HiddenTyping::restore() noexcept { ::tcsetattr(fd_, TCSAFLUSH, &former_); }

vault::SecretString read_hidden_line(const TerminalEnds& terminal, std::string_view prompt) {
  // The order matters: echo is back before the signals that waited are let through.
  PromptSignals signals;
  HiddenTyping hidden(terminal.in.get());
  Question question(terminal, prompt, signals, &hidden);
  SecretLine line(kLongestSecretLine);
  vault::SecretBytes chunk(512);
  for (;;) {
    const std::size_t count = question.read(chunk.writable());
    for (const auto byte : chunk.reveal().first(count)) {
      const auto state = line.feed(byte);
      if (state == SecretLine::State::more) continue;
      if (state == SecretLine::State::cancelled) question.cancel();
      write_if_possible(terminal.out.get(), "\n");
      return line.take();
    }
  }
}

std::string read_visible_line(const TerminalEnds& terminal, std::string_view prompt) {
  PromptSignals signals;
  Question question(terminal, prompt, signals, nullptr);
  std::array<std::uint8_t, 4096> line{};  // what the kernel's line editing can hold
  const std::size_t count = question.read(line);
  std::string text(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(count));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace cli
