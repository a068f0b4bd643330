// SPDX-License-Identifier: Apache-2.0
// One member of the JSON object. By hand, as nothing but strings is needed and no copy may stay behind.

#include "import/dotenv/dialects.h"
#include "vault/base/encoding.h"

namespace formats {
namespace {

void append_string(SecretBuffer& out, std::string_view text) {
  constexpr std::string_view kPlain = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  constexpr std::string_view kDigits = "0123456789abcdef";
  out.append('"');
  for (const char c : text) {
    if (const auto place = kPlain.find(c); place != std::string_view::npos) {
      out.append('\\');
      out.append(kLetters[place]);
    } else if (c >= '\0' && c < ' ') {
      out.append("\\u00");
      out.append(kDigits[static_cast<std::size_t>(c) >> 4]);
      out.append(kDigits[static_cast<std::size_t>(c) & 15]);
    } else {
      out.append(c);
    }
  }
  out.append('"');
}

}  // namespace

Obstacle append_json(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (!vault::is_utf8(value)) return "it is not UTF-8";
  out.append("  ");
  append_string(out, name);
  out.append(": ");
  append_string(out, value);
  return {};
}

}  // namespace formats
