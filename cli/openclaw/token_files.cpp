// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/token_files.h"

#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/openclaw/provider_block.h"
#include "vault/access/slots.h"
#include "vault/base/atomic_file.h"

namespace cli {
namespace {

vault::TokenRequest request_for(const vault::AgentName& agent, bool inherits) {
  const bool shared = inherits && !agent.is_shared();
  return {agent, shared ? vault::SharedProfiles::readable : vault::SharedProfiles::excluded, std::nullopt};
}

}  // namespace

std::filesystem::path token_file(const std::filesystem::path& folder, const std::string& alias) {
  return folder / (alias + ".token");
}

std::vector<std::filesystem::path> make_token_files(vault::UnlockedVault& vault, const TokenFilesWanted& wanted) {
  std::vector<std::filesystem::path> made;
  vault::make_private_folders(wanted.folder);
  for (const auto& agent : wanted.agents) {
    const auto path = token_file(wanted.folder, provider_alias(wanted.alias, agent));
    if (::access(path.c_str(), F_OK) == 0) continue;
    auto writing = vault.write();
    const auto token = issue_token(writing, vault.keyring(), request_for(agent, wanted.inheriting.contains(agent)));
    vault::AtomicFile file(path, vault::Existing::refuse);
    file.write(token.reveal());
    file.write("\n");
    file.commit();
    try {
      writing.commit();
    } catch (...) {
      ::unlink(path.c_str());  // it opens nothing
      throw;
    }
    made.push_back(path);
  }
  return made;
}

}  // namespace cli
