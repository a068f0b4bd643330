// SPDX-License-Identifier: Apache-2.0
#include "vault/agent_view.h"

#include <algorithm>
#include <set>

namespace vault {
namespace {

const std::vector<ProfileId>* find_order(const std::vector<ProviderOrder>& orders,
                                         const ProviderId& provider) noexcept {
  const std::string wanted = lookup_provider(provider);
  const ProviderOrder* exact = nullptr;
  const ProviderOrder* alias = nullptr;
  for (const auto& order : orders) {
    if (!order.ids) continue;
    if (order.provider.key() == wanted) exact = &order;
    if (alias == nullptr && lookup_provider(order.provider) == wanted) alias = &order;
  }
  const ProviderOrder* found = exact != nullptr ? exact : alias;
  return found == nullptr ? nullptr : &*found->ids;
}

}  // namespace

const SeenProfile* AgentView::find(const ProfileId& id) const noexcept {
  const auto found =
      std::ranges::find(profiles, id, [](const SeenProfile& seen) -> const ProfileId& { return seen.sheet.id; });
  return found == profiles.end() ? nullptr : &*found;
}

const SeenVariable* AgentView::find_variable(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(variables, [&](const SeenVariable& seen) { return seen.sheet.name == name; });
  return found == variables.end() ? nullptr : &*found;
}

const std::vector<ProfileId>* AgentView::order_of(const ProviderId& provider) const noexcept {
  return find_order(orders, provider);
}

const std::vector<ProfileId>* AgentView::default_order_of(const ProviderId& provider) const noexcept {
  return find_order(default_orders, provider);
}

std::vector<ProfileView> AgentView::profile_views() const {
  std::vector<ProfileView> views;
  views.reserve(profiles.size());
  for (const auto& seen : profiles) {
    const auto stats = usage.find(seen.sheet.id);
    views.push_back({&seen.sheet, stats == usage.end() ? nullptr : &stats->second});
  }
  return views;
}

bool AgentView::order_is_damaged(const ProviderId& provider) const {
  return std::ranges::any_of(damaged, [&](const DamagedRecord& record) {
    if (record.kind != RecordKind::order && record.kind != RecordKind::default_order) return false;
    return !record.name || lookup_provider(ProviderId(*record.name)) == lookup_provider(provider);
  });
}

std::vector<ProviderId> AgentView::providers() const {
  std::set<ProviderId> found;
  for (const auto& seen : profiles) found.insert(seen.sheet.provider);
  return {found.begin(), found.end()};
}

ResolvedOrder AgentView::resolve(const ProviderId& provider, Timestamp now, std::optional<ProfileId> preferred) const {
  if (order_is_damaged(provider)) return {};
  const auto views = profile_views();
  return resolve_order({.provider = provider,
                        .profiles = views,
                        .agent_order = order_of(provider),
                        .default_order = default_order_of(provider),
                        .declared = {},
                        .preferred = std::move(preferred)},
                       now);
}

}  // namespace vault
