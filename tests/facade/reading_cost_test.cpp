// SPDX-License-Identifier: Apache-2.0
// P2: what a reading has listed it does not list again. Counted in scans, not in time.
#include <algorithm>
#include <gtest/gtest.h>

#include "tests/support/transaction_of_another.h"
#include "tests/support/vault_builder.h"
#include "vault/applying/apply.h"

namespace vault::testing {
namespace {

class CountingTransaction final : public TransactionOfAnother {
 public:
  CountingTransaction(std::unique_ptr<Transaction> other, int& scans, int& look_ups)
      : TransactionOfAnother(std::move(other)), scans_(scans), look_ups_(look_ups) {}
  std::optional<RecordRow> record(const RecordKey& key) override {
    ++look_ups_;
    return other_->record(key);
  }
  void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) override {
    ++scans_;
    other_->scan_records(agent, visit);
  }

 private:
  int& scans_;
  int& look_ups_;
};

class CountingStorage : public Storage {
 public:
  CountingStorage(std::unique_ptr<Storage> inner, int& scans, int& look_ups)
      : inner_(std::move(inner)), scans_(scans), look_ups_(look_ups) {}
  std::unique_ptr<Transaction> begin(Access access) override {
    return std::make_unique<CountingTransaction>(inner_->begin(access), scans_, look_ups_);
  }
  void rewrite() override { inner_->rewrite(); }

 private:
  std::unique_ptr<Storage> inner_;
  int& scans_;
  int& look_ups_;
};

class ReadingCosts : public ::testing::Test {
 protected:
  ReadingCosts() {
    vault_.put(kMain, "shared", "sk-test-shared");
    vault_.write([](Writing& writing) {
      for (int i = 0; i < 5; ++i) writing.add_agent(AgentName("heir" + std::to_string(i)), Inheritance::linked);
    });
  }
  UnlockedVault counted() {
    return Vault::open(std::make_unique<CountingStorage>(vault_.storage(), scans_, look_ups_), vault_.options())
        .unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
  }
  void put_many() {  // more than an agent has whose set is compared at each look-up
    vault_.write([](Writing& writing) {
      for (int i = 0; i < 70; ++i) {
        writing.put_profile(kMain, sheet_of("p" + std::to_string(i)), key_credential("sk-test-" + std::to_string(i)));
      }
    });
  }
  int scans_ = 0, look_ups_ = 0;
  TestVault vault_;
};

// P6
TEST_F(ReadingCosts, ASecretIsReadFromTheRowThatItsSheetCameFrom) {
  put_many();
  auto opened = counted();
  auto reading = opened.read();
  scans_ = look_ups_ = 0;
  const auto found = reading.find_profile(kMain, ProfileId("p7"));
  EXPECT_EQ(reading.credential_of(*found).find(SecretField::key)->reveal(), "sk-test-7");
  EXPECT_EQ(look_ups_, 1);
  EXPECT_EQ(scans_, 0);
}

// P6
TEST_F(ReadingCosts, AnExportAndAListingScanAnAgentOnce) {
  put_many();
  auto opened = counted();
  auto reading = opened.read();
  scans_ = look_ups_ = 0;
  int visited = 0;
  reading.for_each_own_profile(kMain, [&](const ProfileSheet&, const Credential&) { ++visited; });
  EXPECT_EQ(visited, 71);
  EXPECT_EQ(scans_, 1);
  EXPECT_EQ(look_ups_, 0);
  EXPECT_EQ(reading.listing(kMain).size(), 71U);
  EXPECT_EQ(scans_, 2);
}

// P6
TEST_F(ReadingCosts, RemovingAProfileScansItsAgentOnce) {
  put_many();
  auto opened = counted();
  auto writing = opened.write();
  writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("p7")}});
  scans_ = 0;
  const auto orders = writing.remove_profile(kMain, ProfileId("p7"));
  EXPECT_EQ(scans_, 1);
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders.front().provider.key(), "openai");
}

// P7
TEST_F(ReadingCosts, AnImportIsVerifiedByOneScanBeforeTheCommitAndOneAfterIt) {
  auto opened = counted();
  ImportBatch batch;
  batch.agents.emplace_back(kMain);
  for (int i = 0; i < 70; ++i) {
    batch.agents[0].profiles.push_back({sheet_of("p" + std::to_string(i)), key_credential("sk-test")});
  }
  ApplyReport report;
  {
    auto writing = opened.write();
    scans_ = 0;
    report = apply(writing, batch, OnConflict::fail);
    EXPECT_LE(scans_, 2);  // one of them to say that nothing of the first name is there
    writing.commit();
  }
  auto reading = opened.read();
  scans_ = look_ups_ = 0;
  verify_applied(reading, batch, report);
  EXPECT_EQ(scans_, 1);
  EXPECT_EQ(look_ups_, 0);
}

TEST_F(ReadingCosts, AListingShowsWhatAViewShows) {
  vault_.put(AgentName("heir1"), "shared", "sk-test-own");
  vault_.put(AgentName("heir1"), "another", "sk-test-another");
  vault_.write([](Writing& writing) { writing.put_variable(kMain, "V", SecretString::copy_of("x")); });
  vault_.read([](Reading& reading) {
    for (const auto& name : {kMain, AgentName("heir0"), AgentName("heir1")}) {
      const auto view = reading.view(name);
      std::vector<SeenProfile> listed;
      const auto listing = reading.listing(name);
      listing.for_each_profile([&](const SeenProfile& seen) { listed.push_back(seen); });
      EXPECT_EQ(listed.size(), view.profiles.size());
      for (std::size_t i = 0; i < std::min(listed.size(), view.profiles.size()); ++i) {
        EXPECT_EQ(listed[i].sheet, view.profiles[i].sheet);
        EXPECT_EQ(listed[i].owner, view.profiles[i].owner);
        EXPECT_EQ(listed[i].inherited, view.profiles[i].inherited);
      }
      EXPECT_EQ(listing.variables().size(), 1U);
      for (const auto& seen : listing.variables()) EXPECT_EQ(seen.owner, kMain);
    }
    return 0;
  });
}

TEST_F(ReadingCosts, TheSharedAgentIsListedOnceHoweverManyAgentsInherit) {
  auto opened = counted();
  auto reading = opened.read();
  scans_ = 0;
  for (const auto& agent : reading.agents()) EXPECT_EQ(reading.view(agent.name).profiles.size(), 1U);
  EXPECT_EQ(scans_, 6);
}

TEST_F(ReadingCosts, AWritingListsAgainWhatItMayHaveChanged) {
  auto opened = counted();
  auto writing = opened.write();
  const AgentName heir("heir0");
  EXPECT_EQ(writing.view(heir).profiles.size(), 1U);
  writing.put_profile(kMain, sheet_of("another"), key_credential("sk-test-another"));
  EXPECT_EQ(writing.view(heir).profiles.size(), 2U);
}

}  // namespace
}  // namespace vault::testing
