// SPDX-License-Identifier: Apache-2.0
// Which agent is given a secret of openclaw.json, and under which ids.
#include "vault/selection/secret_lookup.h"

#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/selection/profile_ref.h"

namespace vault::testing {
namespace {

constexpr std::string_view kBot = "channels.telegram.botToken";
constexpr std::string_view kOdd = "models.providers.my\\.own@home.apiKey";

TestVault wired_vault() {
  TestVault vault;
  vault.write([](Writing& writing) {
    writing.put_config_secret(kBot, SecretString::copy_of("123:test-bot\n"));
    writing.put_config_secret(kOdd, SecretString::copy_of("sk-test-odd"));
  });
  return vault;
}

std::string answer(const TestVault& vault, const AgentName& agent, std::string_view id) {
  return vault.read([&](Reading& reading) -> std::string {
    SecretLookup lookup(reading, agent, Timestamp{1});
    auto found = lookup.find(id);
    const auto* const secret = std::get_if<SecretString>(&found);
    return secret == nullptr ? std::string("(none)") : std::string(secret->reveal());
  });
}

TEST(ConfigLookup, GivesASecretOfTheConfigurationByItsPath) {
  const auto vault = wired_vault();
  EXPECT_EQ(exec_id_of_config(kBot), "config/channels.telegram.botToken");
  EXPECT_EQ(answer(vault, AgentName::config(), "config/channels.telegram.botToken"), "123:test-bot");
  EXPECT_EQ(answer(vault, AgentName::config(), "config/channels.telegram"), "(none)");
}

TEST(ConfigLookup, GivesOneWhosePathCannotBeWrittenByItsRef) {
  const auto vault = wired_vault();
  EXPECT_EQ(exec_id_of_config(kOdd), config_ref(kOdd));
  EXPECT_EQ(answer(vault, AgentName::config(), config_ref(kOdd)), "sk-test-odd");
  EXPECT_EQ(answer(vault, AgentName::config(), config_ref(kBot)), "123:test-bot");
  EXPECT_NE(config_ref("openai:a"), profile_ref(ProfileId("openai:a")));
}

// The root key opens everything; main's provider still gives out nothing that is not main's.
TEST(ConfigLookup, GivesNothingToAnotherAgent) {
  const auto vault = wired_vault();
  EXPECT_EQ(answer(vault, kMain, "config/channels.telegram.botToken"), "(none)");
  EXPECT_EQ(answer(vault, kMain, config_ref(kBot)), "(none)");
}

}  // namespace
}  // namespace vault::testing
