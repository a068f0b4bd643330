// SPDX-License-Identifier: Apache-2.0
#include "vault/profile_queue.h"

#include <algorithm>

#include "vault/seal/codec.h"

namespace vault {

void ProfileQueue::add(OpenRecord&& record) {
  auto sheet = decode_profile_sheet(record.sheet.reveal());
  Place place{sheet.position, record.lookup, record.revision, kNotKept};
  // Texts of a sheet are in its plaintext, too.
  const auto sealed = record.sealed_secret ? record.sealed_secret->size() : 0;
  const auto size = sizeof(Kept) + 2 * record.sheet.size() + sealed;
  if (size <= room_) {
    room_ -= size;
    place.kept = static_cast<std::uint32_t>(kept_.size());
    kept_.push_back({std::move(sheet), std::move(record)});
  }
  line_.push_back(place);
}

void ProfileQueue::for_each(const std::function<void(const ProfileSheet&, const OpenRecord&)>& visit) {
  std::ranges::sort(line_, {}, &Place::position);
  for (const auto& place : line_) {
    if (place.kept != kNotKept) {
      visit(kept_[place.kept].sheet, kept_[place.kept].record);
      continue;
    }
    const auto record = ledger_.read_again(RecordKind::profile, place.lookup, place.revision);
    visit(decode_profile_sheet(record.sheet.reveal()), record);
  }
}

}  // namespace vault
