// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a JSON Web Token says of itself. Nothing is verified: the signature is not looked at, so the claims are good for
// labels and expected end times and for no decision about trust.

#include <optional>
#include <string_view>

#include "import/json/secret_json.h"
#include "vault/base/clock.h"

namespace formats {

inline constexpr std::size_t kLongestJwt = std::size_t{64} << 10;

class JwtPayload {
 public:
  // Empty for a text of more than 64 KiB, or one whose middle part is not base64url of a JSON object.
  static std::optional<JwtPayload> of(std::string_view token);

  // Views into this object.
  std::optional<std::string_view> text(std::string_view claim) const noexcept;
  std::optional<JsonValue> find(std::string_view claim) const noexcept { return document_.root().find(claim); }
  // The claim "exp" as an instant; empty when there is none that a calendar could hold.
  std::optional<vault::Timestamp> expires() const;

 private:
  explicit JwtPayload(vault::SecretBytes bytes);
  vault::SecretBytes bytes_;  // names and addresses of people: wiped like a secret
  JsonDocument document_;
};

}  // namespace formats
