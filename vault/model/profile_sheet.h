// SPDX-License-Identifier: Apache-2.0
#pragma once
// The public part of a profile: all that list, status, order and which need. It is sealed like everything else,
// but it holds no secret, so whoever opens sheets only cannot spill one.

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "vault/base/clock.h"
#include "vault/base/ids.h"
#include "vault/model/credential_kind.h"
#include "vault/model/expiry.h"
#include "vault/model/secret_ref.h"

namespace vault {

// Eight bytes of a keyed hash over the secret: tells whether two secrets are the same, and nothing else.
using Fingerprint = std::array<std::uint8_t, 8>;

inline constexpr std::size_t kLongestLabel = 4096;     // bytes of an e-mail address, and of a display name
inline constexpr std::size_t kLongestExpiryText = 64;  // bytes of an expiry's own JSON text

struct ProfileSheet {
  ProfileId id;
  ProviderId provider;
  CredentialKind kind = CredentialKind::api_key;
  Expiry expiry{};
  std::optional<std::string> email{};  // verbatim, at most 4 KiB; so is the display name
  std::optional<std::string> display_name{};
  std::optional<SecretRef> key_ref{};
  std::optional<SecretRef> token_ref{};
  std::optional<bool> copy_to_agents{};  // OpenClaw's copyToAgents
  SecretFieldSet usable_fields{};        // secret fields that hold more than blanks
  bool setup_replacement = false;        // saved, but not active yet (OpenClaw's setup.replacement)
  bool malformed_key = false;            // the "key" is really an onboarding command line
  bool unresolved_oauth_ref = false;     // points into OpenClaw's encrypted sidecar, which we do not hold
  bool placeholder = false;              // a template's or a redaction's text stands where the secret should be

  // Kept by the vault: whatever a caller puts here is replaced when the profile is written.
  Timestamp created{};
  Timestamp updated{};
  std::uint64_t position = 0;  // order in which profiles were added; ties in ordering depend on it
  Revision secret_revision{};
  Fingerprint fingerprint{};

  bool operator==(const ProfileSheet&) const = default;
};

// The reference that stands for the secret: a key's or a token's. Null when there is none, and for a login.
const SecretRef* reference_of(const ProfileSheet& sheet) noexcept;
// Is that a reference back to a vault of ours? It is no credential here: nobody but the vault itself would answer it.
bool is_self_reference(const ProfileSheet& sheet) noexcept;

// bad_input, naming the member, when one is longer than it may be. Asked by whoever writes a sheet that people or
// programs have filled.
void require_bounds(const ProfileSheet& sheet);

}  // namespace vault
