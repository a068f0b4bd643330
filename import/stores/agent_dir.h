// SPDX-License-Identifier: Apache-2.0
#pragma once
// One agent's folder. For openclaw_state_dir.cpp only.

#include <filesystem>
#include <optional>

#include "vault/model/batch.h"

namespace formats {

// auth-profiles.json with auth-state.json over it, then what only auth.json has. Throws as the readers do, naming the
// file.
vault::AgentBatch read_openclaw_agent_files(const std::filesystem::path& folder, const vault::AgentName& agent);

// Adds to `batch` the profiles of `older` that it does not have. One that it has with other content is left out, with a
// warning (stale_copy) that names `source`.
void add_older_profiles(vault::AgentBatch& batch, std::vector<vault::ProfileDraft> older, const std::string& source);

// Adds the orders, last good profiles and usage of `older` that `batch` does not have.
void add_older_state(vault::AgentBatch& batch, vault::AgentBatch& older);

// The SQLite store, if there is one with something in it, together with the files beside it; `shared`: the other store
// of the agent main. Credentials in SQLite win whole: files beside them are only reported (stale_copy). A SQLite store
// without credentials has not taken over yet: then the files count, with a warning (half_migrated).
vault::AgentBatch read_openclaw_agent_dir(const std::filesystem::path& folder, const vault::AgentName& agent,
                                          std::optional<vault::AgentBatch> shared);

bool has_file(const std::filesystem::path& path) noexcept;
// The file's bytes for `read`; an Error of it gets the file's name.
template <class Read>
void with_file(const std::filesystem::path& path, Read read);

}  // namespace formats

#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

template <class Read>
void formats::with_file(const std::filesystem::path& path, Read read) {
  const auto bytes = vault::read_secret_file(path, kLargestJson, vault::Links::follow, vault::Privacy::any);
  try {
    read(vault::text_of(bytes.reveal()));
  } catch (const vault::Error& error) {
    throw vault::Error(error.code(), "'" + path.string() + "': " + error.what(), error.hint());
  }
}
