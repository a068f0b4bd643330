// SPDX-License-Identifier: Apache-2.0
#pragma once
// The contract that every backend keeps, memory and SQLite from the first day; one conformance suite judges both.
// Storage sees neither plaintext nor keys, and decides nothing.
//
// Every call may throw io (the system refused), busy (somebody else writes, and waited long enough) or damaged_record
// (the medium itself is broken). An absent row is a value: nullopt, false, or nothing visited. What a transaction has
// written it also reads. One transaction at a time per Storage; a Storage is used by one thread at a time.
//
// A sealed field is at most 2 MiB long, a commitment exactly 32 bytes: parameters_out_of_bounds otherwise. A call that
// makes no sense (a write by a reader, any after commit, a second transaction) is internal. A call refused for what it
// was given has changed nothing, and the transaction goes on; after io or damaged_record, let it end.

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "vault/storage/rows.h"

namespace vault {

enum class Access { read, write };

class Transaction {
 public:
  virtual ~Transaction() = default;  // rolls back what was not committed; never throws

  virtual VaultRow vault_row() = 0;  // not_a_vault when there is none
  virtual void put_vault_row(const VaultRow& row) = 0;

  virtual std::vector<KeySlot> key_slots() = 0;  // by creation, then id
  virtual std::optional<KeySlot> key_slot(const SlotId& id) = 0;
  virtual void put_key_slot(const KeySlot& row) = 0;  // inserts or replaces; unknown agent: not_found
  virtual bool erase_key_slot(const SlotId& id) = 0;

  virtual std::vector<AgentRow> agents() = 0;  // by id
  virtual std::optional<AgentRow> agent(const Lookup& lookup) = 0;
  virtual std::optional<AgentRow> agent(const AgentId& id) = 0;
  virtual void put_agent(const AgentRow& row) = 0;  // inserts or replaces by id; another agent's lookup: already_exists
  virtual bool erase_agent(const AgentId& id) = 0;  // with its records, and its slots

  virtual std::optional<RecordRow> record(const RecordKey& key) = 0;
  virtual void put_record(const RecordRow& row) = 0;  // inserts or replaces; unknown agent: not_found
  virtual bool erase_record(const RecordKey& key) = 0;
  // Visits an agent's records one at a time, ordered by kind, then lookup. The row lives during the call. The visitor
  // neither writes nor begins another scan of this transaction.
  virtual void scan_records(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) = 0;

  // The log's rows belong to an agent, or without one to the vault itself, and outlive the agent's row. Scans are by
  // sequence, under the rules of scan_records.
  virtual std::int64_t append_log(const LogOwner& owner, const Bytes& sealed) = 0;  // its sequence: above all there are
  virtual void put_log(const LogRow& row) = 0;  // replaces one that is there (not_found otherwise)
  virtual void scan_log(const std::function<void(const LogRow&)>& visit) = 0;  // everybody's
  virtual void scan_log(const LogOwner& owner, const std::function<void(const LogRow&)>& visit) = 0;
  // Erases the owner's rows up to this sequence and with it; how many there were.
  virtual std::uint64_t erase_log(const LogOwner& owner, std::int64_t last) = 0;

  // Durable when it returns; the transaction is over then. For a reading one: ends it. After busy (readers were in the
  // way) it may be tried again. committed_unverified: it is over and its changes are kept, but whether they outlast a
  // power failure is not known. No other error comes after they were kept.
  virtual void commit() = 0;
};

class Storage {
 public:
  virtual ~Storage() = default;
  // A writer queues fairly for its turn and sees the newest state; readers see one state throughout.
  virtual std::unique_ptr<Transaction> begin(Access access) = 0;
  // Rewrites the medium so that nothing erased remains in it. Not inside a transaction.
  virtual void rewrite() = 0;
  // False: it cannot promise that, and rewrite() does no more than wait for its turn.
  virtual bool can_rewrite() const noexcept { return true; }
};

}  // namespace vault
