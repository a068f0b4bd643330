// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/key.h"

#include <algorithm>
#include <mutex>
#include <new>
#include <sodium.h>
#include <sys/mman.h>
#include <vector>

#include "vault/crypto/library.h"

namespace vault {
namespace {

constexpr std::size_t kPageSize = 4096;

struct Cells {
  std::mutex mutex;
  std::vector<std::uint8_t*> free;
  bool locked = true;
};

// Never destroyed: keys in static storage may outlive anything we could order here. Each cell is wiped when given back.
Cells& cells() {
  static auto* const instance = new Cells;
  return *instance;
}

void add_page(Cells& cells) {
  require_crypto_library();
  auto* const page = static_cast<std::uint8_t*>(sodium_malloc(kPageSize));
  if (page == nullptr) throw std::bad_alloc();
  // sodium_malloc locks too, but does not say when it could not.
  if (::mlock(page, kPageSize) != 0) cells.locked = false;
  std::fill_n(page, kPageSize, std::uint8_t{0});
  for (std::size_t offset = 0; offset < kPageSize; offset += kKeySize) cells.free.push_back(page + offset);
}

}  // namespace

std::uint8_t* key_cells::take() {
  auto& all = cells();
  const std::lock_guard guard(all.mutex);
  if (all.free.empty()) add_page(all);
  auto* const cell = all.free.back();
  all.free.pop_back();
  return cell;
}

void key_cells::give_back(std::uint8_t* cell) noexcept {
  if (cell == nullptr) return;
  wipe(cell, kKeySize);
  auto& all = cells();
  const std::lock_guard guard(all.mutex);
  all.free.push_back(cell);  // capacity is there: the cell came from this list
}

bool keys_are_locked() noexcept {
  auto& all = cells();
  const std::lock_guard guard(all.mutex);
  return all.locked;
}

}  // namespace vault
