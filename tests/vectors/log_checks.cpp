// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/vectors/frozen_case.h"
#include "vault/ledger/event_log.h"
#include "vault/storage/memory/memory_storage.h"

namespace vault::testing {
namespace {

Digest head_in(const FrozenCase& frozen) {
  Digest head{};
  const auto bytes = frozen.bytes("head");
  std::copy_n(bytes.begin(), head.size(), head.begin());
  return head;
}

std::string who(LoggedEntry::Proof proof) {
  return proof == LoggedEntry::Proof::right ? "root" : proof == LoggedEntry::Proof::none ? "self-reported" : "forged";
}

}  // namespace

std::string check_log(const FrozenCase& frozen) {
  const auto storage = make_memory_storage();
  const auto transaction = storage->begin(Access::write);
  const LogPlace place{frozen.id<VaultId>("vault"), frozen.id<AgentId>("agent")};
  for (const auto& row : frozen.texts("row")) transaction->append_log(place.owner, hex(row));
  const auto key = frozen.key<LogKey>("key"), proofs = frozen.key<LogKey>("proofs");
  const LogAnchor anchor{std::stoull(frozen.text("count")), std::stoull(frozen.text("folded")), head_in(frozen)};
  std::vector<std::string> names;
  const auto found = EventLog(*transaction, place, key, &proofs).read(anchor, [&](const LoggedEntry& logged) {
    names.push_back(logged.entry.names.at(0) + ' ' + who(logged.proof));
  });
  if (!found.whole) return "state_mismatch";
  EXPECT_EQ(names, frozen.texts("name"));
  return "ok";
}

}  // namespace vault::testing
