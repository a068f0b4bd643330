// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/kept_keyring.h"
#include "vault/slots.h"

namespace vault::testing {
namespace {

class KeptKeyrings : public ::testing::Test {
 protected:
  KeptKeyrings() {
    vault_.add_agent(kWorker);
    vault_.add_agent(kOther, Inheritance::isolated);
    vault_.put(kMain, "shared", "sk-test-shared");
    vault_.put(kWorker, "own", "sk-test-own");
    vault_.put(kOther, "hidden", "sk-test-hidden");
  }
  // As the next command finds it.
  UnlockedVault again(const Keyring& kept) const {
    return vault_.locked().unlock(keyring_from_bytes(to_bytes(kept).reveal()));
  }
  std::optional<ErrorCode> reading_bytes(const Bytes& bytes) const {
    return code_of([&] { return keyring_from_bytes(bytes); });
  }
  TestVault vault_;
};

TEST_F(KeptKeyrings, OfTheRootOpenEverything) {
  auto opened = vault_.open();
  auto kept = again(kept_root(opened));
  EXPECT_TRUE(kept.holds_root());
  auto reading = kept.read();
  EXPECT_EQ(TestVault::key_in(reading, kOther, "hidden"), "sk-test-hidden");
}

TEST_F(KeptKeyrings, OfALinkedAgentOpenItsOwnAndReadTheShared) {
  auto opened = vault_.open();
  auto kept = again(kept_for_agent(opened, kWorker));
  EXPECT_FALSE(kept.holds_root());
  EXPECT_LE(to_bytes(kept.keyring()).size(), kLongestKeptKeyring);
  {
    auto reading = kept.read();
    EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
    EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), "sk-test-shared");
    EXPECT_EQ(code_of([&] { return reading.view(kOther); }), ErrorCode::not_found);
  }
  auto writing = kept.write();
  EXPECT_EQ(code_of([&] { return writing.put_profile(kMain, sheet_of("x"), key_credential("sk-test-x")); }),
            ErrorCode::denied);
}

TEST_F(KeptKeyrings, OfAnIsolatedAgentReadNothingShared) {
  auto opened = vault_.open();
  auto kept = again(kept_for_agent(opened, kOther));
  auto reading = kept.read();
  EXPECT_EQ(TestVault::key_in(reading, kOther, "hidden"), "sk-test-hidden");
  EXPECT_EQ(code_of([&] { return reading.view(kMain); }), ErrorCode::not_found);
}

TEST_F(KeptKeyrings, OfATokenOpenNoMoreThanTheToken) {
  auto opened = vault_.open();
  std::string token;
  {
    auto writing = opened.write();
    token = issue_token(writing, opened.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt}).reveal();
    writing.commit();
  }
  auto by_token = vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  EXPECT_EQ(code_of([&] { return kept_root(by_token); }), ErrorCode::denied);
  EXPECT_EQ(code_of([&] { return kept_for_agent(by_token, kMain); }), ErrorCode::not_found);
  auto kept = again(kept_for_agent(by_token, kWorker));
  auto reading = kept.read();
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "own"), "sk-test-own");
  EXPECT_EQ(TestVault::key_in(reading, kWorker, "shared"), std::nullopt);
}

TEST_F(KeptKeyrings, OfNobodyAreNotFound) {
  auto opened = vault_.open();
  EXPECT_EQ(code_of([&] { return kept_for_agent(opened, AgentName("nobody")); }), ErrorCode::not_found);
}

TEST_F(KeptKeyrings, AreRefusedInAnyOtherForm) {
  auto opened = vault_.open();
  const auto root = copy_of(to_bytes(kept_root(opened)).reveal());
  const auto agent = copy_of(to_bytes(kept_for_agent(opened, kWorker)).reveal());
  for (const auto& whole : {root, agent}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      // What is cut off behind the agent's own key is a keyring without the shared part.
      const Bytes cut(whole.begin(), whole.begin() + std::ptrdiff_t(size));
      const auto code = reading_bytes(cut);
      EXPECT_TRUE(code == ErrorCode::bad_input || copy_of(to_bytes(keyring_from_bytes(cut)).reveal()) == cut) << size;
    }
    auto other = whole;
    other[0] = 3;
    EXPECT_EQ(reading_bytes(other), ErrorCode::bad_input);
    other = whole;
    other.push_back(0);
    EXPECT_EQ(reading_bytes(other), ErrorCode::bad_input);
  }
}

}  // namespace
}  // namespace vault::testing
