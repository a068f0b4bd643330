// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one agent sees: its own profiles, variables and usage, and beside them the shared agent's, unless it is
// isolated. Sheets only: no secret is opened to make one.

#include <map>
#include <vector>

#include "vault/damaged_record.h"
#include "vault/model/agent_sheet.h"
#include "vault/model/profile_sheet.h"
#include "vault/model/provider_order.h"
#include "vault/model/session_pin.h"
#include "vault/model/usage.h"
#include "vault/model/variable.h"
#include "vault/policy/order.h"

namespace vault {

struct SeenProfile {
  ProfileSheet sheet;
  AgentName owner;
  bool inherited = false;
  // Inherited, while a record of the agent's own does not open that may hide it: its secret is not given out.
  bool in_doubt = false;
};

struct SeenVariable {
  VariableSheet sheet;
  AgentName owner;
  bool inherited = false;
  // Inherited, while a record of the agent's own does not open that may hide it: its secret is not given out.
  bool in_doubt = false;
};

struct AgentView {
  AgentSheet agent;
  std::vector<SeenProfile> profiles;    // own first, each in the order it was added; an own id hides an inherited one
  std::vector<SeenVariable> variables;  // likewise
  std::vector<ProviderOrder> orders;    // by provider; an own order hides an inherited one
  std::vector<ProviderOrder> default_orders;
  std::map<ProfileId, UsageStats> usage;  // own over inherited
  std::vector<SessionPin> pins;           // own only
  std::vector<DamagedRecord> damaged;     // own and inherited records that do not open: they are in none of the above

  const SeenProfile* find(const ProfileId& id) const noexcept;
  const SeenVariable* find_variable(std::string_view name) const noexcept;
  // The explicit order for a provider, or null. Views into this object.
  const std::vector<ProfileId>* order_of(const ProviderId& provider) const noexcept;
  const std::vector<ProfileId>* default_order_of(const ProviderId& provider) const noexcept;
  std::vector<ProfileView> profile_views() const;  // in the order of `profiles`, pointing into this object
  // May a damaged order have said something else of this provider than the orders above?
  bool order_is_damaged(const ProviderId& provider) const;
  std::vector<ProviderId> providers() const;  // each once, sorted by key
  // Nothing where the order is damaged: it may have left out whatever would be used without it.
  ResolvedOrder resolve(const ProviderId& provider, Timestamp now, std::optional<ProfileId> preferred = {}) const;
};

}  // namespace vault
