// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/one_agent.h"

namespace vault::testing {
namespace {

using KeyringTest = OneAgent;

AgentKeyring token_for(const AgentId& id, bool shared) {
  AgentKeyring token{id, AgentName("worker"), test_key<AgentKey>(2), std::nullopt};
  if (shared) token.shared = AgentKeyring::Shared{test_id<AgentId>(8), derive_read_keys(test_key<AgentKey>(3))};
  return token;
}

AgentRow row_of(const AgentId& id) { return {id, {}, {}, {}, {}}; }

TEST_F(KeyringTest, OfTheRootOpensEveryAgentsKey) {
  const auto row = *transaction_->agent(agent().id);
  EXPECT_TRUE(keyring_.holds_root());
  const auto keys = keyring_.keys_of(agent().vault, row);
  ASSERT_TRUE(keys && keys->write);
  EXPECT_EQ(copy_of(keys->read.sheet.reveal()), copy_of(agent().keys.read.sheet.reveal()));
}

// A01, A04: an agent's wrapped key belongs to one agent of one vault.
TEST_F(KeyringTest, OfTheRootRefusesAKeyThatWasMoved) {
  auto row = *transaction_->agent(agent().id);
  EXPECT_EQ(code_of([&] { return keyring_.agent_key(test_id<VaultId>(2), row); }), ErrorCode::damaged_record);
  row.id.bytes[0] ^= 1;
  EXPECT_EQ(code_of([&] { return keyring_.agent_key(agent().vault, row); }), ErrorCode::damaged_record);
  row.id.bytes[0] ^= 1;
  row.sealed_key.back() ^= 1;
  EXPECT_EQ(code_of([&] { return keyring_.keys_of(agent().vault, row); }), ErrorCode::damaged_record);
  EXPECT_EQ(
      code_of([&] { return Keyring(test_key<RootKey>(2)).agent_key(agent().vault, *transaction_->agent(agent().id)); }),
      ErrorCode::damaged_record);
}

TEST_F(KeyringTest, OfATokenCoversItsOwnAgentOnly) {
  const Keyring keyring(token_for(agent().id, false));
  EXPECT_FALSE(keyring.holds_root());
  EXPECT_TRUE(keyring.keys_of(agent().vault, row_of(agent().id))->write);
  EXPECT_FALSE(keyring.keys_of(agent().vault, row_of(test_id<AgentId>(8))));
}

TEST_F(KeyringTest, OfATokenReadsTheSharedAgentWhereItMayAndNeverWrites) {
  const Keyring keyring(token_for(agent().id, true));
  const auto shared = keyring.keys_of(agent().vault, row_of(test_id<AgentId>(8)));
  ASSERT_TRUE(shared);
  EXPECT_FALSE(shared->write);
  EXPECT_FALSE(keyring.keys_of(agent().vault, row_of(test_id<AgentId>(9))));
}

TEST_F(KeyringTest, OfATokenDoesNotPassForTheRoots) {
  const Keyring keyring(token_for(agent().id, true));
  EXPECT_EQ(code_of([&] { return keyring.root_keys().index.reveal()[0]; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return keyring.root().reveal()[0]; }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return keyring.agent_key(agent().vault, *transaction_->agent(agent().id)); }),
            ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return keyring_.token().name; }), ErrorCode::internal);
}

}  // namespace
}  // namespace vault::testing
