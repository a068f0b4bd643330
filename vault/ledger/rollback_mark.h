// SPDX-License-Identifier: Apache-2.0
#pragma once
// The highest state that a writer on this host has seen, kept outside the vault: what tells yesterday's copy of the
// file from today's. Readers compare, writers move it after their commit.

#include <filesystem>
#include <map>
#include <optional>

#include "vault/base/ids.h"
#include "vault/seal/state.h"

namespace vault {

struct RollbackMark {
  std::uint64_t generation = 0;
  Digest digest{};
  bool operator==(const RollbackMark&) const = default;
};

using RollbackMarkSet = std::map<AgentId, RollbackMark>;  // the vault's own state goes under an agent id of zeros

enum class MarkRule {
  never_lower,  // a mark that is higher already stays: somebody else wrote later
  as_given,     // what is in the file was accepted, however old it is
};

class RollbackMarks {
 public:
  virtual ~RollbackMarks() = default;
  // Empty: nothing of this vault was ever written here. Throws when there are marks that cannot be read.
  virtual RollbackMarkSet all(const VaultId& vault) = 0;
  // In one step, beside those of other agents. Throws without having lost any.
  virtual void put_all(const VaultId& vault, const RollbackMarkSet& marks, MarkRule rule) = 0;

  std::optional<RollbackMark> find(const VaultId& vault, const AgentId& agent);
};

// What put_all() leaves: `given` beside and over `there`.
RollbackMarkSet merged(RollbackMarkSet there, const RollbackMarkSet& given, MarkRule rule);

enum class Freshness { fresh, rolled_back };
// Older than the mark, or of its generation with other contents: rolled back.
Freshness compare(const std::optional<RollbackMark>& mark, const RollbackMark& seen) noexcept;

// One small text file per vault below `folder`, made 0700/0600. It names no agent. Absent is only what is not there: a
// file that cannot be opened, or is not in its form, is io and stays as it is.
class RollbackMarkFiles : public RollbackMarks {
 public:
  explicit RollbackMarkFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  RollbackMarkSet all(const VaultId& vault) override;
  void put_all(const VaultId& vault, const RollbackMarkSet& marks, MarkRule rule) override;

 private:
  std::filesystem::path path_of(const VaultId& vault) const;
  std::filesystem::path folder_;
};

}  // namespace vault
