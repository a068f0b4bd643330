// SPDX-License-Identifier: Apache-2.0
// The secrets and variables that openclaw.json itself holds, as a state directory yields them.
#include "import/stores/config_drafts.h"

#include <gmock/gmock.h>

#include "tests/import/stores/folders.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ConfigInAStateDir : public StateDir {
 protected:
  static std::vector<std::string> secrets_of(const vault::ImportBatch& batch) {
    std::vector<std::string> secrets;
    for (const auto& each : batch.agents) {
      EXPECT_EQ(each.config_secrets.empty(), !each.agent.is_config());
      for (const auto& draft : each.config_secrets) {
        secrets.push_back(draft.path + "=" + std::string(draft.value.reveal()));
      }
    }
    return secrets;
  }
  static std::vector<std::string> variables_of(const vault::ImportBatch& batch) {
    std::vector<std::string> variables;
    for (const auto& draft : agent(batch, "main").variables) {
      variables.push_back(draft.name + "=" + std::string(draft.value.reveal()));
    }
    return variables;
  }
};

TEST_F(ConfigInAStateDir, GivesItsSecretsToAnAgentOfTheirOwn) {
  write("openclaw.json", sample("config-2026.9.json"));
  const auto batch = imported();
  ASSERT_EQ(batch.agents.size(), 2U);
  EXPECT_TRUE(batch.agents.back().agent.is_config());
  EXPECT_TRUE(batch.agents.back().profiles.empty() && batch.agents.back().variables.empty());
  EXPECT_THAT(
      secrets_of(batch),
      ElementsAre("gateway.auth.token=test-gateway-0001", "models.providers.mock.apiKey=sk-test-mock-0001",
                  "models.providers.mock.headers.X-Team-Token=test-team-0001",
                  "models.providers.z\\.ai.apiKey=sk-test-zai-0001",
                  "channels.telegram.botToken=100200300:test-telegram-0001", "channels.slack.botToken=xoxb-test-0001",
                  "channels.slack.appToken=xapp-test-0001", "channels.slack.accounts.work.botToken=xoxb-test-0002",
                  "skills.entries.weather.apiKey=test-weather-0001"));
  EXPECT_THAT(variables_of(batch), ElementsAre("TAVILY_API_KEY=tvly-test-0001", "LOG_LEVEL=debug", "WEATHER_REGION=eu",
                                               "WEATHER_TOKEN=test-weather-0002"));
  EXPECT_THAT(rejected(batch.warnings), ElementsAre("placeholder channels.slack.accounts.work.appToken"));
  EXPECT_THAT(noted(batch.warnings), IsEmpty());
}

TEST_F(ConfigInAStateDir, HasNoSuchAgentWithoutSecrets) {
  write("openclaw.json", "{gateway:{auth:{token:'${GATE}'}},models:{providers:{l:{apiKey:'ollama-local'}}}}");
  const auto batch = imported();
  EXPECT_THAT(batch.agents, SizeIs(1));
  EXPECT_THAT(batch.warnings, IsEmpty());
}

TEST_F(ConfigInAStateDir, NamesWhatItDoesNotTake) {
  write("openclaw.json",
        "{gateway:{auth:{token:7,password:'***'}},cron:{webhookToken:'canary-$${X}'},"
        "channels:{googlechat:{serviceAccount:['canary']},telegram:{$include:'t.json5'}},"
        "talk:{providers:{x:{apiKey:'" +
            std::string(kLongestConfigSecret + 1, 'k') + "'}}}}");
  const auto batch = imported();
  EXPECT_THAT(secrets_of(batch), IsEmpty());
  EXPECT_THAT(noted(batch.warnings), ElementsAre("config_include $include"));
  EXPECT_THAT(rejected(batch.warnings),
              ElementsAre("config_not_text gateway.auth.token", "placeholder gateway.auth.password",
                          "config_escaped cron.webhookToken", "config_not_text channels.googlechat.serviceAccount",
                          "config_too_long talk.providers.x.apiKey"));
  for (const auto& warning : batch.warnings) EXPECT_THAT(warning.text, Not(HasSubstr("canary")));
}

TEST_F(ConfigInAStateDir, TakesNothingOfAConfigurationItCannotRead) {
  write("openclaw.json", "{gateway:{auth:{token:'sk-test-canary'}}");
  const auto batch = imported();
  EXPECT_THAT(secrets_of(batch), IsEmpty());
  EXPECT_THAT(noted(batch.warnings), ElementsAre("unreadable_config " + (root_ / "openclaw.json").string()));
}

TEST_F(ConfigInAStateDir, GoesOnWithoutAConfigurationThatIsNoFile) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  std::filesystem::create_directory(root_ / "openclaw.json");
  const auto batch = imported();
  EXPECT_EQ(key_of(batch, "main", "p:a"), "test");
  EXPECT_THAT(noted(batch.warnings), ElementsAre("unreadable_config " + (root_ / "openclaw.json").string()));
}

TEST_F(ConfigInAStateDir, TakesTheLastOfAMemberNamedTwice) {
  write("openclaw.json", "{gateway:{auth:{token:'test-old',token:'test-new'}}}");
  EXPECT_THAT(secrets_of(imported()), ElementsAre("gateway.auth.token=test-new"));
}

// As OpenClaw 2026.4.29 and 2026.9.6 were seen to choose.
TEST_F(ConfigInAStateDir, LetsTheEnvFileGoBeforeItsVariables) {
  write(".env", "BOTH=from-file\nSAME=x\nBLANK=\n");
  write("openclaw.json",
        "{env:{vars:{BOTH:'canary',SAME:'x',BLANK:'from-vars',OWN:'own',TWICE:'canary'},TWICE:'first'}}");
  const auto batch = imported();
  EXPECT_THAT(variables_of(batch),
              ElementsAre("BOTH=from-file", "SAME=x", "BLANK=from-vars", "TWICE=first", "OWN=own"));
  const auto& warnings = agent(batch, "main").warnings;
  EXPECT_THAT(rejected(warnings), ElementsAre("shadowed_variable BOTH", "shadowed_variable TWICE"));
  EXPECT_THAT(warnings[0].text, HasSubstr("env.vars.BOTH"));
  for (const auto& warning : warnings) EXPECT_THAT(warning.text, Not(HasSubstr("canary")));
}

TEST_F(ConfigInAStateDir, LeavesASkillsVariableWhoseNameIsTaken) {
  write(".env", "A=main\nC=\n");
  write("openclaw.json",
        "{skills:{entries:{one:{env:{A:'canary',B:'of-one',C:'canary',D:'same'}},two:{env:{B:'canary',D:'same'}}}}}");
  const auto batch = imported();
  EXPECT_THAT(variables_of(batch), ElementsAre("A=main", "C=", "B=of-one", "D=same"));
  EXPECT_THAT(rejected(agent(batch, "main").warnings), ElementsAre("name_taken A", "name_taken C", "name_taken B"));
}

}  // namespace
}  // namespace formats::test
