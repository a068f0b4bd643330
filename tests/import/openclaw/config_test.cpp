// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config.h"

#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

using testing::ElementsAre;

TEST(OpenclawConfig, ReadsAgentsProfilesAndOrders) {
  const auto config = read_openclaw_config(sample("state-dir/openclaw.json"));
  ASSERT_EQ(config.agents.size(), 3U);
  EXPECT_EQ(config.agents[0].name.text(), "main");
  EXPECT_TRUE(config.agents[0].is_default);
  EXPECT_EQ(config.agents[2].folder, "agents/ops/agent");
  ASSERT_EQ(config.profiles.size(), 2U);
  EXPECT_EQ(config.profiles[1].id.text(), "openai:default");
  EXPECT_EQ(config.profiles[1].mode, "api_key");
  ASSERT_EQ(config.orders.size(), 2U);
  EXPECT_THAT(*config.orders[0].ids, ElementsAre(vault::ProfileId("anthropic:manual")));
  EXPECT_TRUE(config.orders[1].ids->empty());
  EXPECT_TRUE(config.credentials.empty());
}

TEST(OpenclawConfig, ReadsTheNewestTableOfAgents) {
  const auto config = read_openclaw_config("{agents:{entries:{'Ops Team':{agentDir:'~/ops'},main:{default:true}}}}");
  ASSERT_EQ(config.agents.size(), 2U);
  EXPECT_EQ(config.agents[0].name.text(), "ops-team");
  EXPECT_EQ(config.agents[0].folder, "~/ops");
  EXPECT_TRUE(config.agents[1].is_default);
}

TEST(OpenclawConfig, FindsCredentialsInItsProfiles) {
  const auto config = read_openclaw_config(
      "{auth:{profiles:{'openai:x':{provider:'openai',mode:'api_key',apiKey:'sk-test-config',n:0x10},'a:b':{provider:'"
      "a'}}}}");
  ASSERT_EQ(config.credentials.size(), 1U);
  EXPECT_EQ(secret(config.credentials[0], vault::SecretField::key), "sk-test-config");
  EXPECT_EQ(foreign(config.credentials[0]), R"({"mode":"api_key","n":16})");
}

TEST(OpenclawConfig, PassesOverWhatHasAnotherShape) {
  for (const char* text :
       {"{}", "{agents:[]}", "{agents:{list:{},entries:[]}}", "{auth:7}", "{auth:{profiles:[],order:null}}",
        "{agents:{list:[7,{},{id:7},{id:' '}]}}", "{auth:{profiles:{'':{provider:'x'},a:7,b:{},c:{provider:' '}}}}"}) {
    const auto config = read_openclaw_config(text);
    EXPECT_TRUE(config.agents.empty() && config.profiles.empty() && config.orders.empty()) << text;
  }
}

TEST(OpenclawConfig, ReportsOrdersThatAreNoLists) {
  const auto config = read_openclaw_config("{auth:{order:{p:'p:1',q:['q:1',7,' '],Q:['q:2']}}}");
  EXPECT_THAT(rejected(config.warnings), ElementsAre("invalid_order p"));
  ASSERT_EQ(config.orders.size(), 1U);
  EXPECT_THAT(*config.orders[0].ids, ElementsAre(vault::ProfileId("q:1")));
}

TEST(OpenclawConfig, RefusesWhatIsNoObject) {
  refusal([] { read_openclaw_config("[]"); });
  refusal([] { read_openclaw_config("{"); });
}

}  // namespace
}  // namespace formats::test
