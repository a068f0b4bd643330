// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads that wait for a writer: who reads does not write the vault, and leaves a sealed line beside it instead. It lies
// outside the vault, in the reader's state folder; whoever may write there can remove it.

#include <filesystem>
#include <vector>

#include "vault/base/encoding.h"
#include "vault/base/ids.h"

namespace vault {

struct WaitingRead {
  AgentId agent;  // whose log it is for
  Bytes sealed;
  bool operator==(const WaitingRead&) const = default;
};

class ReadSpool {
 public:
  virtual ~ReadSpool() = default;
  // One line, without a sync. io, also when there is no room: the read goes on then.
  virtual void add(const VaultId& vault, const WaitingRead& read) = 0;
  virtual std::vector<WaitingRead> all(const VaultId& vault) = 0;  // lines of another form are passed over
  virtual void remove(const VaultId& vault, const std::vector<WaitingRead>& taken_in) = 0;
};

inline constexpr std::uint64_t kLongestReadSpool = std::uint64_t{1} << 20;  // bytes
inline constexpr std::size_t kLongestWaitingRead = 8192;                    // bytes, sealed

// A text file `reads-<vault id>` a vault below `folder`, 0600: a line `<agent id> <sealed, both in hexadecimal>`.
class ReadSpoolFiles : public ReadSpool {
 public:
  explicit ReadSpoolFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void add(const VaultId& vault, const WaitingRead& read) override;
  std::vector<WaitingRead> all(const VaultId& vault) override;
  void remove(const VaultId& vault, const std::vector<WaitingRead>& taken_in) override;

 private:
  std::filesystem::path path_of(const VaultId& vault) const;
  std::filesystem::path folder_;
};

}  // namespace vault
