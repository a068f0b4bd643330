// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/vectors/frozen_case.h"
#include "vault/keys/key_file.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/upkeep/examine.h"
#include "vault/vault.h"

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

std::unique_ptr<Storage> storage_with(const FrozenCase& frozen) {
  auto storage = make_memory_storage();
  const auto transaction = storage->begin(Access::write);
  const auto words = words_of(frozen.text("vault"));
  transaction->put_vault_row({FrozenCase::id_of<VaultId>(words[0]), {}, hex(words[1]), hex(words[2]), false});
  const auto agent = agent_in(frozen);
  transaction->put_agent(agent);
  transaction->put_key_slot(slot_in(frozen));
  for (const auto& line : frozen.texts("record")) {
    const auto parts = words_of(line);
    const RecordKey key{agent.id, static_cast<RecordKind>(std::stoi(parts[0])), FrozenCase::id_of<Lookup>(parts[1])};
    transaction->put_record({key, hex(parts[2]), hex(parts[3])});
  }
  for (const auto& line : frozen.texts("log")) {
    const auto owner = FrozenCase::id_of<AgentId>(words_of(line)[0]);
    transaction->append_log(owner == AgentId{} ? LogOwner{} : LogOwner{owner}, hex(words_of(line)[1]));
  }
  transaction->commit();
  return storage;
}

std::vector<std::string> profiles_in(Reading& reading) {
  std::vector<std::string> found;
  reading.for_each_own_profile(AgentName::shared(), [&](const ProfileSheet& sheet, const Credential& credential) {
    found.push_back(sheet.id.text() + ' ' + std::string(credential.find(SecretField::key)->reveal()));
  });
  return found;
}

}  // namespace

// As export does it: unlock, read all; then as a writer begins, which judges agents and slots; and the logs.
std::string check_vault(const FrozenCase& frozen) {
  auto vault = Vault::open(storage_with(frozen)).unlock(KeyFileUnlocker(parse_key_file(frozen.text("key_file"))));
  {
    auto reading = vault.read();
    EXPECT_EQ(reading.agents().size(), 1U);
    const auto found = profiles_in(reading);
    if (frozen.text("expect") == "ok") {
      EXPECT_EQ(found, frozen.texts("profile"));
    }
  }
  EXPECT_EQ(vault.write().default_agent(), AgentName::shared());
  require_sound(examine(vault, Depth::states));
  return "ok";
}

}  // namespace vault::testing
