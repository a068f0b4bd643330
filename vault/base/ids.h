// SPDX-License-Identifier: Apache-2.0
#pragma once
// Names and numbers that must not be mixed up. Opaque ids are 16 random bytes (or a 16-byte keyed hash); the named
// ones are what people type.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace vault {

template <class Tag>
struct OpaqueId {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const OpaqueId&) const = default;
};

using VaultId = OpaqueId<struct VaultIdTag>;
using AgentId = OpaqueId<struct AgentIdTag>;
using SlotId = OpaqueId<struct SlotIdTag>;
using Lookup = OpaqueId<struct LookupTag>;      // keyed hash of a name: what rows are found by
using Revision = OpaqueId<struct RevisionTag>;  // fresh for every sealed field

// A profile's id: any 1 to 1024 bytes, verbatim. OpenClaw validates nothing here, so neither do we.
class ProfileId {
 public:
  explicit ProfileId(std::string text);  // throws bad_input when empty or too long
  const std::string& text() const noexcept { return text_; }
  // What stands before the first ':' (all of it when there is none): the provider by convention only.
  std::string_view conventional_provider() const noexcept;
  auto operator<=>(const ProfileId&) const = default;

 private:
  std::string text_;
};

// A provider as written, 1 to 256 bytes. Compared by its key: blanks around it trimmed, ASCII lower case
// (what the newest OpenClaw does; older aliases are policy's business).
class ProviderId {
 public:
  explicit ProviderId(std::string text);  // throws bad_input when blank or too long
  const std::string& text() const noexcept { return text_; }
  const std::string& key() const noexcept { return key_; }
  bool operator==(const ProviderId& other) const noexcept { return key_ == other.key_; }
  auto operator<=>(const ProviderId& other) const noexcept { return key_ <=> other.key_; }

 private:
  std::string text_;
  std::string key_;
};

// An agent's name: [a-z0-9][a-z0-9_-]{0,63}, lower-cased on the way in; or "@config", which no agent of OpenClaw's can
// be called: the vault's own place for the secrets of openclaw.json itself.
class AgentName {
 public:
  explicit AgentName(std::string_view text);  // throws bad_input for anything else
  // OpenClaw's rule for folder and config names: other characters become '-', ends stripped, cut to 64;
  // what is empty then is "main".
  static AgentName normalised(std::string_view text);
  static AgentName shared() { return AgentName("main"); }
  static AgentName config() { return AgentName("@config"); }
  const std::string& text() const noexcept { return text_; }
  bool is_shared() const noexcept { return text_ == "main"; }
  bool is_config() const noexcept { return text_ == "@config"; }
  auto operator<=>(const AgentName&) const = default;

 private:
  std::string text_;
};

// Trimmed as JavaScript's trim() does for ASCII and U+00A0/U+FEFF. The view lives as long as its argument.
std::string_view trimmed(std::string_view text) noexcept;
std::string ascii_lower(std::string_view text);

}  // namespace vault
