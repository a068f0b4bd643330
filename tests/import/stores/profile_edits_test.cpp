// SPDX-License-Identifier: Apache-2.0
#include "import/stores/profile_edits.h"

#include <gmock/gmock.h>

#include "tests/import/stores/folders.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using vault::CredentialKind;
using vault::Expiry;
using vault::ProfileId;
using vault::SecretString;

const SecretString kFirst = SecretString::copy_of("sk-test-1");
const SecretString kToken = SecretString::copy_of("tok-test-1");

ProfileEdit edit(const char* id, CredentialKind kind, const SecretString* replaces, Expiry expiry = Expiry::none()) {
  return {ProfileId(id), kind, {"exec", "claviger", std::string("profile/") + id}, replaces, std::move(expiry)};
}

std::string edited(std::string_view store, const std::vector<ProfileEdit>& edits,
                   JsonLayout layout = JsonLayout::compact) {
  return std::string(with_edits(store, edits, layout).text.reveal());
}

TEST(ProfileEdits, PutAReferenceInThePlaceOfTheSecretAndKeepEverythingElse) {
  EXPECT_EQ(edited(R"({"version":1,"profiles":{"a:1":{"type":"api_key","provider":"a","key":"sk-test-1","email":"é"},)"
                   R"("t:1":{"type":"token","token":"tok-test-1","expires":12,"provider":"t"}},"more":[1.50]})",
                   {edit("a:1", CredentialKind::api_key, &kFirst),
                    edit("t:1", CredentialKind::token, &kToken, Expiry::at({12}))}),
            R"({"version":1,"profiles":{"a:1":{"type":"api_key","provider":"a",)"
            R"("keyRef":{"source":"exec","provider":"claviger","id":"profile/a:1"},"email":"é"},)"
            R"("t:1":{"type":"token","tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"},)"
            R"("expires":12,"provider":"t"}},"more":[1.50]})");
}

TEST(ProfileEdits, LeaveOtherProfilesOtherTypesAndReferencesAlone) {
  const char* const store =
      R"({"profiles":{"o:1":{"type":"oauth","access":"at-test","key":"sk-test-1"},"r:1":{"type":"api_key",)"
      R"("keyRef":{"source":"env","id":"X"}},"n:1":7,"b:1":{"type":"api_key","key":"sk-test-2"}}})";
  EXPECT_EQ(
      edited(store, {edit("o:1", CredentialKind::api_key, &kFirst), edit("r:1", CredentialKind::api_key, &kFirst),
                     edit("n:1", CredentialKind::api_key, &kFirst), edit("none", CredentialKind::api_key, &kFirst)}),
      "");
}

// D4
TEST(ProfileEdits, LeaveASecretThatIsNotTheOneThatWasPlanned) {
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"api_key","key":"sk-test-rotated"}}})",
                   {edit("a:1", CredentialKind::api_key, &kFirst)}),
            "");
  EXPECT_NE(edited(R"({"profiles":{"a:1":{"type":"api_key","key":" sk-test-1\n"}}})",
                   {edit("a:1", CredentialKind::api_key, &kFirst)}),
            "");
}

TEST(ProfileEdits, DropAReferenceThatTheSecretShadowed) {
  EXPECT_EQ(
      edited(R"({"profiles":{"a:1":{"type":"api_key","keyRef":{"source":"env","id":"X"},"key":"sk-test-1"}}})",
             {edit("a:1", CredentialKind::api_key, &kFirst)}),
      R"({"profiles":{"a:1":{"type":"api_key","keyRef":{"source":"exec","provider":"claviger","id":"profile/a:1"}}}})");
}

// O4
TEST(ProfileEdits, GiveAWiredTokenTheDateOfTheVault) {
  const std::string wired = R"({"profiles":{"t:1":{"type":"token",)"
                            R"("tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"})";
  EXPECT_EQ(edited(wired + R"(,"expires":5}}})", {edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))}),
            wired + R"(,"expires":9}}})");
  EXPECT_EQ(edited(wired + "}}}", {edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))}),
            wired + R"(,"expires":9}}})");
  EXPECT_EQ(edited(wired + R"(,"expires":5}}})", {edit("t:1", CredentialKind::token, nullptr)}), wired + "}}}");
  EXPECT_EQ(edited(wired + R"(,"expires":9}}})", {edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))}), "");
}

TEST(ProfileEdits, LeaveTheDateOfAReferenceToAnotherVaultAndOfAPlaintextToken) {
  const auto edits = [] { return std::vector{edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))}; };
  EXPECT_EQ(edited(R"({"profiles":{"t:1":{"type":"token","tokenRef":{"source":"exec","provider":"other",)"
                   R"("id":"profile/t:1"},"expires":5}}})",
                   edits()),
            "");
  EXPECT_EQ(edited(R"({"profiles":{"t:1":{"type":"token","token":"tok-test-2","expires":5}}})", edits()), "");
}

ProfileEdit restoring(const char* id, CredentialKind kind, const SecretString* secret, Expiry expiry = Expiry::none()) {
  auto made = edit(id, kind, nullptr, std::move(expiry));
  made.restores = secret;
  return made;
}

TEST(ProfileEdits, PutTheSecretBackInThePlaceOfTheReference) {
  const std::string plain = R"({"profiles":{"a:1":{"type":"api_key","provider":"a","key":"sk-test-1","email":"é"},)"
                            R"("t:1":{"type":"token","token":"tok-test-1","expires":12}},"more":[1.50]})";
  const auto wired = edited(plain, {edit("a:1", CredentialKind::api_key, &kFirst),
                                    edit("t:1", CredentialKind::token, &kToken, Expiry::at({12}))});
  EXPECT_EQ(wired.find("test-1\""), wired.npos);
  EXPECT_EQ(edited(wired, {restoring("a:1", CredentialKind::api_key, &kFirst),
                           restoring("t:1", CredentialKind::token, &kToken, Expiry::at({12}))}),
            plain);
}

TEST(ProfileEdits, PutASecretBackOnlyWhereTheReferenceIsOurs) {
  const auto edits = [] { return std::vector{restoring("a:1", CredentialKind::api_key, &kFirst)}; };
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"api_key","keyRef":{"source":"env","id":"X"}}}})", edits()), "");
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"api_key","keyRef":)"
                   R"({"source":"exec","provider":"other","id":"profile/a:1"}}}})",
                   edits()),
            "");
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"api_key","key":"sk-test-newer"}}})", edits()), "");
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"token","tokenRef":)"
                   R"({"source":"exec","provider":"claviger","id":"profile/a:1"}}}})",
                   edits()),
            "");
}

TEST(ProfileEdits, PutTheSecretBackOnceWhereADeadOneStandsBesideTheReference) {
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"api_key","key":"sk-test-dead","keyRef":)"
                   R"({"source":"exec","provider":"claviger","id":"profile/a:1"}}}})",
                   {restoring("a:1", CredentialKind::api_key, &kFirst)}),
            R"({"profiles":{"a:1":{"type":"api_key","key":"sk-test-1"}}})");
}

TEST(ProfileEdits, GiveATokenThatIsPutBackTheDateOfTheVault) {
  const std::string wired = R"({"profiles":{"t:1":{"type":"token","expires":5,)"
                            R"("tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"}}}})";
  EXPECT_EQ(edited(wired, {restoring("t:1", CredentialKind::token, &kToken, Expiry::at({9}))}),
            R"({"profiles":{"t:1":{"type":"token","token":"tok-test-1","expires":9}}})");
}

TEST(ProfileEdits, MakeNothingOfAStoreThatIsNoObject) {
  EXPECT_EQ(edited("[]", {edit("a:1", CredentialKind::api_key, &kFirst)}), "");
}

// D4: what was rotated between planning and writing is compared in the transaction that writes.
TEST_F(StateDir, KeepsAKeyInTheSharedStoreThatWasRotatedAfterPlanning) {
  std::filesystem::create_directories(root_ / "state");
  const auto path = root_ / "state/openclaw.sqlite";
  {
    Db db(path);
    make_shared_db(db, R"({"location":"state-db"})", store_json("p:a", "sk-test-rotated"));
  }
  EXPECT_THAT(edit_shared_store(path, {edit("p:a", CredentialKind::api_key, &kFirst)}), IsEmpty());
  EXPECT_EQ(key_of(imported(), "main", "p:a"), "sk-test-rotated");
  const auto rotated = SecretString::copy_of("sk-test-rotated");
  EXPECT_THAT(edit_shared_store(path, {edit("p:a", CredentialKind::api_key, &rotated)}), ElementsAre(ProfileId("p:a")));
}

TEST_F(StateDir, RenewsADateInAnAgentsOwnStore) {
  std::filesystem::create_directories(root_ / "agents/work/agent");
  const auto path = root_ / "agents/work/agent/openclaw-agent.sqlite";
  {
    Db db(path);
    make_agent_db(db,
                  R"({"profiles":{"t:1":{"type":"token","provider":"t","expires":5,)"
                  R"("tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"}}}})",
                  "");
  }
  const auto edits = std::vector{edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))};
  EXPECT_THAT(edit_agent_store(path, vault::AgentName("work"), edits), ElementsAre(ProfileId("t:1")));
  EXPECT_EQ(profile(agent(imported(), "work"), "t:1").sheet.expiry, Expiry::at({9}));
}

// As OpenClaw 2026.9 has it; SQLite 3.40 takes its own JSON functions there for a danger.
TEST_F(StateDir, RenewsADateInAStoreOfWhichAnotherTableChecksItsJson) {
  std::filesystem::create_directories(root_ / "agents/work/agent");
  const auto path = root_ / "agents/work/agent/openclaw-agent.sqlite";
  {
    Db db(path);
    make_agent_db(db,
                  R"({"profiles":{"t:1":{"type":"token","provider":"t","expires":5,)"
                  R"("tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"}}}})",
                  "");
    db.run("CREATE TABLE transcript_events(x TEXT CHECK(json_valid(x))) STRICT");
  }
  const auto edits = std::vector{edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))};
  EXPECT_THAT(edit_agent_store(path, vault::AgentName("work"), edits), ElementsAre(ProfileId("t:1")));
}

// What its triggers call is not ours to run, whatever this SQLite knows.
TEST_F(StateDir, RefusesAStoreThatCallsMoreThanHarmlessFunctions) {
  std::filesystem::create_directories(root_ / "agents/work/agent");
  const auto path = root_ / "agents/work/agent/openclaw-agent.sqlite";
  {
    Db db(path);
    make_agent_db(db,
                  R"({"profiles":{"t:1":{"type":"token","provider":"t","expires":5,)"
                  R"("tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"}}}})",
                  "");
    db.run(
        "CREATE TRIGGER surprise AFTER UPDATE ON auth_profile_store BEGIN SELECT load_extension('/tmp/nothing'); END");
  }
  const auto edits = std::vector{edit("t:1", CredentialKind::token, nullptr, Expiry::at({9}))};
  EXPECT_THROW(edit_agent_store(path, vault::AgentName("work"), edits), vault::Error);
}

TEST_F(StateDir, PutsAKeyBackIntoTheSharedStore) {
  std::filesystem::create_directories(root_ / "state");
  const auto path = root_ / "state/openclaw.sqlite";
  {
    Db db(path);
    make_shared_db(db, R"({"location":"state-db"})", store_json("p:a", "sk-test-1"));
  }
  edit_shared_store(path, {edit("p:a", CredentialKind::api_key, &kFirst)});
  EXPECT_EQ(key_of(imported(), "main", "p:a"), "(none)");
  EXPECT_THAT(edit_shared_store(path, {restoring("p:a", CredentialKind::api_key, &kFirst)}),
              ElementsAre(ProfileId("p:a")));
  EXPECT_EQ(key_of(imported(), "main", "p:a"), "sk-test-1");
}

}  // namespace
}  // namespace formats::test
