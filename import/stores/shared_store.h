// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw 2026.9 keeps the profiles that all its agents share in state/openclaw.sqlite, out of reach of its own
// `secrets apply`. Here a secret in that store becomes a reference in place: everything else about the profile stays.

#include <filesystem>
#include <string>
#include <vector>

#include "vault/base/ids.h"
#include "vault/crypto/secret.h"
#include "vault/model/credential_kind.h"
#include "vault/model/secret_ref.h"

namespace formats {

struct SharedReplacement {
  vault::ProfileId id;
  vault::CredentialKind kind = vault::CredentialKind::api_key;  // key or token; of another kind it is left alone
  vault::SecretRef ref;
};

// The store's text with the profiles' secrets replaced; a profile that is not in it, or of another type, is left alone.
vault::SecretString with_references(std::string_view store_json, const std::vector<SharedReplacement>& replacements);

// Throws as read_openclaw_shared_db and foreign_database_rewrite.h. False: there was nothing to change.
bool replace_in_shared_store(const std::filesystem::path& database, const std::vector<SharedReplacement>& replacements);

}  // namespace formats
