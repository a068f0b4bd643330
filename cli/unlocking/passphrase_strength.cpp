// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/passphrase_strength.h"

#include <algorithm>
#include <cstdlib>

namespace cli {
namespace {

constexpr std::size_t kMostLookedAt = 256;  // bytes: enough for any verdict
constexpr int kGoodEnough = 50;             // bits: at a guess a millisecond, some thirty thousand years
constexpr double kWord = 11, kLetter = 4.7, kDigit = 3.3, kSign = 5, kExpected = 1, kBetweenWords = 1;

bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) noexcept { return is_lower(c) || is_upper(c); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_vowel(char c) noexcept { return std::string_view("aeiouyAEIOUY").find(c) != std::string_view::npos; }

// Lower case behind the first letter, and no four consonants in a row: somebody could have thought of it.
bool can_be_spoken(std::string_view letters) noexcept {
  int consonants = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && is_upper(letters[i]) && !is_upper(letters[i - 1])) return false;
    consonants = is_vowel(letters[i]) ? 0 : consonants + 1;
    if (consonants == 4) return false;
  }
  return true;
}

// The same as the one before, or the next of a row as the one before was: "aaaa", "1234", "9876".
bool is_expected(std::string_view text, std::size_t at) noexcept {
  if (at > 0 && text[at] == text[at - 1]) return true;
  return at > 1 && text[at] - text[at - 1] == text[at - 1] - text[at - 2] && std::abs(text[at] - text[at - 1]) == 1;
}

double bits_of_single(std::string_view text, std::size_t at) noexcept {
  if (is_expected(text, at)) return kExpected;
  if (is_letter(text[at])) return kLetter;
  if (is_digit(text[at])) return kDigit;
  return text[at] == ' ' || text[at] == '-' ? kBetweenWords : kSign;
}

}  // namespace

int guessing_bits(std::string_view passphrase) noexcept {
  passphrase = passphrase.substr(0, kMostLookedAt);
  double bits = 0;
  for (std::size_t at = 0; at < passphrase.size();) {
    const auto is_other = [](char c) { return !is_letter(c); };
    const auto end = std::find_if(passphrase.begin() + std::ptrdiff_t(at), passphrase.end(), is_other);
    const auto length = std::size_t(end - passphrase.begin()) - at;
    if (length < 3 || !can_be_spoken(passphrase.substr(at, length))) {
      bits += bits_of_single(passphrase, at++);
      continue;
    }
    double single = 0;
    for (std::size_t i = at; i < at + length; ++i) single += bits_of_single(passphrase, i);
    bits += std::min(kWord, single);
    at += length;
  }
  return static_cast<int>(std::min(bits, 1000.0));
}

std::optional<std::string> weakness_of(std::string_view passphrase) {
  const auto bits = guessing_bits(passphrase);
  if (bits >= kGoodEnough) return std::nullopt;
  const std::string_view how = bits < 20 ? "at once" : bits < 35 ? "easily" : "with patience";
  return "this passphrase can be guessed " + std::string(how) + " by whoever gets the file (about 2^" +
         std::to_string(bits) + " tries); six words chosen at random are much better";
}

}  // namespace cli
