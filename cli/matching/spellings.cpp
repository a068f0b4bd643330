// SPDX-License-Identifier: Apache-2.0
#include "cli/matching/spellings.h"

#include <algorithm>
#include <string>

#include "vault/base/encoding.h"
#include "vault/crypto/secret_text.h"

namespace cli {
namespace {

using Text = std::basic_string<char, std::char_traits<char>, vault::WipingAllocator<char>>;

constexpr std::size_t kLongestInAllForms = std::size_t{64} << 10;
constexpr std::size_t kShortestLine = 32;
constexpr std::string_view kLowerDigits = "0123456789abcdef", kUpperDigits = "0123456789ABCDEF";

// Never so small that it lies in the object itself, where nobody wipes it.
Text roomy(std::size_t size) {
  Text text;
  text.reserve(std::max<std::size_t>(size, 64));
  return text;
}

void append_code(Text& text, std::string_view front, char c, std::string_view digits) {
  text += front;
  text += digits[static_cast<std::uint8_t>(c) >> 4];
  text += digits[static_cast<std::uint8_t>(c) & 15];
}

enum class Slashes { plain, escaped };

// Between the quotes of a JSON string. Some writers escape the slash as well.
Text in_json(std::string_view secret, Slashes slashes) {
  constexpr std::string_view kPlain = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt";
  Text text = roomy(secret.size() * 2);
  for (const char c : secret) {
    const auto at = kPlain.find(c);
    if (at != kPlain.npos) {
      text += '\\';
      text += kLetters[at];
    } else if (static_cast<std::uint8_t>(c) < 0x20) {
      append_code(text, "\\u00", c, kLowerDigits);
    } else {
      if (c == '/' && slashes == Slashes::escaped) text += '\\';
      text += c;
    }
  }
  return text;
}

// `spared` stand as they are, beside letters and digits.
Text in_url(std::string_view secret, std::string_view spared, std::string_view digits) {
  Text text = roomy(secret.size() * 3);
  for (const char c : secret) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || spared.find(c) != spared.npos) {
      text += c;
    } else {
      append_code(text, "%", c, digits);
    }
  }
  return text;
}

// What stays the same whatever stands before and behind, when `shift` bytes (modulo 3) stand before.
Text in_base64(std::string_view secret, std::size_t shift) {
  constexpr std::size_t kTouched[] = {0, 2, 3};  // characters that bytes before have a part in
  vault::SecretBytes bytes(shift + secret.size());
  std::ranges::copy(vault::bytes_of(secret), bytes.writable().begin() + static_cast<std::ptrdiff_t>(shift));
  const auto whole = vault::to_base64(bytes.reveal(), vault::Base64::standard);
  const std::size_t end = bytes.size() * 8 / 6;
  Text text = roomy(end);
  text += whole.reveal().substr(kTouched[shift], end - kTouched[shift]);
  return text;
}

void take_lines(std::string_view secret, const TakeSpelling& take) {
  if (!secret.starts_with("-----BEGIN")) return;
  while (!secret.empty()) {
    auto line = secret.substr(0, secret.find('\n'));
    secret.remove_prefix(std::min(line.size() + 1, secret.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() >= kShortestLine && line.find(' ') == line.npos) take(Spelling::line, line);
  }
}

}  // namespace

std::string_view name_of(Spelling spelling) noexcept {
  switch (spelling) {
    case Spelling::raw: return "raw";
    case Spelling::json: return "json";
    case Spelling::base64: return "base64";
    case Spelling::base64url: return "base64url";
    case Spelling::url: return "url";
    case Spelling::line: return "line";
  }
  return "";
}

void for_each_spelling(std::string_view secret, const TakeSpelling& take) {
  if (secret.size() < kShortestSearched) return;
  take(Spelling::raw, secret);
  for (const auto slashes : {Slashes::plain, Slashes::escaped}) take(Spelling::json, in_json(secret, slashes));
  if (secret.size() > kLongestInAllForms) return;
  for (const std::size_t shift : {0U, 1U, 2U}) {
    Text text = in_base64(secret, shift);
    if (text.size() < kShortestSearched) continue;
    take(Spelling::base64, text);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    take(Spelling::base64url, text);
  }
  for (const auto digits : {kUpperDigits, kLowerDigits}) {
    for (const std::string_view spared : {"-._~", "-._~!'()*"}) take(Spelling::url, in_url(secret, spared, digits));
  }
  take_lines(secret, take);
}

}  // namespace cli
