// SPDX-License-Identifier: Apache-2.0
#pragma once
// One look at all rows of one log, oldest first. Inside the ledger only.

#include <functional>
#include <optional>
#include <string>

#include "vault/seal/log_codec.h"
#include "vault/storage/storage.h"

namespace vault {

// A row that opened, and where: a checkpoint, or else an entry.
struct OpenLogRow {
  std::int64_t sequence = 0;
  std::uint64_t position = 0;
  Digest head{};  // of the chain, with this row
  std::optional<LogCheckpoint> checkpoint{};
  LogEntry entry{};
};

struct WalkedLog {
  bool whole = false;
  std::string what;  // is wrong; one clause
  std::uint64_t entries = 0;
  std::optional<LogCheckpoint> checkpoint;
};

class LogWalk {
 public:
  using Visit = std::function<void(const OpenLogRow&)>;
  LogWalk(const LogPlace& place, const LogKey& key, const LogAnchor& anchor, Visit visit)
      : place_(place), key_(key), anchor_(anchor), visit_(std::move(visit)) {}

  WalkedLog run(Transaction& transaction);

 private:
  template <class Decoded>
  std::optional<Decoded> open(LogRowKind kind, std::uint64_t position, ByteView sealed,
                              Decoded (*decode)(ByteView)) const;
  void take(const LogRow& row);
  bool opens_as_checkpoint(const LogRow& row);
  bool opens_at(const LogRow& row, std::uint64_t position);
  bool opens_elsewhere(const LogRow& row);
  std::string in_words() const;

  const LogPlace& place_;
  const LogKey& key_;
  const LogAnchor anchor_;
  Visit visit_;
  WalkedLog found_;
  Digest head_{};
  std::uint64_t position_ = 0, attempts_ = 0, unopened_ = 0, misplaced_ = 0;
  bool first_ = true;
};

}  // namespace vault
