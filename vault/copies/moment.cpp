// SPDX-License-Identifier: Apache-2.0
#include "vault/copies/moment.h"

#include <algorithm>
#include <charconv>
#include <time.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/file.h"

namespace vault {
namespace {

using std::chrono::milliseconds;

constexpr char kBootId[] = "/proc/sys/kernel/random/boot_id";

BootId this_boot() {
  BootId boot{};
  try {
    const auto file = open_regular_file(kBootId, Links::refuse, Privacy::any);
    std::string text(64, '\0');
    text.resize(read_up_to(file.descriptor.get(), {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
    std::erase_if(text, [](char c) { return c == '-' || c == '\n'; });
    const auto bytes = from_hex(text);
    if (bytes && bytes->size() == boot.size()) std::ranges::copy(*bytes, boot.begin());
  } catch (const Error&) {
    // It is not known, then.
  }
  return boot;
}

std::int64_t milliseconds_since_boot() noexcept {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

std::optional<milliseconds> difference(std::int64_t then, std::int64_t now) noexcept {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(now, then, &result) || result < 0) return std::nullopt;
  return milliseconds(result);
}

std::string_view take_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

bool read_number(std::string_view word, std::int64_t& into) {
  const auto read = std::from_chars(word.data(), word.data() + word.size(), into);
  return read.ec == std::errc{} && read.ptr == word.data() + word.size();
}

}  // namespace

Moment moment_now() { return {system_now(), this_boot(), milliseconds_since_boot()}; }

std::optional<milliseconds> age_of(const Moment& then, const Moment& now) noexcept {
  if (then.boot == now.boot && then.boot != BootId{}) return difference(then.ms_since_boot, now.ms_since_boot);
  return difference(then.wall.ms, now.wall.ms);
}

bool is_younger(const Moment& then, const Moment& now, milliseconds limit) noexcept {
  const auto age = age_of(then, now);
  return age && *age < limit;
}

std::string to_text(const Moment& moment) {
  return std::to_string(moment.wall.ms) + ' ' + to_hex(moment.boot) + ' ' + std::to_string(moment.ms_since_boot);
}

std::optional<Moment> moment_in(std::string_view text) {
  Moment moment;
  const bool has_wall = read_number(take_word(text), moment.wall.ms);
  const auto boot = from_hex(take_word(text));
  const bool has_rest = read_number(take_word(text), moment.ms_since_boot) && text.empty();
  if (!has_wall || !boot || boot->size() != moment.boot.size() || !has_rest) return std::nullopt;
  std::ranges::copy(*boot, moment.boot.begin());
  return moment;
}

}  // namespace vault
