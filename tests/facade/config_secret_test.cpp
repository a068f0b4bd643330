// SPDX-License-Identifier: Apache-2.0
// The secrets of openclaw.json: kept by path, in an agent of their own that nobody else sees.
#include <gmock/gmock.h>

#include "tests/facade/batches.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

const AgentName kConfig = AgentName::config();
constexpr std::string_view kBot = "channels.telegram.botToken";

void put(TestVault& vault, std::string_view path, std::string_view value) {
  vault.write([&](Writing& writing) { writing.put_config_secret(path, SecretString::copy_of(value)); });
}

std::string value_at(const TestVault& vault, std::string_view path) {
  return vault.read([&](Reading& reading) -> std::string {
    const auto found = reading.find_config_secret(path);
    return found ? std::string(reading.value_of(*found).reveal()) : "(none)";
  });
}

ImportBatch config_batch(std::string_view value) {
  ImportBatch batch{"openclaw-state-dir", {}, {}, {}};
  batch.agents.emplace_back(kConfig);
  batch.agents.back().config_secrets.push_back({std::string(kBot), SecretString::copy_of(value)});
  return batch;
}

std::optional<ErrorCode> putting(TestVault& vault, const std::function<void(Writing&)>& act) {
  return code_of([&] { vault.write(act); });
}

TEST(ConfigSecrets, AreKeptByPathReplacedAndErased) {
  TestVault vault;
  EXPECT_EQ(value_at(vault, kBot), "(none)");
  put(vault, kBot, "123:test-bot");
  put(vault, "gateway.auth.token", "test-gateway");
  put(vault, kBot, "456:test-bot");
  EXPECT_EQ(value_at(vault, kBot), "456:test-bot");
  const auto held = vault.read([](Reading& reading) { return reading.own_contents(kConfig).config_secrets; });
  EXPECT_EQ(held.front().path, kBot);  // in the order in which they came
  EXPECT_EQ(held.back().path, "gateway.auth.token");
  EXPECT_NE(held.front().fingerprint, held.back().fingerprint);
  vault.write([](Writing& writing) { writing.remove_config_secret(kBot); });
  EXPECT_EQ(value_at(vault, kBot), "(none)");
  EXPECT_EQ(putting(vault, [](Writing& writing) { writing.remove_config_secret(kBot); }), ErrorCode::not_found);
}

TEST(ConfigSecrets, RefusePathsThatCannotBeAndBlankValues) {
  TestVault vault;
  for (const std::string_view path : {std::string_view(""), std::string_view("a\nb"), std::string_view("a\xff")}) {
    EXPECT_EQ(code_of([&] { put(vault, path, "x"); }), ErrorCode::bad_input);
  }
  EXPECT_EQ(code_of([&] { put(vault, std::string(1025, 'a'), "x"); }), ErrorCode::bad_input);
  EXPECT_EQ(code_of([&] { put(vault, kBot, " \n"); }), ErrorCode::bad_input);
  EXPECT_FALSE(vault.read([](Reading& reading) { return reading.covers(kConfig); }));
}

TEST(ConfigSecrets, LieInAnIsolatedAgentThatTakesNothingElse) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, "openai:a", "sk-test-a");
  put(vault, kBot, "123:test-bot");
  EXPECT_EQ(vault.view(kConfig).agent.inheritance, Inheritance::isolated);
  EXPECT_TRUE(vault.view(kConfig).profiles.empty());
  EXPECT_TRUE(vault.view(kMain).variables.empty());
  EXPECT_EQ(code_of([&] { vault.put(kConfig, "openai:a", "sk-test-a"); }), ErrorCode::usage);
  const ProviderOrder order{ProviderId("openai"), std::vector{ProfileId("openai:a")}};
  EXPECT_EQ(putting(vault, [&](Writing& writing) { writing.put_order(kConfig, order); }), ErrorCode::usage);
  const auto variable = [](Writing& writing) { writing.put_variable(kConfig, "A", SecretString::copy_of("x")); };
  EXPECT_EQ(putting(vault, variable), ErrorCode::usage);
  EXPECT_EQ(putting(vault, [](Writing& writing) { writing.set_default_agent(kConfig); }), ErrorCode::usage);
}

TEST(ConfigSecrets, AreIsolatedEvenWhereALinkedAgentIsAskedFor) {
  TestVault vault;
  vault.add_agent(kConfig, Inheritance::linked);
  EXPECT_EQ(vault.view(kConfig).agent.inheritance, Inheritance::isolated);
}

TEST(ConfigSecrets, AreImportedComparedAndKeptByTheRule) {
  TestVault vault;
  auto report = apply_and_commit(vault, config_batch("123:test-bot"), OnConflict::skip);
  EXPECT_THAT(report.agents.front().added, ElementsAre("config/channels.telegram.botToken"));
  report = apply_and_commit(vault, config_batch("123:test-bot"), OnConflict::fail);
  EXPECT_EQ(report.agents.front().skipped.front().reason, "unchanged");
  EXPECT_FALSE(report.changed());
  report = apply_and_commit(vault, config_batch("456:test-bot"), OnConflict::skip);
  EXPECT_EQ(report.agents.front().skipped.front().reason, "exists");
  report = apply_and_commit(vault, config_batch("456:test-bot"), OnConflict::replace);
  EXPECT_THAT(report.agents.front().lost, ElementsAre("config/channels.telegram.botToken"));
  EXPECT_EQ(value_at(vault, kBot), "456:test-bot");
  const auto verifying = [&] {
    return code_of([&] {
      vault.read([&](Reading& reading) { return verify_applied(reading, config_batch("456:test-bot"), report), 0; });
    });
  };
  EXPECT_EQ(verifying(), std::nullopt);
  vault.write([](Writing& writing) { writing.put_config_secret(kBot, SecretString::copy_of("789:test-bot")); });
  EXPECT_EQ(verifying(), ErrorCode::committed_unverified);
}

}  // namespace
}  // namespace vault::testing
