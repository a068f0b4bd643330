// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/secret_line.h"

#include <algorithm>
#include <utility>

#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::uint8_t kCtrlC = 0x03;
constexpr std::uint8_t kCtrlD = 0x04;
constexpr std::uint8_t kBackspace = 0x08;
constexpr std::uint8_t kCtrlU = 0x15;
constexpr std::uint8_t kEscape = 0x1b;
constexpr std::uint8_t kDelete = 0x7f;

bool is_continuation(std::uint8_t byte) { return (byte & 0xc0) == 0x80; }

}  // namespace

SecretLine::SecretLine(std::size_t limit) : limit_(limit), buffer_(std::min<std::size_t>(limit, 512)) {}

SecretLine::State SecretLine::feed(std::uint8_t byte) {
  switch (std::exchange(sequence_, Sequence::none)) {
    case Sequence::none: break;
    case Sequence::single_shift: return State::more;
    case Sequence::control: feed_control(byte); return State::more;
    case Sequence::escape:
      if (byte == '[') {
        parameters_.clear();
        sequence_ = Sequence::control;
        return State::more;
      }
      if (byte == 'O') {
        sequence_ = Sequence::single_shift;
        return State::more;
      }
      break;  // an escape key by itself; the byte counts
  }
  return feed_plain(byte);
}

SecretLine::State SecretLine::feed_plain(std::uint8_t byte) {
  if (byte == kEscape) {
    sequence_ = Sequence::escape;
    return State::more;
  }
  if (byte == kCtrlC) return State::cancelled;
  if (pasting_) {
    append(byte);
    return State::more;
  }
  if (byte == kCtrlD) return used_ == 0 ? State::cancelled : State::done;
  if (byte == '\n' || byte == '\r') return State::done;
  if (byte == kBackspace || byte == kDelete) {
    erase_last();
  } else if (byte == kCtrlU) {
    clear();
  } else {
    append(byte);
  }
  return State::more;
}

void SecretLine::feed_control(std::uint8_t byte) {
  const bool is_final = byte >= 0x40 && byte <= 0x7e;
  if (!is_final) {
    // Only the two markers matter; what is longer is swallowed unkept.
    if (parameters_.size() < 8) parameters_.push_back(static_cast<char>(byte));
    sequence_ = Sequence::control;
    return;
  }
  if (byte != '~') return;
  if (parameters_ == "200") pasting_ = true;
  if (parameters_ == "201") pasting_ = false;
}

void SecretLine::append(std::uint8_t byte) {
  if (used_ == limit_) {
    throw vault::Error(vault::ErrorCode::bad_input,
                       "more than " + std::to_string(limit_) + " bytes were typed or pasted");
  }
  if (used_ == buffer_.size()) {
    vault::SecretBytes larger(std::min(limit_, buffer_.size() * 2));
    std::ranges::copy(buffer_.reveal(), larger.writable().begin());
    buffer_ = std::move(larger);
  }
  buffer_.writable()[used_++] = byte;
}

void SecretLine::erase_last() noexcept {
  while (used_ > 0 && is_continuation(buffer_.writable()[used_ - 1])) --used_;
  if (used_ > 0) --used_;
}

void SecretLine::clear() noexcept {
  vault::wipe(buffer_.writable().data(), used_);
  used_ = 0;
}

vault::SecretString SecretLine::take() {
  buffer_.truncate(used_);
  used_ = 0;
  return vault::SecretString(std::move(buffer_));
}

}  // namespace cli
