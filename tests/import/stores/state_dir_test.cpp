// SPDX-License-Identifier: Apache-2.0
#include "import/stores/state_dir.h"

#include <gmock/gmock.h>

#include "import/stores/bounded_file.h"
#include "tests/import/stores/folders.h"

namespace formats::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using vault::SecretField;

TEST(StateDirSample, GivesEveryAgentWhatItHas) {
  const auto batch = read_openclaw_state_dir(fs::path(CLAVIGER_SAMPLES) / "openclaw/state-dir");
  EXPECT_EQ(batch.format, "openclaw-state-dir");
  ASSERT_EQ(batch.agents.size(), 3U);
  EXPECT_TRUE(batch.agents[0].agent.is_shared());
  EXPECT_EQ(key_of(batch, "main", "anthropic:default"), "sk-ant-test-main-default");
  EXPECT_EQ(key_of(batch, "main", "groq:default"), "test-main-groq");
  EXPECT_EQ(secret(profile(agent(batch, "main"), "google-gemini-cli:default"), SecretField::access), "ya29.test-main");
  EXPECT_EQ(key_of(batch, "work", "openai:work"), "sk-test-work-openai");
  EXPECT_EQ(key_of(batch, "ops", "openai:default"), "sk-test-ops-openai");
  EXPECT_THAT(rejected(agent(batch, "main").warnings),
              ElementsAre("stale_copy anthropic:default", "stale_copy groq:default"));
  EXPECT_THAT(batch.warnings, IsEmpty());
}

TEST(StateDirSample, GivesOrdersAndVariables) {
  const auto batch = read_openclaw_state_dir(fs::path(CLAVIGER_SAMPLES) / "openclaw/state-dir");
  ASSERT_EQ(agent(batch, "main").orders.size(), 1U);
  EXPECT_EQ(agent(batch, "main").orders[0].ids->size(), 2U);
  ASSERT_EQ(batch.default_orders.size(), 2U);
  EXPECT_TRUE(batch.default_orders[1].ids->empty());
  ASSERT_EQ(agent(batch, "main").variables.size(), 2U);
  EXPECT_EQ(agent(batch, "main").variables[1].name, "TAVILY_API_KEY");
  EXPECT_EQ(agent(batch, "main").variables[1].value.reveal(), "test-env-tavily");
}

TEST_F(StateDir, RefusesWhatIsNone) {
  EXPECT_THAT(refusal([&] { imported(); }), HasSubstr("not an OpenClaw state directory"));
  try {
    read_openclaw_state_dir(root_ / "none");
    FAIL();
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::not_found);
  }
}

TEST_F(StateDir, NamesTheFileItCannotRead) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  write("agents/work/agent/auth-profiles.json", "{\"profiles\":{\n");
  const auto message = refusal([&] { imported(); });
  EXPECT_THAT(message, HasSubstr("agents/work/agent/auth-profiles.json'"));
  EXPECT_THAT(message, HasSubstr("line 2, column 1"));
}

TEST_F(StateDir, GoesOnWithoutAConfigurationItCannotRead) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  write("openclaw.json", "{ auth: ");
  const auto batch = imported();
  EXPECT_EQ(key_of(batch, "main", "p:a"), "test");
  EXPECT_THAT(noted(batch.warnings), ElementsAre("unreadable_config " + (root_ / "openclaw.json").string()));
}

TEST_F(StateDir, FollowsTheConfigurationToAnAgentsFolder) {
  key("elsewhere/auth-profiles.json", "p:a", "test-elsewhere");
  key("agents/ops/agent/auth-profiles.json", "p:b", "test-ops");
  write("openclaw.json",
        "{agents:{list:[{id:'Far Away',agentDir:'elsewhere'},{id:'Ops Team',agentDir:'agents/ops/agent'}]}}");
  const auto batch = imported();
  EXPECT_EQ(batch.agents.size(), 3U);
  EXPECT_EQ(key_of(batch, "far-away", "p:a"), "test-elsewhere");
  EXPECT_EQ(key_of(batch, "ops-team", "p:b"), "test-ops");
}

TEST_F(StateDir, KnowsTheHomeFolderOnlyWhenItIsTold) {
  key("home/ops/auth-profiles.json", "p:a", "test-home");
  write("openclaw.json", "{agents:{list:[{id:'ops',agentDir:'~/ops'}]}}");
  EXPECT_EQ(key_of(read_openclaw_state_dir(root_, root_ / "home"), "ops", "p:a"), "test-home");
  EXPECT_THAT(noted(read_openclaw_state_dir(root_).warnings), ElementsAre("unknown_home ops"));
}

// Fault O14
TEST_F(StateDir, ReadsTheFolderThatOpenclawReads) {
  key("agents/Work/agent/auth-profiles.json", "p:a", "test-a");
  key("agents/work/agent/auth-profiles.json", "p:b", "test-b");
  key("agents/Lab/agent/auth-profiles.json", "p:c", "test-c");
  const auto batch = imported();
  EXPECT_EQ(agent(batch, "work").profiles.size(), 1U);
  EXPECT_EQ(key_of(batch, "work", "p:b"), "test-b");
  EXPECT_EQ(batch.agents.size(), 2U);
  EXPECT_THAT(rejected(batch.warnings), ElementsAre("other_folder " + (root_ / "agents/Lab").string(),
                                                    "other_folder " + (root_ / "agents/Work").string()));
}

TEST_F(StateDir, GoesOnBehindAFileAmongTheAgentsFolders) {
  for (const char* name : {"a", "b", "c", "d", "e", "f"})
    key(fs::path("agents") / name / "agent/auth-profiles.json", "p:a", "test");
  for (const char* name : {"0", "aa", "cc", "zz"}) write(fs::path("agents") / name, "no folder");
  EXPECT_EQ(imported().agents.size(), 7U);
}

// Fault O14
TEST_F(StateDir, TellsOfKeysThatNameAProfileAndTakesTheOthers) {
  key("agents/main/agent/auth-profiles.json", "mock:manual", "test");
  write("openclaw.json",
        "{models:{providers:{mock:{apiKey:'mock:manual'},other:{apiKey:'sk-test-canary'},"
        "ref:{apiKey:{source:'env',id:'A'}},blank:{apiKey:' '},name:{apiKey:'${NAME}'},odd:7}}}");
  const auto batch = imported();
  EXPECT_THAT(noted(batch.warnings), ElementsAre("preferred_profile mock:manual"));
  ASSERT_EQ(agent(batch, "@config").config_secrets.size(), 1U);
  EXPECT_EQ(agent(batch, "@config").config_secrets[0].path, "models.providers.other.apiKey");
}

// Fault R12
TEST_F(StateDir, NamesAnAgentsFolderThatNoSystemCanHave) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  write("openclaw.json", "{agents:{list:[{id:'ops',agentDir:'" + std::string(5000, 'x') + "'},{id:'main',agentDir:'" +
                             std::string(300, 'y') + "'}]}}");
  EXPECT_THAT(refusal([&] { imported(); }), HasSubstr("cannot be reached: its name is too long"));
  const auto batch = read_openclaw_state_dir(root_, {}, OnBadFile::skip);
  EXPECT_EQ(key_of(batch, "main", "p:a"), "test");
  EXPECT_THAT(rejected(batch.warnings), testing::SizeIs(2));
}

TEST_F(StateDir, NamesAnAgentsFolderWhoseLinksLeadInACircle) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  fs::create_directory_symlink("loop", root_ / "agents/loop");
  EXPECT_THAT(refusal([&] { imported(); }), HasSubstr("agents/loop"));
}

// Fault O13
class BadStores : public StateDir {
 protected:
  BadStores() {
    key("agents/main/agent/auth-profiles.json", "p:a", "test-main");
    write("agents/cut/agent/auth-profiles.json", R"({"version":1,"profiles":{"p:b":{"type":"api_k)");
    write("agents/wide/agent/auth-profiles.json", std::string_view("\xFF\xFE{\0}\0", 6));
    write("agents/twice/agent/auth-profiles.json",
          R"({"profiles":{"p:c":{"type":"api_key","provider":"p","key":"test-old"},
                          "p:d":{"type":"api_key","provider":"p","key":"test-d"},
                          "p:c":{"type":"api_key","provider":"p","key":"test-new","key":"test-newest"}}})");
    key("agents/work/agent/auth-profiles.json", "p:e", "test-work");
    write("agents/work/agent/auth-state.json", "[");
    write("agents/old/agent/openclaw-agent.sqlite", "SQLite format 3, or so it says");
  }
  vault::ImportBatch skipping() { return read_openclaw_state_dir(root_, {}, OnBadFile::skip); }
  std::string file(const std::string& name) { return (root_ / "agents" / name).string(); }
};

TEST_F(BadStores, StopTheImportUnlessTheyAreToBeSkipped) {
  EXPECT_THAT(refusal([&] { imported(); }), HasSubstr("auth-profiles.json'"));
}

TEST_F(BadStores, AreNamedAndTheRestIsTaken) {
  const auto batch = skipping();
  EXPECT_EQ(key_of(batch, "main", "p:a"), "test-main");
  EXPECT_EQ(key_of(batch, "work", "p:e"), "test-work");
  EXPECT_THAT(agent(batch, "cut").profiles, IsEmpty());
  EXPECT_THAT(rejected(batch.warnings),
              testing::UnorderedElementsAre("bad_file " + file("cut/agent/auth-profiles.json"),
                                            "bad_file " + file("wide/agent/auth-profiles.json"),
                                            "bad_file " + file("work/agent/auth-state.json"),
                                            "bad_file " + file("old/agent/openclaw-agent.sqlite")));
}

TEST_F(BadStores, GiveTheLastOfSeveralValuesOfOneName) {
  const auto batch = skipping();
  EXPECT_EQ(key_of(batch, "twice", "p:c"), "test-newest");
  EXPECT_EQ(agent(batch, "twice").profiles[0].sheet.id.text(), "p:c");
  EXPECT_EQ(key_of(batch, "twice", "p:d"), "test-d");
  EXPECT_THAT(noted(batch.warnings),
              testing::Contains("duplicate_name " + file("twice/agent/auth-profiles.json")).Times(2));
}

TEST_F(BadStores, AreToldWithoutTheirContents) {
  for (const auto& warning : skipping().warnings) {
    EXPECT_THAT(warning.text, testing::Not(HasSubstr("test-"))) << warning.subject;
    EXPECT_THAT(warning.text, testing::Not(HasSubstr("p:"))) << warning.subject;
  }
}

// F06: what a gateway is about to write, and a profile whose set-up is pending, are told and not mistaken.
TEST_F(StateDir, TellsOfARunningGatewayAndKeepsAPendingSetUpInactive) {
  write("agents/main/agent/auth-profiles.json",
        R"({"profiles":{"p:new":{"type":"oauth","provider":"p","setup":{"replacement":true}}}})");
  write("agents/main/agent/auth-profiles.json.lock", "{}");
  const auto batch = imported();
  EXPECT_TRUE(profile(agent(batch, "main"), "p:new").sheet.setup_replacement);
  EXPECT_THAT(noted(batch.warnings),
              ElementsAre("locked " + (root_ / "agents/main/agent/auth-profiles.json.lock").string()));
}

TEST_F(StateDir, TakesCredentialsFromTheConfigurationLast) {
  key("agents/main/agent/auth-profiles.json", "p:a", "test-file");
  write("openclaw.json",
        "{auth:{profiles:{'p:a':{provider:'p',mode:'api_key',key:'test-config'},'p:c':{provider:'p',mode:'api_key',key:"
        "'test-c'}}}}");
  const auto batch = imported();
  EXPECT_EQ(key_of(batch, "main", "p:a"), "test-file");
  EXPECT_EQ(key_of(batch, "main", "p:c"), "test-c");
}

TEST_F(StateDir, AnOrderMayNameProfilesOfMain) {
  key("agents/main/agent/auth-profiles.json", "p:main", "test");
  write("agents/work/agent/auth-state.json", R"({"version":1,"order":{"p":["p:main","p:none"]}})");
  EXPECT_THAT(noted(agent(imported(), "work").warnings), ElementsAre("dangling_order p:none"));
}

TEST_F(StateDir, ReportsPlaintextLeftovers) {  // F14
  key("agents/main/agent/auth-profiles.json", "p:a", "test");
  const char* leftovers[] = {"agents/main/agent/auth-profiles.json.legacy-flat.1763.bak",
                             "agents/main/agent/auth-profiles.json.migrated-2026-11-21T00-00-00Z-1",
                             "agents/main/agent/auth.json~",
                             "credentials/oauth.json.migrated-x",
                             "openclaw.json.bak.2",
                             "state/openclaw.sqlite-import.1.bak"};
  for (const char* name : leftovers) write(name, "test");
  write("agents/main/agent/auth-profiles.json.lock", "{}");
  write("agents/main/agent/notes.bak", "no copy of a store");
  const auto warnings = noted(imported().warnings);
  for (const char* name : leftovers) {
    EXPECT_THAT(warnings, testing::Contains("plaintext_leftover " + (root_ / name).string()));
  }
  EXPECT_THAT(warnings, testing::Contains("locked " + (root_ / "agents/main/agent/auth-profiles.json.lock").string()));
  EXPECT_EQ(warnings.size(), 7U);
}

TEST_F(StateDir, ANamedFileBringsTheStateBesideIt) {
  key("auth-profiles.json", "p:a", "test");
  write("auth-state.json", R"({"version":1,"order":{"p":["p:a"]}})");
  write("oauth.json", R"({"q":{"access":"test"}})");
  write("broken.json", "{");
  BadFiles bad(OnBadFile::stop);
  EXPECT_EQ(read_openclaw_file(root_ / "auth-profiles.json", vault::AgentName("work"), bad).orders.size(), 1U);
  EXPECT_EQ(read_openclaw_file(root_ / "oauth.json", vault::AgentName("work"), bad).profiles.size(), 1U);
  EXPECT_THAT(refusal([&] { read_openclaw_file(root_ / "broken.json", vault::AgentName("work"), bad); }),
              HasSubstr("broken.json': invalid JSON"));
}

}  // namespace
}  // namespace formats::test
