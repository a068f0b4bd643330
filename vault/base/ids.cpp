// SPDX-License-Identifier: Apache-2.0
#include "vault/base/ids.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::size_t kLongestProfileId = 1024;
constexpr std::size_t kLongestProvider = 256;
constexpr std::size_t kLongestAgentName = 64;

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_name_character(char c) { return is_name_start(c) || c == '_' || c == '-'; }

// The blank at the front of `text`, in bytes: ASCII white space, or U+00A0 and U+FEFF in UTF-8.
std::size_t blank_at_front(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::size_t blank_at_back(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r')) return 1;
  if (text.ends_with("\xC2\xA0")) return 2;
  return text.ends_with("\xEF\xBB\xBF") ? 3 : 0;
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  while (const auto blank = blank_at_front(text)) text.remove_prefix(blank);
  while (const auto blank = blank_at_back(text)) text.remove_suffix(blank);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

ProfileId::ProfileId(std::string text) : text_(std::move(text)) {
  if (text_.empty()) throw Error(ErrorCode::bad_input, "a profile id cannot be empty");
  if (text_.size() > kLongestProfileId) {
    throw Error(ErrorCode::bad_input, "profile id too long: at most 1024 bytes");
  }
}

std::string_view ProfileId::conventional_provider() const noexcept {
  return std::string_view(text_).substr(0, text_.find(':'));
}

ProviderId::ProviderId(std::string text) : text_(std::move(text)), key_(ascii_lower(trimmed(text_))) {
  if (key_.empty()) throw Error(ErrorCode::bad_input, "a provider cannot be empty");
  if (text_.size() > kLongestProvider) throw Error(ErrorCode::bad_input, "provider too long: at most 256 bytes");
}

AgentName::AgentName(std::string_view text) : text_(ascii_lower(text)) {
  const bool legal = !text_.empty() && text_.size() <= kLongestAgentName && is_name_start(text_.front()) &&
                     std::all_of(text_.begin(), text_.end(), is_name_character);
  if (!legal && !is_config()) {
    throw Error(ErrorCode::bad_input, "not an agent name",
                "an agent's name is 1 to 64 of a-z, 0-9, '-' and '_', and starts with a letter or digit");
  }
}

AgentName AgentName::normalised(std::string_view text) {
  std::string name;
  for (const char c : ascii_lower(trimmed(text))) {
    if (is_name_character(c)) {
      name += c;
    } else if (name.empty() || name.back() != '-') {
      name += '-';
    }
  }
  // OpenClaw leaves '_' at the front; a name of ours does not start with one.
  const auto first = name.find_first_not_of("-_");
  if (first == std::string::npos) return shared();
  const auto last = name.find_last_not_of('-');
  return AgentName(std::string_view(name).substr(first, std::min(last - first + 1, kLongestAgentName)));
}

}  // namespace vault
