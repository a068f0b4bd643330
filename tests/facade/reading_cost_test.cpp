// SPDX-License-Identifier: Apache-2.0
// P2: what a reading has listed it does not list again. Counted in scans, not in time.
#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

class CountingTransaction : public Transaction {
 public:
  CountingTransaction(std::unique_ptr<Transaction> inner, int& scans) : inner_(std::move(inner)), scans_(scans) {}
  VaultRow vault_row() override { return inner_->vault_row(); }
  void put_vault_row(const VaultRow& row) override { inner_->put_vault_row(row); }
  std::vector<KeySlot> key_slots() override { return inner_->key_slots(); }
  std::optional<KeySlot> key_slot(const SlotId& id) override { return inner_->key_slot(id); }
  void put_key_slot(const KeySlot& row) override { inner_->put_key_slot(row); }
  bool erase_key_slot(const SlotId& id) override { return inner_->erase_key_slot(id); }
  std::vector<AgentRow> agents() override { return inner_->agents(); }
  std::optional<AgentRow> agent(const Lookup& lookup) override { return inner_->agent(lookup); }
  std::optional<AgentRow> agent(const AgentId& id) override { return inner_->agent(id); }
  void put_agent(const AgentRow& row) override { inner_->put_agent(row); }
  bool erase_agent(const AgentId& id) override { return inner_->erase_agent(id); }
  std::optional<RecordRow> record(const RecordKey& key) override { return inner_->record(key); }
  void put_record(const RecordRow& row) override { inner_->put_record(row); }
  bool erase_record(const RecordKey& key) override { return inner_->erase_record(key); }
  void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) override {
    ++scans_;
    inner_->scan_records(agent, visit);
  }
  std::int64_t append_log(const LogOwner& owner, const Bytes& sealed) override {
    return inner_->append_log(owner, sealed);
  }
  void put_log(const LogRow& row) override { inner_->put_log(row); }
  void scan_log(const std::function<void(const LogRow&)>& visit) override { inner_->scan_log(visit); }
  void scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) override {
    inner_->scan_log(owner, visit);
  }
  std::uint64_t erase_log(const LogOwner& owner, std::int64_t last) override { return inner_->erase_log(owner, last); }
  void commit() override { inner_->commit(); }

 private:
  std::unique_ptr<Transaction> inner_;
  int& scans_;
};

class CountingStorage : public Storage {
 public:
  CountingStorage(std::unique_ptr<Storage> inner, int& scans) : inner_(std::move(inner)), scans_(scans) {}
  std::unique_ptr<Transaction> begin(Access access) override {
    return std::make_unique<CountingTransaction>(inner_->begin(access), scans_);
  }
  void rewrite() override { inner_->rewrite(); }

 private:
  std::unique_ptr<Storage> inner_;
  int& scans_;
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
    return Vault::open(std::make_unique<CountingStorage>(vault_.storage(), scans_), vault_.options())
        .unlock(KeyFileUnlocker({vault_.id(), vault_.slot_key()}));
  }
  int scans_ = 0;
  TestVault vault_;
};

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
