// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/references.h"

#include <gmock/gmock.h>

#include "cli/openclaw/wired_copies.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"

namespace cli {
namespace {

using namespace vault::testing;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kVault = "/v/vault.db";

// An OpenClaw with providers for main and for work of kVault, and one of another vault.
class References : public ::testing::Test {
 protected:
  References() {
    place(folder_ / "openclaw.json", R"({secrets: {providers: {
      claviger: {source: "exec", args: ["resolve", "--vault", "/v/vault.db", "--agent", "main"]},
      "claviger-work": {source: "exec", args: ["resolve", "--vault", "/v/vault.db", "--agent", "work"]},
      other: {source: "exec", args: ["resolve", "--vault", "/v/other.db", "--agent", "main"]}}},
      gateway: {auth: {token: {source: "exec", provider: "claviger", id: "env/GATEWAY"}}}})");
  }
  void store(const std::string& agent, const std::string& profiles) {
    const auto folder = folder_ / "agents" / agent / "agent";
    std::filesystem::create_directories(folder);
    place(folder / "auth-profiles.json", R"({"version":1,"profiles":{)" + profiles + "}}");
  }
  std::vector<Reference> found(const std::string& vault = kVault) {
    return references_to(vault, {folder_.path(), "/home/nobody", folder_ / "openclaw.json"});
  }
  static std::vector<std::string> ids(const std::vector<Reference>& references) {
    std::vector<std::string> all;
    for (const auto& reference : references) all.push_back(reference.serves.text() + " " + reference.exec_id);
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(References, AreThoseOfThisVaultInStoresAndConfiguration) {
  store("main", R"("a:1":{"type":"api_key","provider":"a","keyRef":)"
                R"({"source":"exec","provider":"claviger","id":"profile/a:1"}},)"
                R"("a:2":{"type":"api_key","provider":"a","keyRef":)"
                R"({"source":"exec","provider":"other","id":"profile/a:2"}},)"
                R"("a:3":{"type":"api_key","provider":"a","key":"sk-test"})");
  store("work", R"("t:1":{"type":"token","provider":"t","expires":5000,"tokenRef":)"
                R"({"source":"exec","provider":"claviger-work","id":"ref/0123456789ab"}})");
  const auto references = found();
  EXPECT_THAT(ids(references), ElementsAre("main profile/a:1", "work ref/0123456789ab", "main env/GATEWAY"));
  EXPECT_FALSE(references[0].own_date);
  EXPECT_EQ(references[1].own_date, vault::Expiry::at(vault::Timestamp(5000)));
  EXPECT_EQ(references[2].place, "'gateway.auth.token' in openclaw.json");
}

TEST_F(References, OfAVaultThatTheConfigurationDoesNotNameNeedNoStoreToBeRead) {
  store("main", "no JSON");
  EXPECT_THAT(found("/v/third.db"), IsEmpty());
}

TEST_F(References, AreStillFoundBesideAStoreThatCannotBeRead) {
  store("main", "no JSON");
  EXPECT_THAT(ids(found()), ElementsAre("main env/GATEWAY"));
}

TEST(AskedProfile, IsKnownByItsIdAndItsRefWithAndWithoutSelector) {
  const vault::ProfileId id("a:1");
  for (const auto* asked : {"profile/a:1", "profile/a:1/key", "profile/a:1/token", "profile/a:1/access"})
    EXPECT_TRUE(asks_for_profile(asked, id)) << asked;
  for (const auto* asked : {"profile/a:12", "profile/a", "env/a:1", "provider/a", "profile/a:1/keys", ""})
    EXPECT_FALSE(asks_for_profile(asked, id)) << asked;
}

class ThingsWired : public ::testing::Test {
 protected:
  static Reference asking(const char* agent, const char* id) {
    return {"claviger", vault::AgentName(agent), id, "somewhere", "undo it", {}};
  }
  Wired wired(std::vector<Reference> references, const char* owner, const char* id) {
    const WiredCopies copies("/state", std::move(references));
    return vault_.read([&](vault::Reading& reading) {
      const vault::ProfileSheet sheet{vault::ProfileId(id), vault::ProviderId("a")};
      return copies.to_profile(reading, vault::AgentName(owner), sheet);
    });
  }

  TestVault vault_;
};

TEST_F(ThingsWired, AreReachedByMainsOwnProviderAndNotUnderOtherIds) {
  vault_.put(kMain, "a:1", "sk-test-1", "a");
  EXPECT_EQ(wired({asking("main", "profile/a:1"), asking("main", "profile/a:2")}, "main", "a:1").named().size(), 1U);
  EXPECT_FALSE(wired({asking("main", "profile/a:2")}, "main", "a:1").any());
}

TEST_F(ThingsWired, AreReachedByTheirProviderToo) {
  vault_.put(kMain, "a:1", "sk-test-1", "a");
  const auto by_provider = wired({asking("main", "provider/A")}, "main", "a:1");
  EXPECT_TRUE(by_provider.any());
  EXPECT_THAT(by_provider.named(), IsEmpty());
}

TEST_F(ThingsWired, AreAnotherAgentsWhereThatHasAnOwnProfileOfTheId) {
  vault_.put(kMain, "a:1", "sk-test-1", "a");
  vault_.add_agent(vault::AgentName("work"));
  EXPECT_TRUE(wired({asking("work", "profile/a:1")}, "main", "a:1").any());
  vault_.put(vault::AgentName("work"), "a:1", "sk-test-2", "a");
  EXPECT_FALSE(wired({asking("work", "profile/a:1")}, "main", "a:1").any());
  EXPECT_TRUE(wired({asking("work", "profile/a:1")}, "work", "a:1").any());
}

}  // namespace
}  // namespace cli
