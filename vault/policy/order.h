// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which profile of a provider is tried first, which next, and why the others are not tried at all.

#include <optional>
#include <span>
#include <vector>

#include "vault/model/provider_order.h"
#include "vault/policy/rules.h"

namespace vault {

enum class OrderSource { selected_automatically, agent_order, default_order, pin };
std::string_view name_of(OrderSource source) noexcept;  // "selected automatically", "agent order", ...

struct OrderQuestion {
  ProviderId provider;
  std::span<const ProfileView> profiles;                // all the agent sees, in insertion order, own before inherited
  const std::vector<ProfileId>* agent_order = nullptr;  // the agent's explicit order; wins whole over the default
  const std::vector<ProfileId>* default_order = nullptr;  // of either, an empty one means: use nothing
  std::span<const DeclaredProfile> declared = {};         // configuration entries, in its order
  std::optional<ProfileId> preferred{};                   // a session's pin
};

struct Candidate {
  const ProfileSheet* sheet = nullptr;
  std::optional<Timestamp> unusable_until;  // cooling down: behind all that are not
};

// What the order (or, without one, the declared profiles) leaves out is excluded_by_auth_order, whatever else may be
// wrong with it: so a profile that the order names is never marked so, and one that it does not name always is.
struct Exclusion {
  ProfileId id;
  Reason reason = Reason::ok;
};

struct ResolvedOrder {
  OrderSource source = OrderSource::selected_automatically;
  bool repaired = false;              // the agent's order or the declared profiles named none that exists: not used
  std::vector<Candidate> candidates;  // best first
  std::vector<Exclusion> excluded;    // each other profile of the provider, and each stale id of the order
  const ProfileSheet* next() const noexcept { return candidates.empty() ? nullptr : candidates.front().sheet; }
};

ResolvedOrder resolve_order(const OrderQuestion& question, Timestamp now);

}  // namespace vault
