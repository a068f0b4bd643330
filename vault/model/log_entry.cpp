// SPDX-License-Identifier: Apache-2.0
#include "vault/model/log_entry.h"

#include "vault/base/code_points.h"
#include "vault/base/encoding.h"

namespace vault {
namespace {

constexpr std::string_view kCut = "...";

void append_escaped(std::string& text, std::string_view bytes) {
  for (const char byte : bytes) {
    const auto value = static_cast<std::uint8_t>(byte);
    text += "\\x" + to_hex(ByteView(&value, 1));
  }
}

}  // namespace

// 15: the kinds that newer programs may have, too.
bool is_log_subject(std::uint8_t number) noexcept {
  return (number >= std::uint8_t(LogSubject::profile) && number < std::uint8_t(LogSubject::vault)) ||
         (number >= std::uint8_t(LogSubject::vault) && number <= std::uint8_t(LogSubject::log_of_reads));
}

LogSubject log_subject(SlotKind kind) noexcept {
  switch (kind) {
    case SlotKind::passphrase: return LogSubject::passphrase;
    case SlotKind::key_file: return LogSubject::key_file;
    case SlotKind::recovery: return LogSubject::recovery_code;
    case SlotKind::agent_token: return LogSubject::token;
  }
  return LogSubject::keys;
}

std::string log_text(std::string_view text, std::size_t longest) {
  std::string kept;
  std::size_t whole = 0;  // what may stay when the rest is cut
  for (std::string_view rest = text; !rest.empty() && kept.size() <= longest;) {
    const CodePoint point = first_code_point(rest);
    if (kept.size() + kCut.size() <= longest) whole = kept.size();
    if (point.valid && !is_control(point.value)) {
      kept += rest.substr(0, point.size);
    } else {
      append_escaped(kept, rest.substr(0, point.size));
    }
    rest.remove_prefix(point.size);
  }
  if (kept.size() <= longest) return kept;
  return kept.substr(0, whole).append(kCut);
}

bool is_log_text(std::string_view text, std::size_t longest) noexcept {
  if (text.size() > longest) return false;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (!point.valid || is_control(point.value)) return false;
    text.remove_prefix(point.size);
  }
  return true;
}

}  // namespace vault
