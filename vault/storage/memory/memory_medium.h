// SPDX-License-Identifier: Apache-2.0
#pragma once
// The committed tables that memory storages share, and the queue of their writers. Inside the memory backend only.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "vault/storage/rows.h"

namespace vault {

struct MemoryTables {
  std::optional<VaultRow> vault;
  std::map<SlotId, KeySlot> slots;
  std::map<AgentId, AgentRow> agents;
  std::map<Lookup, AgentId> lookups;  // of agents
  std::map<RecordKey, RecordRow> records;
  std::map<std::int64_t, LogRow> log;
};

class MemoryMedium {
 public:
  std::shared_ptr<const MemoryTables> tables() const;
  void publish(std::shared_ptr<const MemoryTables> tables);

  // The right to write, given back on destruction. Throws busy.
  class Turn {
   public:
    Turn(MemoryMedium& medium, std::chrono::milliseconds longest_wait);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    MemoryMedium& medium_;
  };

 private:
  mutable std::mutex mutex_;
  std::condition_variable turn_is_over_;
  std::deque<std::uint64_t> queue_;  // tickets; the one in front writes
  std::uint64_t next_ticket_ = 0;
  std::shared_ptr<const MemoryTables> tables_ = std::make_shared<const MemoryTables>();
};

}  // namespace vault
