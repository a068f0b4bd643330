// SPDX-License-Identifier: Apache-2.0
#include "vault/model/variable.h"

#include <algorithm>

namespace vault {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_variable_name(std::string_view name) noexcept {
  const auto legal = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-'; };
  return !name.empty() && name.size() <= 256 && std::all_of(name.begin(), name.end(), legal);
}

bool is_shell_variable_name(std::string_view name) noexcept {
  const auto legal = [](char c) { return is_letter(c) || is_digit(c) || c == '_'; };
  return is_variable_name(name) && !is_digit(name.front()) && std::all_of(name.begin(), name.end(), legal);
}

}  // namespace vault
