// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent's own profiles as one scan met them, for who goes through them in the order in which they were added. What
// does not fit into kRoomForRecords is read again when its turn comes: a million profiles take no more memory than
// their places in line, 48 bytes each. For the facade.

#include <deque>
#include <functional>
#include <vector>

#include "vault/ledger/agent_ledger.h"
#include "vault/model/profile_sheet.h"

namespace vault {

inline constexpr std::size_t kRoomForRecords = std::size_t{48} << 20;  // bytes, for one queue

class ProfileQueue {
 public:
  // The ledger lives longer.
  explicit ProfileQueue(AgentLedger& ledger, std::size_t room = kRoomForRecords) : ledger_(ledger), room_(room) {}

  // A profile's record, from within the ledger's scan.
  void add(OpenRecord&& record);
  // After the scan. state_mismatch when a row that is read again is not the one that the scan has met.
  void for_each(const std::function<void(const ProfileSheet&, const OpenRecord&)>& visit);

 private:
  struct Place {
    std::uint64_t position = 0;
    Lookup lookup;
    Revision revision;
    std::uint32_t kept = 0;  // where among kept_; kNotKept for what is read again
  };
  struct Kept {
    ProfileSheet sheet;
    OpenRecord record;
  };
  static constexpr std::uint32_t kNotKept = ~std::uint32_t{0};

  AgentLedger& ledger_;
  std::size_t room_;
  std::deque<Place> line_;
  std::deque<Kept> kept_;
};

}  // namespace vault
