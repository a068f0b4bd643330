// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/vectors/whole_vault.h"
#include "vault/keys/key_file.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/upkeep/examine.h"
#include "vault/vault.h"

namespace vault::testing {
namespace {

std::unique_ptr<Storage> storage_with(const FrozenCase& frozen) {
  auto storage = make_memory_storage();
  const auto transaction = storage->begin(Access::write);
  put_whole_vault(frozen, *transaction);
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
