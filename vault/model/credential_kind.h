// SPDX-License-Identifier: Apache-2.0
#pragma once
// The three kinds of credential that OpenClaw stores, and which of their members are secret.

#include <cstdint>
#include <optional>
#include <string_view>

namespace vault {

enum class CredentialKind : std::uint8_t { api_key = 1, token = 2, oauth = 3 };  // persistent: never renumber

enum class SecretField : std::uint8_t { key = 0, token = 1, access = 2, refresh = 3, id_token = 4 };  // persistent
inline constexpr SecretField kSecretFields[] = {SecretField::key, SecretField::token, SecretField::access,
                                                SecretField::refresh, SecretField::id_token};

std::string_view name_of(CredentialKind kind) noexcept;  // "api_key", "token", "oauth"
std::string_view name_of(SecretField field) noexcept;    // "key", "token", "access", "refresh", "idToken"
std::optional<CredentialKind> kind_named(std::string_view name) noexcept;
std::optional<SecretField> field_named(std::string_view name) noexcept;

// The field that stands for the credential when none is named: key, token, access.
SecretField main_field(CredentialKind kind) noexcept;

// A set of secret fields; one bit each, persistent.
class SecretFieldSet {
 public:
  SecretFieldSet() = default;
  explicit SecretFieldSet(std::uint8_t bits) noexcept : bits_(bits) {}
  void insert(SecretField field) noexcept { bits_ |= bit(field); }
  bool contains(SecretField field) const noexcept { return (bits_ & bit(field)) != 0; }
  bool empty() const noexcept { return bits_ == 0; }
  std::uint8_t bits() const noexcept { return bits_; }
  bool operator==(const SecretFieldSet&) const = default;

 private:
  static std::uint8_t bit(SecretField field) noexcept { return std::uint8_t(1U << unsigned(field)); }
  std::uint8_t bits_ = 0;
};

}  // namespace vault
