// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where replies are kept until the vault has them: one file an attempt, in this host's state folder. Room for it is
// made before the request, so that a full disk is found out while nothing is spent.

#include <filesystem>
#include <vector>

#include "vault/oauth/kept_reply.h"

namespace vault {

class KeptFiles {
 public:
  virtual ~KeptFiles() = default;
  // Durable when it returns. io when there is none to be had.
  virtual void make_room(const VaultId& vault, const AttemptId& attempt, std::size_t bytes) = 0;
  // Into the room that was made. Durable when it returns; io.
  virtual void keep(const VaultId& vault, const KeptReply& reply) = 0;
  // All that are whole, in no order. Rooms without a reply and files of another form are passed over; io.
  virtual std::vector<KeptReply> all(const VaultId& vault) = 0;
  virtual void remove(const VaultId& vault, const AttemptId& attempt) noexcept = 0;
};

inline constexpr std::size_t kRoomForAReply = std::size_t{64} << 10;  // bytes, and as many as the login has by now

// Files `refresh-<vault id>-<attempt>` (0600) below `folder`, which is made when it is not there.
class KeptFileFolder : public KeptFiles {
 public:
  explicit KeptFileFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void make_room(const VaultId& vault, const AttemptId& attempt, std::size_t bytes) override;
  void keep(const VaultId& vault, const KeptReply& reply) override;
  std::vector<KeptReply> all(const VaultId& vault) override;
  void remove(const VaultId& vault, const AttemptId& attempt) noexcept override;

 private:
  std::filesystem::path path_of(const VaultId& vault, const AttemptId& attempt) const;
  std::filesystem::path folder_;
};

}  // namespace vault
