// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/terminal.h"

#include <algorithm>
#include <charconv>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

#include "cli/terminal/prompt.h"
#include "cli/terminal/text.h"
#include "vault/base/ids.h"

namespace cli {
namespace {

constexpr std::size_t kNarrowest = 20;
constexpr std::size_t kUsual = 80;

int descriptor_of(Stream stream) { return stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO; }

std::size_t width_in(const Environment& environment) {
  const auto text = environment.get("COLUMNS");
  if (!text) return 0;
  std::size_t width = 0;
  const auto result = std::from_chars(text->data(), text->data() + text->size(), width);
  return result.ec == std::errc() && result.ptr == text->data() + text->size() ? width : 0;
}

std::size_t width_of(int fd) {
  struct winsize size {};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void say(const std::string& line) {
  // Nobody can be told that stderr is gone.
  const std::string whole = line + "\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, whole.data(), whole.size());
}

[[noreturn]] void fail(const Unattended& unattended) {
  throw vault::Error(unattended.code, unattended.message, unattended.hint);
}

TerminalEnds require_terminal(const Unattended& unattended) {
  auto terminal = open_terminal();
  if (!terminal) fail(unattended);
  return std::move(*terminal);
}

}  // namespace

Terminal::Terminal(const Environment& environment, const GlobalFlags& flags)
    : environment_(environment), flags_(flags) {}

bool Terminal::is_interactive() const {
  return !flags_.no_input && ::isatty(STDIN_FILENO) == 1 && is_terminal(Stream::err);
}

bool Terminal::is_terminal(Stream stream) const { return ::isatty(descriptor_of(stream)) == 1; }

std::size_t Terminal::width() const {
  std::size_t width = width_in(environment_);
  if (width == 0) width = width_of(STDOUT_FILENO);
  if (width == 0) width = width_of(STDERR_FILENO);
  return std::max(kNarrowest, width == 0 ? kUsual : width);
}

Colour Terminal::colour(Stream stream) const {
  const auto kind = environment_.get("TERM");
  const bool can = kind && *kind != "dumb" && is_terminal(stream);
  return can && !environment_.get("NO_COLOR") ? Colour::on : Colour::off;
}

Glyphs Terminal::glyphs() const {
  for (const auto* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto locale = environment_.get(name);
    if (!locale) continue;
    const auto lower = vault::ascii_lower(*locale);
    return lower.find("utf-8") != lower.npos || lower.find("utf8") != lower.npos ? Glyphs::unicode : Glyphs::ascii;
  }
  return Glyphs::ascii;
}

TableLook Terminal::table_look() const {
  TableLook look{std::nullopt, colour(Stream::out), glyphs()};
  if (is_terminal(Stream::out)) look.width = width();
  return look;
}

std::string Terminal::fitted(const std::string& line) const {
  if (!is_terminal(Stream::err) || display_width(line) <= width()) return line;
  const auto indent = std::min(line.find_first_not_of(' '), width() / 2);
  return std::string(indent, ' ') + wrapped(line, width() - indent, indent + 2);
}

void Terminal::note(std::string_view line) const {
  if (!flags_.quiet && !flags_.json) say(fitted(line_safe(line)));
}

void Terminal::clear_screen() const {
  const auto kind = environment_.get("TERM");
  if (!kind || *kind == "dumb" || !is_terminal(Stream::err)) return;
  constexpr std::string_view kClear = "\x1B[H\x1B[2J\x1B[3J";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kClear.data(), kClear.size());
}

void Terminal::warn(std::string_view line) const {
  constexpr std::string_view kLabel = "claviger: warning:";
  const auto text = fitted(std::string(kLabel) + " " + line_safe(line));
  say(styled(kLabel, Style::yellow, colour(Stream::err)) + text.substr(kLabel.size()));
}

void Terminal::require_somebody(const Unattended& unattended) const {
  if (!is_interactive()) fail(unattended);
}

vault::SecretString Terminal::ask_secret(std::string_view prompt, const Unattended& unattended) const {
  require_somebody(unattended);
  const TerminalEnds terminal = require_terminal(unattended);
  return read_hidden_line(terminal, line_safe(prompt));
}

std::string Terminal::ask_line(std::string_view prompt, const Unattended& unattended) const {
  require_somebody(unattended);
  const TerminalEnds terminal = require_terminal(unattended);
  // Lines of ours stay lines; whatever else would act on the terminal is shown instead.
  std::string text;
  for (auto end = prompt.find('\n'); end != prompt.npos; end = prompt.find('\n')) {
    text += fitted(line_safe(prompt.substr(0, end))) + "\n";
    prompt.remove_prefix(end + 1);
  }
  return read_visible_line(terminal, text + line_safe(prompt));
}

bool Terminal::confirm_by_typing(std::string_view expected, std::string_view prompt,
                                 const Unattended& unattended) const {
  return vault::trimmed(ask_line(prompt, unattended)) == vault::trimmed(expected);
}

}  // namespace cli
