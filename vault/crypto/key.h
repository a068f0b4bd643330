// SPDX-License-Identifier: Apache-2.0
#pragma once
// 32-byte keys, one type for each purpose, so that a sheet key cannot be used where a secret key belongs. They live in
// pages that are locked into memory where the system allows it, guarded at both ends and left out of core dumps; many
// keys share a page, since locked pages are few.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "vault/crypto/secret.h"

namespace vault {

inline constexpr std::size_t kKeySize = 32;
using KeyView = std::span<const std::uint8_t, kKeySize>;

namespace key_cells {
std::uint8_t* take();                         // 32 zero bytes in protected memory; throws std::bad_alloc
void give_back(std::uint8_t* cell) noexcept;  // wiped; null is fine
}  // namespace key_cells

template <class Tag>
class Key {
 public:
  Key() : cell_(key_cells::take()) {}
  Key(Key&& other) noexcept : cell_(std::exchange(other.cell_, nullptr)) {}
  Key& operator=(Key&& other) noexcept {
    std::swap(cell_, other.cell_);
    return *this;
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() { key_cells::give_back(cell_); }

  static Key copy_of(KeyView bytes) {
    Key key;
    std::copy(bytes.begin(), bytes.end(), key.cell_);
    return key;
  }
  Key clone() const { return copy_of(reveal()); }
  KeyView reveal() const noexcept { return KeyView(cell_, kKeySize); }
  std::span<std::uint8_t, kKeySize> writable() noexcept { return std::span<std::uint8_t, kKeySize>(cell_, kKeySize); }

 private:
  std::uint8_t* cell_;
};

template <class Tag>
bool operator==(const Key<Tag>&, const Key<Tag>&) = delete;

// Who opens what: vault/FORMAT.md, "Keys".
using RootKey = Key<struct RootTag>;
using AgentKey = Key<struct AgentTag>;
using SlotKey = Key<struct SlotTag>;

// Could the pages be locked into memory? False after the first that could not (RLIMIT_MEMLOCK).
bool keys_are_locked() noexcept;

}  // namespace vault
