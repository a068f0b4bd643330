// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/new_id.h"

#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

std::optional<ErrorCode> judged(const TestVault& vault, const AgentName& agent, const std::string& id) {
  return code_of([&] {
    return vault.read([&](Reading& reading) { return require_distinct_id(reading, agent, ProfileId(id)), 0; });
  });
}

// Fault D12, C10
TEST(NewIds, AreRefusedWhenOneThatIsThereLooksTheSame) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, "openai:caf\xC3\xA9", "sk-test-1");
  EXPECT_EQ(judged(vault, kMain, "openai:cafe\xCC\x81"), ErrorCode::already_exists);
  EXPECT_EQ(judged(vault, kWorker, "openai:cafe\xCC\x81"), ErrorCode::already_exists);
  EXPECT_EQ(judged(vault, kMain, "openai:caf\xC3\xA9"), std::nullopt);
  EXPECT_EQ(judged(vault, kMain, "openai:cafe"), std::nullopt);
}

TEST(NewIds, MayLookLikeTheOneTheyReplace) {
  TestVault vault;
  const ProfileId former("openai:cafe\xCC\x81");
  vault.put(kMain, former.text(), "sk-test-1");
  EXPECT_NO_THROW(vault.read([&](Reading& reading) {
    return require_distinct_id(reading, kMain, ProfileId("openai:caf\xC3\xA9"), &former), 0;
  }));
}

TEST(NewIds, AreRefusedWhenSomethingInThemCannotBeSeen) {
  TestVault vault;
  EXPECT_EQ(judged(vault, kMain, "openai:a "), ErrorCode::bad_input);
  EXPECT_EQ(judged(vault, kMain, "openai:a\xE2\x80\x8B"), ErrorCode::bad_input);
}

}  // namespace
}  // namespace vault::testing
