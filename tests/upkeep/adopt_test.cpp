// SPDX-License-Identifier: Apache-2.0
// Older states that are wanted: a copy that was put back, a server that lost commits.
#include "vault/upkeep/adopt.h"

#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Adoption : public ::testing::Test {
 protected:
  Adoption() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "openai:a", "sk-test-old");
    old_ = vault_.snapshot();
  }
  // As yesterday's file, or a standby that was behind.
  void lose_what_came_after() { vault_.put_back(old_); }
  std::vector<Loss> plan() const {
    auto vault = vault_.open();
    return plan_adoption(vault);
  }
  void adopt_all() const {
    auto vault = vault_.open();
    adopt(vault, plan_adoption(vault));
  }

  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
  TestVault vault_{marks_};
  Snapshot old_;
};

TEST_F(Adoption, HasNothingToDoWhereNothingIsOlder) { EXPECT_THAT(plan(), IsEmpty()); }

TEST_F(Adoption, NamesTheChangesLostOfEachAgent) {
  vault_.put(kMain, "openai:a", "sk-test-new");
  vault_.put(kMain, "openai:b", "sk-test-new");
  lose_what_came_after();
  EXPECT_THAT(plan(), ElementsAre(Loss{kMain, 2}));
}

TEST_F(Adoption, LetsWritersGoOnAndKeepsWhatIsThere) {
  vault_.put(kMain, "openai:a", "sk-test-new");
  lose_what_came_after();
  EXPECT_EQ(code_of([&] { vault_.put(kMain, "openai:b", "sk-test"); }), ErrorCode::rolled_back);
  adopt_all();
  EXPECT_THAT(plan(), IsEmpty());
  vault_.put(kMain, "openai:b", "sk-test");
  EXPECT_EQ(vault_.get(kMain, "openai:a"), "sk-test-old");
}

TEST_F(Adoption, SettlesAnotherHostThatHasSeenMore) {
  const auto others = std::make_shared<MemoryMarks>();
  auto there = vault_.options();
  there.marks = others;
  for (int i = 0; i < 50; ++i) {
    auto other = Vault::open(vault_.storage(), there).unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
    auto writing = other.write();
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential("sk-test-other"));
    writing.commit();
  }
  vault_.put(kMain, "openai:a", "sk-test-new");
  vault_.put_back(old_);
  adopt_all();
  auto other = Vault::open(vault_.storage(), there).unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
  auto writing = other.write();
  writing.put_profile(kMain, sheet_of("openai:c"), key_credential("sk-test-c"));
  writing.commit();
  EXPECT_THAT(writing.warnings(), IsEmpty());
}

TEST_F(Adoption, ChangesNothingWhenWhatIsLostIsNotWhatWasAgreedTo) {
  vault_.put(kMain, "openai:a", "sk-test-new");
  lose_what_came_after();
  auto vault = vault_.open();
  EXPECT_EQ(code_of([&] { adopt(vault, {}); }), ErrorCode::busy);
  EXPECT_THAT(plan(), ElementsAre(Loss{kMain, 1}));
}

TEST_F(Adoption, AdoptsNoDamage) {
  vault_.put(kMain, "openai:a", "sk-test-new");
  auto row = old_.records.front();
  row.sealed_sheet.back() ^= 1;
  lose_what_came_after();
  vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  EXPECT_EQ(code_of([&] { plan(); }), ErrorCode::damaged_record);
}

TEST_F(Adoption, TakesTheRootKey) {
  auto root = vault_.open();
  std::string token;
  {
    auto writing = root.write();
    token = issue_token(writing, root.keyring(), {kWorker, SharedProfiles::excluded, std::nullopt}).reveal();
    writing.commit();
  }
  auto holder = vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  EXPECT_EQ(code_of([&] { return plan_adoption(holder); }), ErrorCode::denied);
}

}  // namespace
}  // namespace vault::testing
