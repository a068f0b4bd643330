// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/memory/memory_medium.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {

std::shared_ptr<const MemoryTables> MemoryMedium::tables() const {
  const std::lock_guard lock(mutex_);
  return tables_;
}

void MemoryMedium::publish(std::shared_ptr<const MemoryTables> tables) {
  const std::lock_guard lock(mutex_);
  tables_ = std::move(tables);
}

MemoryMedium::Turn::Turn(MemoryMedium& medium, std::chrono::milliseconds longest_wait) : medium_(medium) {
  std::unique_lock lock(medium.mutex_);
  const auto ticket = medium.next_ticket_++;
  medium.queue_.push_back(ticket);
  const auto is_first = [&] { return medium.queue_.front() == ticket; };
  if (medium.turn_is_over_.wait_for(lock, longest_wait, is_first)) return;
  std::erase(medium.queue_, ticket);  // it was not in front, so nobody is to be woken
  throw Error(ErrorCode::busy, "another writer holds the vault", "try again");
}

MemoryMedium::Turn::~Turn() {
  const std::lock_guard lock(medium_.mutex_);
  medium_.queue_.pop_front();
  medium_.turn_is_over_.notify_all();
}

}  // namespace vault
