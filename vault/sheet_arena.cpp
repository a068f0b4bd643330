// SPDX-License-Identifier: Apache-2.0
#include "vault/sheet_arena.h"

#include <algorithm>
#include <cstring>

namespace vault {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
using Length = std::uint32_t;

}  // namespace

SheetArena::Place SheetArena::append(ByteView sheet) {
  const auto length = static_cast<Length>(sheet.size());
  const std::size_t needed = sizeof length + sheet.size();
  if (chunks_.empty() || chunks_.back().size() - used_ < needed) {
    chunks_.emplace_back(std::max(kChunk, needed));
    used_ = 0;
  }
  auto* const start = chunks_.back().writable().data() + used_;
  std::memcpy(start, &length, sizeof length);
  if (!sheet.empty()) std::memcpy(start + sizeof length, sheet.data(), sheet.size());
  const Place place = Place{chunks_.size() - 1} << 32 | used_;
  used_ += needed;
  return place;
}

ByteView SheetArena::at(Place place) const {
  const auto from = chunks_.at(place >> 32).reveal().subspan(place & 0xFFFF'FFFF);
  Length length = 0;
  std::memcpy(&length, from.data(), sizeof length);
  return from.subspan(sizeof length, length);
}

}  // namespace vault
