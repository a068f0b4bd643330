// SPDX-License-Identifier: Apache-2.0
#pragma once
// The highest state that a writer on this host has seen, kept outside the vault: what tells yesterday's copy of the
// file from today's. Readers compare, writers move it after their commit.

#include <filesystem>
#include <optional>

#include "vault/base/ids.h"
#include "vault/seal/state.h"

namespace vault {

struct RollbackMark {
  std::uint64_t generation = 0;
  Digest digest{};
  bool operator==(const RollbackMark&) const = default;
};

class RollbackMarks {
 public:
  virtual ~RollbackMarks() = default;
  // The vault's own state goes under an agent id of zeros. Absent: never seen here.
  virtual std::optional<RollbackMark> find(const VaultId& vault, const AgentId& agent) = 0;
  virtual void put(const VaultId& vault, const AgentId& agent, const RollbackMark& mark) = 0;
};

enum class Freshness { fresh, rolled_back };
// Older than the mark, or of its generation with other contents: rolled back.
Freshness compare(const std::optional<RollbackMark>& mark, const RollbackMark& seen) noexcept;

// One small text file per vault below `folder`, made 0700/0600. It names no agent. An unreadable one counts as absent.
class RollbackMarkFiles : public RollbackMarks {
 public:
  explicit RollbackMarkFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::optional<RollbackMark> find(const VaultId& vault, const AgentId& agent) override;
  void put(const VaultId& vault, const AgentId& agent, const RollbackMark& mark) override;

 private:
  std::filesystem::path path_of(const VaultId& vault) const;
  std::filesystem::path folder_;
};

}  // namespace vault
