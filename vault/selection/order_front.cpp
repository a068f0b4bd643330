// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/order_front.h"

namespace vault {
namespace {

// The record under the provider's own name; a new one where there is none.
void put_own(Writing& writing, const AgentName& agent, const ProviderId& provider, const std::vector<ProfileId>& ids) {
  auto order = writing.own_order(agent, provider).value_or(ProviderOrder{provider});
  order.ids = ids;
  writing.put_order(agent, order);
}

void put_default(Writing& writing, const ProviderId& provider, const std::vector<ProfileId>& ids) {
  auto order = writing.default_order(provider).value_or(ProviderOrder{provider});
  order.ids = ids;
  writing.put_default_order(order);
}

}  // namespace

std::optional<std::vector<ProfileId>> move_to_front(Writing& writing, const AgentName& agent,
                                                    const ProviderId& provider, const ProfileId& id) {
  const auto view = writing.view(agent);
  const auto* const by_agent = view.order_of(provider);
  const auto* const in_force = by_agent != nullptr ? by_agent : view.default_order_of(provider);
  if (in_force == nullptr || (!in_force->empty() && in_force->front() == id)) return std::nullopt;
  std::vector<ProfileId> ids{id};
  for (const auto& other : *in_force) {
    if (other != id) ids.push_back(other);
  }
  if (by_agent == nullptr && agent.is_shared()) {
    put_default(writing, provider, ids);
  } else {
    put_own(writing, agent, provider, ids);
  }
  return ids;
}

}  // namespace vault
