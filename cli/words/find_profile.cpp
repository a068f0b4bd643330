// SPDX-License-Identifier: Apache-2.0
#include "cli/words/find_profile.h"

#include <algorithm>

#include "cli/arguments/did_you_mean.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

[[noreturn]] void fail_not_found(vault::Reading& reading, const vault::AgentName& agent, const std::string& id) {
  std::vector<std::string> known;
  for (const auto& seen : reading.view(agent).profiles) known.push_back(seen.sheet.id.text());
  const auto near = nearest(id, known);
  throw vault::Error(vault::ErrorCode::not_found,
                     "agent " + in_quotes(agent.text()) + " sees no profile " + in_quotes(id),
                     near ? "did you mean " + in_quotes(*near) + "?" : "claviger list");
}

std::optional<std::string> nearest_provider(const vault::AgentView& view, const std::string& provider) {
  std::vector<std::string> known;
  for (const auto& one : view.providers()) known.push_back(one.text());
  return nearest(provider, known);
}

}  // namespace

bool knows_provider(const vault::AgentView& view, const std::string& provider) {
  const vault::ProviderId id(provider);
  const auto name = lookup_provider(id);
  const auto is_its = [&](const vault::SeenProfile& seen) { return lookup_provider(seen.sheet.provider) == name; };
  const auto has = [&](std::string_view variable) { return view.find_variable(variable) != nullptr; };
  return std::ranges::any_of(view.profiles, is_its) || std::ranges::any_of(vault::variables_of(name), has) ||
         view.order_of(id) != nullptr || view.default_order_of(id) != nullptr;
}

void fail_unknown_provider(const vault::AgentView& view, const std::string& provider) {
  const auto near = nearest_provider(view, provider);
  throw vault::Error(vault::ErrorCode::not_found,
                     "agent " + in_quotes(view.agent.name.text()) + " has nothing of provider " + in_quotes(provider),
                     near ? "did you mean " + in_quotes(*near) + "?" : "claviger list");
}

void refuse_misspelt_provider(const vault::AgentView& view, const std::string& provider) {
  const bool elsewhere_known = !vault::variables_of(lookup_provider(vault::ProviderId(provider))).empty();
  if (elsewhere_known || !view.damaged.empty() || knows_provider(view, provider)) return;
  if (nearest_provider(view, provider)) fail_unknown_provider(view, provider);
}

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
