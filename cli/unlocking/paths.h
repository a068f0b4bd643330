// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the vault, its key file and its state lie when nothing else is said. Pure: no file is touched. XDG variables
// count only when absolute, HOME only when absolute and not "/": no vault ever lands in the root folder.

#include <filesystem>
#include <optional>
#include <string>

#include "cli/process/environment.h"
#include "cli/process/systemd_credential.h"
#include "vault/storage/place.h"

namespace cli {

// --vault, else CLAVIGER_VAULT, else $XDG_DATA_HOME/claviger/vault.db, else ~/.local/share/claviger/vault.db; a file is
// absolute. Throws usage when none of these says where, when it is empty, lies directly in "/", or has a scheme other
// than PostgreSQL's; and as parse_postgres_place().
vault::VaultPlace vault_place(const Environment& environment, const std::optional<std::string>& flag);
// The same for a place that an argument called `chosen_by` names.
vault::VaultPlace place_named(std::string_view text, std::string_view chosen_by);

// $XDG_CONFIG_HOME/claviger/vault.key. Empty when the environment names no home: there is no default then.
std::optional<std::filesystem::path> default_key_file(const Environment& environment);

// $XDG_STATE_HOME/claviger, the folder of generation marks and monitor state. Empty as above.
std::optional<std::filesystem::path> state_folder(const Environment& environment);

// 'path' for a sentence: safe, and whole at any length, since half a path is of no use to whoever must find the file.
std::string path_in_quotes(const std::filesystem::path& path);
std::string place_in_quotes(const vault::VaultPlace& place);

}  // namespace cli
