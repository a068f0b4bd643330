// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every backend holds its callers to, written once so that the backends cannot disagree: the lengths of stored
// fields, and which calls a transaction takes in which state. For backends only.
//
// A field that is too long, or a commitment of another length than 32 bytes, is parameters_out_of_bounds. A call that
// the contract forbids (a write by a reader, a call after commit, a write during a scan) is internal: a bug of ours.

#include <cstddef>

#include "vault/storage/storage.h"

namespace vault {

inline constexpr std::size_t kLongestField = std::size_t{2} << 20;  // bytes, sealed; persistent
inline constexpr std::size_t kCommitmentSize = 32;                  // bytes

void require_lengths(const VaultRow& row);
void require_lengths(const KeySlot& row);
void require_lengths(const AgentRow& row);
void require_lengths(const RecordRow& row);
void require_log_length(const Bytes& sealed);

// One transaction's state, asked at the door of every call.
class TransactionRules {
 public:
  explicit TransactionRules(Access access) noexcept : access_(access) {}
  void require_open() const;
  void require_writing() const;
  void finish() noexcept { open_ = false; }
  bool open() const noexcept { return open_; }

  // While one lives, the transaction neither writes, nor scans, nor commits.
  class Scan {
   public:
    explicit Scan(TransactionRules& rules);
    ~Scan() { rules_.scanning_ = false; }
    Scan(const Scan&) = delete;
    Scan& operator=(const Scan&) = delete;

   private:
    TransactionRules& rules_;
  };

  void require_no_scan() const;

 private:
  Access access_;
  bool open_ = true;
  bool scanning_ = false;
};

}  // namespace vault
