// SPDX-License-Identifier: Apache-2.0
#pragma once
// One transaction on a connection. Holds the connection alive, and for a writer its turn. Inside the SQLite backend
// only.

#include <memory>
#include <optional>

#include "vault/storage/sqlite/connection.h"
#include "vault/storage/sqlite/file/writer_lock.h"
#include "vault/storage/transaction_rules.h"

namespace vault {

class SqliteTransaction final : public Transaction {
 public:
  // With a turn it writes, without one it reads. newer_format: the file was migrated since it was opened.
  SqliteTransaction(std::shared_ptr<Connection> connection, std::optional<WriterLock::Turn> turn,
                    std::uint32_t schema_version, std::uint32_t application_id);
  ~SqliteTransaction() override;
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;

  VaultRow vault_row() override;
  void put_vault_row(const VaultRow& row) override;

  std::vector<KeySlot> key_slots() override;
  std::optional<KeySlot> key_slot(const SlotId& id) override;
  void put_key_slot(const KeySlot& row) override;
  bool erase_key_slot(const SlotId& id) override;

  std::vector<AgentRow> agents() override;
  std::optional<AgentRow> agent(const Lookup& lookup) override;
  std::optional<AgentRow> agent(const AgentId& id) override;
  void put_agent(const AgentRow& row) override;
  bool erase_agent(const AgentId& id) override;

  std::optional<RecordRow> record(const RecordKey& key) override;
  void put_record(const RecordRow& row) override;
  bool erase_record(const RecordKey& key) override;
  void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) override;

  std::int64_t append_log(const LogOwner& owner, const Bytes& sealed) override;
  void put_log(const LogRow& row) override;
  void scan_log(const std::function<void(const LogRow&)>& visit) override;
  void scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) override;
  std::uint64_t erase_log(const LogOwner& owner, std::int64_t last) override;

  void commit() override;

  // For what SQLite alone can do: copying the pages, and checking them.
  Connection& connection();

 private:
  void require_open() const;
  void finish() noexcept;
  sqlite3_stmt& reading(Sql which);
  sqlite3_stmt& writing(Sql which);

  std::shared_ptr<Connection> connection_;
  std::optional<WriterLock::Turn> turn_;
  TransactionRules rules_;
};

}  // namespace vault
