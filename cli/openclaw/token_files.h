// SPDX-License-Identifier: Apache-2.0
#pragma once
// One token file an agent, in a folder of their own: what OpenClaw needs to ask for that agent's secrets and no others.

#include <filesystem>
#include <set>
#include <string>

#include "vault/base/ids.h"
#include "vault/vault.h"

namespace cli {

std::filesystem::path token_file(const std::filesystem::path& folder, const std::string& alias);

// Makes those that are not there, 0600 in a folder made 0700, each of them whole before its token counts: a token that
// could not be written down is taken back. Agents in `inheriting` may read main's profiles with theirs.
// denied without a key of the whole vault.
struct TokenFilesWanted {
  std::filesystem::path folder;
  std::string alias;  // of main's provider
  std::set<vault::AgentName> agents;
  std::set<vault::AgentName> inheriting;
};
std::vector<std::filesystem::path> make_token_files(vault::UnlockedVault& vault, const TokenFilesWanted& wanted);

}  // namespace cli
