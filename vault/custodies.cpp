// SPDX-License-Identifier: Apache-2.0
#include "vault/custodies.h"

#include <algorithm>

#include "vault/crypto/random.h"
#include "vault/seal/codec.h"

namespace vault {
namespace {

constexpr RecordKind kKinds[] = {RecordKind::custody};

std::vector<Custody> all_in(AgentLedger& ledger) {
  std::vector<Custody> all;
  ledger.scan_sheets(kKinds, [&](OpenRecord&& record) { all.push_back(decode_custody(record.sheet.reveal())); });
  std::ranges::sort(all, {}, &Custody::profile);
  return all;
}

void put(AgentLedger& ledger, const Custody& custody) {
  ledger.put(RecordKind::custody, custody.profile.text(), encode(custody), std::nullopt);
}

bool is_to_be_doubted(const Custody& custody) {
  return custody.owner == CustodyOwner::claviger &&
         (custody.state == CustodyState::settled || custody.state == CustodyState::claimed);
}

}  // namespace

std::optional<Custody> custody_of(Reading& reading, const AgentName& agent, const ProfileId& login) {
  const auto record = reading.session().open(agent).ledger.find(RecordKind::custody, login.text());
  return record ? std::optional(decode_custody(record->sheet.reveal())) : std::nullopt;
}

std::vector<Custody> custodies_of(Reading& reading, const AgentName& agent) {
  return all_in(reading.session().open(agent).ledger);
}

void put_custody(Writing& writing, const AgentName& agent, const Custody& custody) {
  require_bounds(custody);
  put(writing.session().open(agent).ledger, custody);
}

void doubt_owned_logins(Session& session) {
  session.for_each_agent([&](OpenedAgent& agent) {
    for (auto& custody : all_in(agent.ledger)) {
      if (!is_to_be_doubted(custody)) continue;
      custody.state = CustodyState::unknown;
      custody.claim = Claim{random_id<AttemptId>(), {}, session.now()};
      put(agent.ledger, custody);
    }
  });
}

}  // namespace vault
