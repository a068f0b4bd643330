// SPDX-License-Identifier: Apache-2.0
#include "import/logins/jwt_payload.h"

#include "import/openclaw/entry.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace formats {
namespace {

int digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-' || c == '+') return 62;
  return c == '_' || c == '/' ? 63 : -1;
}

std::optional<std::string_view> middle_part(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (token.size() > kLongestJwt || second == std::string_view::npos) return std::nullopt;
  auto part = token.substr(first + 1, second - first - 1);
  while (part.ends_with('=')) part.remove_suffix(1);
  return part;
}

std::optional<vault::SecretBytes> decoded(std::string_view text) {
  vault::SecretBytes bytes(text.size() * 3 / 4);
  std::size_t used = 0;
  std::uint32_t gathered = 0;
  int bits = 0;
  for (const char c : text) {
    const int digit = digit_of(c);
    if (digit < 0) return std::nullopt;
    gathered = (gathered << 6) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.writable()[used++] = static_cast<std::uint8_t>((gathered >> bits) & 0xff);
  }
  bytes.truncate(used);
  return bytes;
}

}  // namespace

JwtPayload::JwtPayload(vault::SecretBytes bytes)
    : bytes_(std::move(bytes)), document_(vault::text_of(bytes_.reveal())) {}

std::optional<JwtPayload> JwtPayload::of(std::string_view token) {
  const auto part = middle_part(token);
  auto bytes = part ? decoded(*part) : std::nullopt;
  if (!bytes) return std::nullopt;
  try {
    JwtPayload payload(std::move(*bytes));
    if (!payload.document_.root().is(JsonKind::object)) return std::nullopt;
    return payload;
  } catch (const vault::Error&) {
    return std::nullopt;
  }
}

std::optional<std::string_view> JwtPayload::text(std::string_view claim) const noexcept {
  return document_.root().find_string(claim);
}

std::optional<vault::Timestamp> JwtPayload::expires() const {
  const auto claim = find("exp");
  if (!claim || !claim->is(JsonKind::number)) return std::nullopt;
  const auto seconds = read_expiry(*claim);
  if (seconds.form != vault::Expiry::Form::at || seconds.time.ms <= 0) return std::nullopt;
  if (seconds.time.ms > vault::kLastTimestamp.ms / 1000) return std::nullopt;
  return vault::Timestamp{seconds.time.ms * 1000};
}

}  // namespace formats
