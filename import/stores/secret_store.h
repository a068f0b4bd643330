// SPDX-License-Identifier: Apache-2.0
#pragma once
// The secrets store of OpenClaw 2026.9 (`openclaw secrets store`): the table secret_store_entries of
// state/openclaw.sqlite, one for the whole state directory, every value in plain text. Seen in 2026.9.6:
//
// A name is [A-Z][A-Z0-9_]{0,127}. Kind `env` is given to the commands that agents run; kind `secret` to nobody but
// references, {source: "store", provider: "default", id: NAME}, in openclaw.json and in profiles, where an exec
// reference can take its place. Rows of scope `identity`, and the names github-{setup,device,oauth}-<32 hex>, are
// connections that OpenClaw made and renews itself. A removed entry keeps its row and its value for 30 days
// (deleted_at_ms); OpenClaw has no command that does away with it earlier.

#include <filesystem>
#include <vector>

#include "vault/model/batch.h"

namespace formats {

struct SecretStoreReading {
  std::vector<vault::VariableDraft> variables;    // of kind env
  std::vector<vault::ConfigSecretDraft> secrets;  // of kind secret, by the path secrets.store.<NAME>
  // store_removed (the removed ones, by name), store_connection (OpenClaw's own: left), store_entry (one that cannot be
  // taken, with the reason in its text), placeholder.
  std::vector<vault::ImportWarning> warnings;
};

// In the order of their names; empty for a database without such a table. Throws as read_openclaw_shared_db does, and
// bad_input for more than 4096 entries.
SecretStoreReading read_openclaw_secret_store(const std::filesystem::path& path);

}  // namespace formats
