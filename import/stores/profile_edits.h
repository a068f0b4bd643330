// SPDX-License-Identifier: Apache-2.0
#pragma once
// Profiles in OpenClaw's own texts and stores, changed where they stand: a secret becomes a reference or the reverse,
// and what is a reference already gets the date on which the credential ends. Everything else about a profile stays as
// it is.
//
// OpenClaw 2026.9 keeps the profiles that all its agents share in state/openclaw.sqlite, out of reach of its own
// `secrets apply`; no command of any OpenClaw changes a date.

#include <filesystem>
#include <string_view>
#include <vector>

#include "import/json/json_writer.h"
#include "vault/base/ids.h"
#include "vault/crypto/secret.h"
#include "vault/model/credential_kind.h"
#include "vault/model/expiry.h"
#include "vault/model/secret_ref.h"

namespace formats {

struct ProfileEdit {
  vault::ProfileId id;
  vault::CredentialKind kind = vault::CredentialKind::api_key;  // key or token; a profile of another type is left alone
  vault::SecretRef ref;
  // The secret that may go, blanks around it aside; another one is somebody's newer one, and stays. Null: none may go,
  // the profile must have the reference already. Lives as long as the edit.
  const vault::SecretString* replaces = nullptr;
  vault::Expiry expiry{};  // of a token; `invalid` leaves what stands there
  // Given: the way back. The profile must have the reference, and gets this secret in its place.
  const vault::SecretString* restores = nullptr;
  // Given: the reference that may go, in the place of a secret. Lives as long as the edit.
  const vault::SecretRef* instead_of = nullptr;
};

struct EditedProfiles {
  vault::SecretString text;              // empty when nothing was changed
  std::vector<vault::ProfileId> edited;  // in the text's order
};

// Throws bad_input for text that is no JSON.
EditedProfiles with_edits(std::string_view store_json, const std::vector<ProfileEdit>& edits, JsonLayout layout);

// In the store of all agents (state/openclaw.sqlite) or of one (openclaw-agent.sqlite). The comparison is made inside
// the transaction that writes. Returns what was changed. Throws as the readers of these stores and as rewrite_cell.
std::vector<vault::ProfileId> edit_shared_store(const std::filesystem::path& database,
                                                const std::vector<ProfileEdit>& edits);
std::vector<vault::ProfileId> edit_agent_store(const std::filesystem::path& database, const vault::AgentName& agent,
                                               const std::vector<ProfileEdit>& edits);

}  // namespace formats
