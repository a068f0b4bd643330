// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/searchable.h"

#include <algorithm>
#include <bitset>
#include <string>

#include "cli/matching/spellings.h"

namespace cli {
namespace {

constexpr std::size_t kFewestDifferentBytes = 4;
constexpr std::size_t kLongestOrdinary = 24;  // bytes, of a number or of plain words
constexpr std::string_view kSecretWords[] = {"KEY", "TOKEN", "SECRET", "PASS", "PWD", "CREDENTIAL", "AUTH", "COOKIE"};

bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool has(std::string_view text, bool (*kind)(char) noexcept) noexcept { return std::ranges::any_of(text, kind); }

std::size_t different_bytes(std::string_view value) noexcept {
  std::bitset<256> seen;
  for (const char c : value) seen.set(static_cast<unsigned char>(c));
  return seen.count();
}

bool speaks_of_a_secret(std::string_view name) noexcept {
  const auto upper = [](char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; };
  const auto same = [&](char left, char right) { return upper(left) == right; };
  return std::ranges::any_of(kSecretWords, [&](std::string_view word) {
    return std::search(name.begin(), name.end(), word.begin(), word.end(), same) != name.end();
  });
}

bool looks_random(std::string_view value) noexcept {
  return value.size() >= 20 && has(value, is_upper) && has(value, is_lower) && has(value, is_digit);
}

bool is_plain_address(std::string_view value) noexcept {
  return value.find("://") != value.npos && value.find_first_of("@?#") == value.npos;
}

bool is_ordinary(std::string_view value) noexcept {
  if (is_plain_address(value)) return true;
  if (looks_random(value)) return false;
  if (value.starts_with('/') || value.starts_with("~/") || value.starts_with("./")) return true;
  if (value.size() > kLongestOrdinary) return false;
  const bool letters = has(value, is_upper) || has(value, is_lower);
  return !letters || !has(value, is_digit);
}

}  // namespace

std::string_view words_for(Searchable judgement) noexcept {
  switch (judgement) {
    case Searchable::yes: return "";
    case Searchable::too_short: return "shorter than 8 bytes";
    case Searchable::too_common: return "too common";
  }
  return "";
}

Searchable judge_secret(std::string_view value) noexcept {
  if (value.size() < kShortestSearched) return Searchable::too_short;
  return different_bytes(value) < kFewestDifferentBytes ? Searchable::too_common : Searchable::yes;
}

Searchable judge_variable(std::string_view name, std::string_view value) noexcept {
  const auto judgement = judge_secret(value);
  if (judgement != Searchable::yes || speaks_of_a_secret(name)) return judgement;
  return is_ordinary(value) ? Searchable::too_common : Searchable::yes;
}

}  // namespace cli
