// SPDX-License-Identifier: Apache-2.0
#include "vault/applying/skipped_list.h"

#include <algorithm>

namespace vault {

void SkippedList::push_back(const SkippedEntry& entry) {
  auto known = std::ranges::find(reasons_, entry.reason);
  if (known == reasons_.end()) known = reasons_.insert(known, entry.reason);
  ids_.push_back(entry.id, static_cast<std::uint8_t>(known - reasons_.begin()));
}

void SkippedList::append(const SkippedList& more) {
  for (const auto& entry : more) push_back(entry);
}

std::size_t SkippedList::count(std::string_view reason) const {
  std::size_t found = 0;
  for (auto at = begin(); at != end(); ++at) found += at.reason() == reason ? 1 : 0;
  return found;
}

}  // namespace vault
