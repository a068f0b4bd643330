// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/provider_groups.h"

namespace vault {

ProviderGroups::ProviderGroups(const AgentView& view) : view_(view) {
  const auto views = view.profile_views();
  for (std::size_t i = 0; i < views.size(); ++i) {
    auto& group = groups_[lookup_provider(views[i].sheet->provider)];
    group.views.push_back(views[i]);
    group.profiles.push_back(&view.profiles[i]);
    by_id_.emplace(views[i].sheet->id.text(), views[i]);
    seen_.emplace(views[i].sheet->id.text(), &view.profiles[i]);
  }
}

const ProviderGroups::Group& ProviderGroups::of(const ProviderId& provider) const {
  static const Group none;
  const auto found = groups_.find(lookup_provider(provider));
  return found == groups_.end() ? none : found->second;
}

const SeenProfile* ProviderGroups::find(const ProfileId& id) const {
  const auto found = seen_.find(id.text());
  return found == seen_.end() ? nullptr : found->second;
}

ResolvedOrder ProviderGroups::resolve(const ProviderId& provider, Timestamp now) const {
  if (view_.order_is_damaged(provider)) return {};
  OrderQuestion question{.provider = provider,
                         .profiles = {},
                         .agent_order = view_.order_of(provider),
                         .default_order = view_.default_order_of(provider)};
  auto views = of(provider).views;
  // An order may name profiles of other providers, which are there but do not fit.
  const auto name = lookup_provider(provider);
  for (const auto* const order : {question.agent_order, question.default_order}) {
    if (order == nullptr) continue;
    for (const auto& id : *order) {
      const auto named = by_id_.find(id.text());
      if (named != by_id_.end() && lookup_provider(named->second.sheet->provider) != name)
        views.push_back(named->second);
    }
  }
  question.profiles = views;
  return resolve_order(question, now);
}

}  // namespace vault
