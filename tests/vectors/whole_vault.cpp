// SPDX-License-Identifier: Apache-2.0
#include "tests/vectors/whole_vault.h"

namespace vault::testing {
namespace {

KeySlot slot_in(const FrozenCase& frozen) {
  const auto words = words_of(frozen.text("slot"));
  KeySlot row;
  row.id = FrozenCase::id_of<SlotId>(words[0]);
  row.kind = SlotKind::key_file;
  row.commitment = hex(words[1]);
  row.wrapped = hex(words[2]);
  return row;
}

AgentRow agent_in(const FrozenCase& frozen) {
  const auto words = words_of(frozen.text("agent"));
  return {FrozenCase::id_of<AgentId>(words[0]), FrozenCase::id_of<Lookup>(words[1]), hex(words[2]), hex(words[3]),
          hex(words[4])};
}

}  // namespace

void put_whole_vault(const FrozenCase& frozen, Transaction& transaction) {
  const auto words = words_of(frozen.text("vault"));
  transaction.put_vault_row({FrozenCase::id_of<VaultId>(words[0]), {}, hex(words[1]), hex(words[2]), false});
  const auto agent = agent_in(frozen);
  transaction.put_agent(agent);
  transaction.put_key_slot(slot_in(frozen));
  for (const auto& line : frozen.texts("record")) {
    const auto parts = words_of(line);
    const RecordKey key{agent.id, static_cast<RecordKind>(std::stoi(parts[0])), FrozenCase::id_of<Lookup>(parts[1])};
    const auto secret = parts.size() > 3 ? std::optional(hex(parts[3])) : std::nullopt;
    transaction.put_record({key, hex(parts[2]), secret});
  }
  for (const auto& line : frozen.texts("log")) {
    const auto owner = FrozenCase::id_of<AgentId>(words_of(line)[0]);
    transaction.append_log(owner == AgentId{} ? LogOwner{} : LogOwner{owner}, hex(words_of(line)[1]));
  }
}

}  // namespace vault::testing
