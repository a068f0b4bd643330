// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent's profiles sorted by the provider they serve, once, so that asking provider after provider does not look at
// every profile again. Refers to the view, which must outlive it and stay as it is.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "vault/agent_view.h"

namespace vault {

class ProviderGroups {
 public:
  struct Group {
    std::vector<ProfileView> views;  // in the view's order
    std::vector<const SeenProfile*> profiles;
  };

  explicit ProviderGroups(const AgentView& view);

  const Group& of(const ProviderId& provider) const;   // an alias names the same group; empty for an unknown provider
  const SeenProfile* find(const ProfileId& id) const;  // null when there is none
  ResolvedOrder resolve(const ProviderId& provider, Timestamp now) const;  // as AgentView::resolve

 private:
  const AgentView& view_;
  std::map<std::string, Group> groups_;  // by look-up name
  std::unordered_map<std::string_view, ProfileView> by_id_;
  std::unordered_map<std::string_view, const SeenProfile*> seen_;
};

}  // namespace vault
