// SPDX-License-Identifier: Apache-2.0
#include "cli/words/find_profile.h"

#include "cli/arguments/did_you_mean.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {
namespace {

[[noreturn]] void fail_not_found(vault::Reading& reading, const vault::AgentName& agent, const std::string& id) {
  std::vector<std::string> known;
  for (const auto& seen : reading.view(agent).profiles) known.push_back(seen.sheet.id.text());
  const auto near = nearest(id, known);
  throw vault::Error(vault::ErrorCode::not_found, "agent " + in_quotes(agent.text()) + " sees no profile " + in_quotes(id),
                     near ? "did you mean " + in_quotes(*near) + "?" : "claviger list");
}

}  // namespace

vault::SeenProfile require_profile(vault::Reading& reading, const vault::AgentName& agent, const std::string& id) {
  auto found = reading.find_profile(agent, vault::ProfileId(id));
  if (!found) fail_not_found(reading, agent, id);
  return std::move(*found);
}

vault::ProfileSheet require_own_profile(vault::Writing& writing, const vault::AgentName& agent, const std::string& id) {
  const auto found = require_profile(writing, agent, id);
  if (found.inherited) {
    throw vault::Error(vault::ErrorCode::denied,
                       in_quotes(id) + " is not agent " + in_quotes(agent.text()) + "'s own: it comes from " +
                           in_quotes(found.owner.text()),
                       "say --agent " + found.owner.text() + ", or copy it first");
  }
  return found.sheet;
}

}  // namespace cli
