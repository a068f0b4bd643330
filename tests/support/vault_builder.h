// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault in memory for tests: a clock turned by hand, one key file, and the rows within reach of whoever plays the
// attacker. Everything goes through the contract of storage.h, so that it says nothing about one backend only.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "vault/keys/key_file.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/vault.h"

namespace vault::testing {

inline const AgentName kMain = AgentName::shared();
inline const AgentName kWorker{"worker"};
inline const AgentName kOther{"other"};

class MemoryMarks : public RollbackMarks {
 public:
  RollbackMarkSet all(const VaultId& vault) override { return marks_[vault]; }
  void put_all(const VaultId& vault, const RollbackMarkSet& marks, MarkRule rule) override {
    marks_[vault] = merged(marks_[vault], marks, rule);
  }
  void forget() { marks_.clear(); }

 private:
  std::map<VaultId, RollbackMarkSet> marks_;
};

inline ProfileSheet sheet_of(const std::string& id, const std::string& provider = "openai") {
  return {.id = ProfileId(id), .provider = ProviderId(provider)};
}

inline Credential key_credential(std::string_view key) {
  Credential credential;
  credential.set(SecretField::key, SecretString::copy_of(key));
  return credential;
}

// Everything that lies in the storage, as a thief or a backup has it.
struct Snapshot {
  VaultRow vault;
  std::vector<KeySlot> slots;
  std::vector<AgentRow> agents;
  std::vector<RecordRow> records;
  std::vector<LogRow> log;
};

inline std::vector<LogRow> log_rows_in(Transaction& transaction) {
  std::vector<LogRow> rows;
  transaction.scan_log([&](const LogRow& row) { rows.push_back(row); });
  return rows;
}

inline void put_log_back(Transaction& transaction, const std::vector<LogRow>& log) {
  for (const auto& row : log_rows_in(transaction)) transaction.erase_log(row.agent, INT64_MAX);
  for (const auto& row : log) transaction.append_log(row.agent, row.sealed);
}

inline std::vector<RecordRow> records_in(Transaction& transaction, const AgentId& agent) {
  std::vector<RecordRow> rows;
  transaction.scan_records(agent, [&](const RecordRow& row) { rows.push_back(row); });
  return rows;
}

class TestVault {
 public:
  explicit TestVault(std::shared_ptr<RollbackMarks> marks = nullptr, unsigned number = 1)
      : medium_(make_memory_medium()), id_(test_id<VaultId>(number)), marks_(std::move(marks)) {
    std::vector<NewSlot> slots;
    slots.push_back({SlotKind::key_file, slot_key(), {}});
    Vault::create(make_memory_storage(medium_), id_, slots, options());
  }

  const VaultId& id() const { return id_; }
  SlotKey slot_key() const { return test_key<SlotKey>(7); }
  Timestamp now() const { return *now_; }
  void pass(std::int64_t ms) { now_->ms += ms; }

  VaultOptions options() const {
    VaultOptions options{[now = now_] { return *now; }, marks_};
    if (adjust_) adjust_(options);
    return options;
  }
  // What else everybody is to be opened with from now on.
  void adjust(std::function<void(VaultOptions&)> adjust) { adjust_ = std::move(adjust); }
  const std::shared_ptr<MemoryMedium>& medium() const { return medium_; }
  std::unique_ptr<Storage> storage() const { return make_memory_storage(medium_); }
  Vault locked() const { return Vault::open(make_memory_storage(medium_), options()); }
  // Opened afresh with the key file, as every command does.
  UnlockedVault open() const { return locked().unlock(KeyFileUnlocker({id_, slot_key()})); }

  // Runs in one writing and commits it.
  template <class Change>
  auto write(Change&& change) {
    auto vault = open();
    auto writing = vault.write();
    if constexpr (std::is_void_v<decltype(change(writing))>) {
      change(writing);
      writing.commit();
    } else {
      auto result = change(writing);
      writing.commit();
      return result;
    }
  }
  template <class Ask>
  auto read(Ask&& ask) const {
    auto vault = open();
    auto reading = vault.read();
    return ask(reading);
  }

  void add_agent(const AgentName& name, Inheritance inheritance = Inheritance::linked) {
    write([&](Writing& writing) { writing.add_agent(name, inheritance); });
  }
  ProfileSheet put(const AgentName& agent, const std::string& id, const std::string& key,
                   const std::string& provider = "openai") {
    return write(
        [&](Writing& writing) { return writing.put_profile(agent, sheet_of(id, provider), key_credential(key)); });
  }
  // The key that the agent gets for this id; empty when it sees no such profile.
  std::optional<std::string> get(const AgentName& agent, const std::string& id) const {
    return read([&](Reading& reading) { return key_in(reading, agent, id); });
  }
  static std::optional<std::string> key_in(Reading& reading, const AgentName& agent, const std::string& id) {
    const auto seen = reading.find_profile(agent, ProfileId(id));
    if (!seen) return std::nullopt;
    return std::string(reading.credential_of(*seen).find(SecretField::key)->reveal());
  }
  AgentView view(const AgentName& agent) const {
    return read([&](Reading& reading) { return reading.view(agent); });
  }

  // The attacker's part: rows as they lie there, without a key.
  template <class Attack>
  auto raw(Attack&& attack) const {
    const auto storage = make_memory_storage(medium_);
    const auto transaction = storage->begin(Access::write);
    if constexpr (std::is_void_v<decltype(attack(*transaction))>) {
      attack(*transaction);
      transaction->commit();
    } else {
      auto result = attack(*transaction);
      transaction->commit();
      return result;
    }
  }

  Snapshot snapshot() const {
    return raw([](Transaction& transaction) {
      Snapshot all{
          transaction.vault_row(), transaction.key_slots(), transaction.agents(), {}, log_rows_in(transaction)};
      for (const auto& agent : all.agents) {
        for (auto& row : records_in(transaction, agent.id)) all.records.push_back(std::move(row));
      }
      return all;
    });
  }
  void put_back(const Snapshot& old) const {
    raw([&](Transaction& transaction) {
      put_log_back(transaction, old.log);
      for (const auto& slot : transaction.key_slots()) transaction.erase_key_slot(slot.id);
      for (const auto& agent : transaction.agents()) transaction.erase_agent(agent.id);
      transaction.put_vault_row(old.vault);
      for (const auto& agent : old.agents) transaction.put_agent(agent);
      for (const auto& slot : old.slots) transaction.put_key_slot(slot);
      for (const auto& row : old.records) transaction.put_record(row);
    });
  }

  // What somebody who knows the names finds out by watching the file: where a record lies. Taken with the keys here.
  AgentId agent_id(const AgentName& name) const;
  RecordKey key_of(const AgentName& agent, RecordKind kind, std::string_view name) const;
  RecordRow row_of(const AgentName& agent, const std::string& id, RecordKind kind = RecordKind::profile) const;

 private:
  std::shared_ptr<MemoryMedium> medium_;
  VaultId id_;
  std::shared_ptr<RollbackMarks> marks_;
  std::function<void(VaultOptions&)> adjust_;
  std::shared_ptr<Timestamp> now_ = std::make_shared<Timestamp>(Timestamp{1'800'000'000'000});
};

inline AgentId TestVault::agent_id(const AgentName& name) const {
  auto vault = open();
  return vault.session(Access::read, OldCopies::unchecked).open(name).agent.id;
}

inline RecordKey TestVault::key_of(const AgentName& agent, RecordKind kind, std::string_view name) const {
  auto vault = open();
  auto session = vault.session(Access::read, OldCopies::unchecked);
  const auto& opened = session.open(agent).agent;
  return {opened.id, kind, record_lookup(opened.keys.read.index, kind, name)};
}

inline RecordRow TestVault::row_of(const AgentName& agent, const std::string& id, RecordKind kind) const {
  const auto key = key_of(agent, kind, id);
  return raw([&](Transaction& transaction) { return transaction.record(key).value(); });
}

}  // namespace vault::testing
