// SPDX-License-Identifier: Apache-2.0
#pragma once
// One credential of an OpenClaw document <-> one profile. For the readers of this room only.

#include <optional>
#include <string_view>
#include <vector>

#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "vault/model/batch.h"

namespace formats {

// What the document around an entry settles for it.
struct EntryRules {
  std::string_view default_provider{};  // for an entry that names none; empty: such an entry is rejected
  bool infer_kind = false;              // flat files: an entry without a type has that of the members it has
  std::optional<vault::CredentialKind> default_kind{};  // oauth.json
};

// The entry as a profile, with every member we have no name for in Credential::foreign. Empty when it was rejected;
// why, and whatever else is worth a look, is added to `warnings`.
std::optional<vault::ProfileDraft> read_openclaw_entry(std::string_view id, JsonValue entry, const EntryRules& rules,
                                                       std::vector<vault::ImportWarning>& warnings);

// A profile in the making.
struct EntryBuilder {
  vault::ProfileDraft draft;
  JsonValue entry;
  std::vector<vault::ImportWarning>* warnings;
  void warn(std::string reason, std::string text);
};

// Takes what the model has a name for and returns true; false: the member is to be kept as it is.
bool take_openclaw_member(EntryBuilder& builder, JsonValue member);

// {source, provider?, id} and nothing else; empty for any other value.
std::optional<vault::SecretRef> read_secret_ref(JsonValue value);

// `expires`, in milliseconds; fractions are rounded up. `invalid` without a text: too long to be kept here.
vault::Expiry read_expiry(JsonValue value);

// At most 64 bytes of a name, cut between characters: enough to find it by.
std::string shortened(std::string_view name);

}  // namespace formats
