// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/adopt.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/custodies.h"
#include "vault/upkeep/examine.h"

namespace vault {
namespace {

void note_loss(Session& session, const AgentId& id, const std::optional<AgentName>& name, const RollbackMark& there,
               std::vector<Loss>& losses) {
  const auto mark = session.mark_of(id);
  if (compare(mark, there) == Freshness::fresh) return;
  losses.push_back({name, mark->generation - std::min(mark->generation, there.generation)});
}

std::vector<Loss> losses_in(Session& session) {
  session.keyring().root();
  session.require_current_keys();
  require_sound(examine(session, Depth::states));
  std::vector<Loss> losses;
  const auto& state = session.ledger().state();
  note_loss(session, AgentId{}, {}, {state.generation, state.digest}, losses);
  session.for_each_agent([&](OpenedAgent& agent) {
    const auto& own = agent.ledger.state();
    note_loss(session, agent.agent.id, agent.name(), {own.generation, own.digest}, losses);
  });
  return losses;
}

std::uint64_t raised(Session& session, const AgentId& agent, std::uint64_t there) {
  const auto mark = session.mark_of(agent);
  return std::max(there, mark ? mark->generation : 0) + kAdoptionLead;
}

}  // namespace

std::vector<Loss> plan_adoption(UnlockedVault& vault) {
  auto session = vault.session(Access::read, OldCopies::unchecked);
  return losses_in(session);
}

void adopt(UnlockedVault& vault, const std::vector<Loss>& agreed) {
  auto session = vault.session(Access::write, OldCopies::unchecked);
  if (losses_in(session) != agreed) {
    throw Error(ErrorCode::busy, "what is lost has changed meanwhile; nothing was changed", "try again");
  }
  require_sound(examine(session, Depth::everything));
  session.for_each_agent([&](OpenedAgent& agent) {
    agent.ledger.touch(raised(session, agent.agent.id, agent.ledger.state().generation));
  });
  doubt_owned_logins(session);
  auto& ledger = session.ledger();
  ledger.adopt(raised(session, AgentId{}, ledger.state().generation));
  ledger.put_settings(ledger.settings());
  ledger.notes().note(LogVerb::restored, LogSubject::vault, {});
  session.commit();
}

}  // namespace vault
