// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a transaction knows of rows because it has read or written them itself: its snapshot does not change, and under
// the turn nobody else writes. Who asks for such a row once more pays no journey. Inside the PostgreSQL backend only.

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "vault/storage/rows.h"

namespace vault::postgres {

// Key slots, or agents, by id.
template <class Id, class Row>
class KnownTable {
 public:
  // Empty: nothing is known. A row that is known not to be there is the empty row.
  std::optional<std::optional<Row>> find(const Id& id) const {
    const auto found = rows_.find(id);
    if (found != rows_.end()) return found->second;
    return whole_ ? std::optional(std::optional<Row>()) : std::nullopt;
  }
  void put(const Row& row) { rows_.insert_or_assign(row.id, row); }
  void note_absent(const Id& id) { rows_.insert_or_assign(id, std::nullopt); }
  void note_all() noexcept { whole_ = true; }  // what is not known by now is not there
  bool is_whole() const noexcept { return whole_; }
  std::size_t size() const noexcept { return rows_.size(); }
  std::vector<Row> rows() const {  // by id
    std::vector<Row> rows;
    for (const auto& [id, row] : rows_) {
      if (row) rows.push_back(*row);
    }
    return rows;
  }

 private:
  std::map<Id, std::optional<Row>> rows_;
  bool whole_ = false;
};

class KnownAgents : public KnownTable<AgentId, AgentRow> {
 public:
  std::optional<AgentRow> find_by(const Lookup& lookup) const;  // empty: not there, or not known
  void put(const AgentRow& row);

 private:
  std::map<Lookup, AgentId> by_lookup_;  // as each was when it was last put
};

// All agents' records together.
class KnownRecords {
 public:
  enum class Presence { unknown, absent, there };

  Presence presence(const RecordKey& key) const;
  // Of one that is there; null: it was too much to keep.
  const RecordRow* row(const RecordKey& key) const;
  void put(const RecordRow& row);  // read
  void note_absent(const RecordKey& key);
  void note_written(const RecordRow& row);
  void note_erased(const RecordKey& key);
  void note_agent_erased(const AgentId& agent);
  // All of the agent's records were met, in any order.
  void note_all(const AgentId& agent, std::vector<RecordKey> keys);
  // Visits the agent's records by kind, then lookup. False: not all of them are known, or some were written by this
  // transaction; who scans those means to see what the server holds.
  bool visit_all(const AgentId& agent, const std::function<void(const RecordRow&)>& visit) const;

 private:
  struct OfAgent {
    bool whole = false;
    bool written = false;
    std::vector<RecordKey> met;  // by the scan that made it whole, sorted; what came after it is in `rows_`
  };
  struct Known {
    bool there = false;
    std::optional<RecordRow> row;  // empty: not kept
  };
  void keep(const RecordRow& row);

  std::map<AgentId, OfAgent> agents_;
  std::map<RecordKey, Known> rows_;
  std::size_t room_ = std::size_t{16} << 20;  // bytes of sealed fields
};

}  // namespace vault::postgres
