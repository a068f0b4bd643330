// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an agent has decided about one provider: an explicit order of profiles, and which worked last.

#include <optional>
#include <string>
#include <vector>

#include "vault/base/ids.h"

namespace vault {

struct ProviderOrder {
  ProviderId provider;
  // Absent: no explicit order. May name profiles that do not exist, and the same one twice: kept as given.
  std::optional<std::vector<ProfileId>> ids{};
  std::optional<ProfileId> last_good{};
  bool operator==(const ProviderOrder&) const = default;
};

}  // namespace vault
