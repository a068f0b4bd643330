// SPDX-License-Identifier: Apache-2.0
#pragma once
// A pointer to a secret kept elsewhere, as OpenClaw writes it: {source, provider, id}.

#include <optional>
#include <string>

#include "vault/base/ids.h"

namespace vault {

struct SecretRef {
  std::string source;                   // "env", "file", "exec" or "store"
  std::optional<std::string> provider;  // absent: the source's default alias
  std::string id;
  bool operator==(const SecretRef&) const = default;
};

// Does the profile's reference lead back to a vault of ours, which then has the secret, or nobody has? So it is with
// an exec reference to a provider that is called claviger or claviger-<agent>, as wiring calls it, and under any other
// name when the id is one by which we serve this very profile: profile/<id>, or ref/<12 hex>, each with or without
// selector.
bool refers_to_claviger(const SecretRef& ref, const ProfileId& profile) noexcept;

}  // namespace vault
