// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/plan.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"

namespace cli {
namespace {

using namespace vault::testing;
using testing::ElementsAre;
using testing::IsEmpty;

class WirePlans : public ::testing::Test {
 protected:
  WirePlan plan(const std::string& profiles) {
    std::filesystem::create_directories(agent_);
    place(agent_ / "auth-profiles.json", R"({"version":1,"profiles":{)" + profiles + "}}");
    return vault_.read([&](vault::Reading& reading) {
      return make_wire_plan(reading, {folder_.path(), "/home/nobody", folder_ / "openclaw.json"}, "claviger");
    });
  }
  static std::vector<std::string> targets_of(const WirePlan& plan) {
    std::vector<std::string> ids;
    for (const auto& target : plan.targets) ids.push_back(target.id.text());
    return ids;
  }

  TemporaryFolder folder_;
  std::filesystem::path agent_ = folder_ / "agents/main/agent";
  TestVault vault_;
};

TEST_F(WirePlans, ReplaceOnlyWhatTheVaultHoldsWithTheSameValue) {
  vault_.put(kMain, "a:same", "sk-test-same", "a");
  vault_.put(kMain, "a:other", "sk-test-other", "a");
  const auto made = plan(R"("a:same":{"type":"api_key","provider":"a","key":"sk-test-same"},)"
                         R"("a:other":{"type":"api_key","provider":"a","key":"sk-test-newer"},)"
                         R"("a:new":{"type":"api_key","provider":"a","key":"sk-test-new"})");
  EXPECT_THAT(targets_of(made), ElementsAre("a:same"));
  EXPECT_EQ(made.left.size(), 2U);
}

// O2
TEST_F(WirePlans, LeaveAPlaceholderThatTheVaultHoldsToo) {
  vault_.put(kMain, "a:1", "${A_KEY}", "a");
  EXPECT_THAT(targets_of(plan(R"("a:1":{"type":"api_key","provider":"a","key":"${A_KEY}"})")), IsEmpty());
}

// O3
TEST_F(WirePlans, LeaveAProfileThatHasAReferenceBesideItsKey) {
  vault_.put(kMain, "a:1", "sk-test-dead", "a");
  const auto made = plan(R"("a:1":{"type":"api_key","provider":"a","key":"sk-test-dead",)"
                         R"("keyRef":{"source":"env","provider":"default","id":"A_KEY"}})");
  EXPECT_THAT(targets_of(made), IsEmpty());
  EXPECT_EQ(made.left.front().reason, "a reference already");
}

// O5, O6, R9
TEST_F(WirePlans, KnowWhatIsWiredAlreadyWithItsSecretAndItsAgent) {
  vault_.put(kMain, "a:1", "sk-test-wired", "a");
  const auto made = plan(R"("a:1":{"type":"api_key","provider":"a",)"
                         R"("keyRef":{"source":"exec","provider":"claviger","id":"profile/a:1"}})");
  ASSERT_EQ(made.wired.size(), 1U);
  EXPECT_EQ(made.wired.front().secret.reveal(), "sk-test-wired");
  EXPECT_THAT(made.agents(), ElementsAre(kMain));
}

}  // namespace
}  // namespace cli
