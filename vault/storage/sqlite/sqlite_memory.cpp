// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/sqlite/sqlite_memory.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <sqlite3.h>
#include <thread>
#include <utility>

namespace vault {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kWatched = true;
#else
constexpr bool kWatched = false;
#endif

// Every piece stands behind its size, in bytes without this header; SQLite asks for alignment to 8.
constexpr std::size_t kHeader = 8;
constexpr std::size_t kStep = 16;
constexpr std::size_t kClasses = 80;
constexpr std::size_t kLargestListed = kClasses * kStep - kHeader;  // larger ones are the C library's
constexpr std::size_t kChunk = 32 << 10;

struct FreePiece {
  FreePiece* next;
};

class Pieces {
 public:
  // Of kStep * (index + 1) bytes, header included; null when there is no memory.
  void* take(std::size_t index) noexcept {
    const Turn turn(busy_);
    if (auto* const piece = free_[index]) {
      free_[index] = piece->next;
      return piece;
    }
    const std::size_t size = kStep * (index + 1);
    if (left_ < size && !add_chunk()) return nullptr;
    left_ -= size;
    return std::exchange(next_, next_ + size);
  }

  void give_back(void* memory, std::size_t index) noexcept {
    const Turn turn(busy_);
    free_[index] = new (memory) FreePiece{free_[index]};
  }

 private:
  // Held for a few instructions: connections of several threads share the lists.
  class Turn {
   public:
    explicit Turn(std::atomic_flag& busy) noexcept : busy_(busy) {
      while (busy_.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
    }
    ~Turn() { busy_.clear(std::memory_order_release); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    std::atomic_flag& busy_;
  };

  bool add_chunk() noexcept {
    auto* const chunk = static_cast<std::byte*>(std::malloc(kChunk));
    if (chunk == nullptr) return false;
    next_ = chunk;
    left_ = kChunk;
    return true;
  }

  std::atomic_flag busy_ = ATOMIC_FLAG_INIT;
  std::array<FreePiece*, kClasses> free_{};
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

Pieces& pieces() noexcept {
  static constinit Pieces all;
  return all;
}

std::size_t rounded(std::size_t size) noexcept { return (size + kHeader + kStep - 1) / kStep * kStep - kHeader; }
std::size_t index_of(std::size_t rounded_size) noexcept { return (rounded_size + kHeader) / kStep - 1; }

void* start_of(void* piece) noexcept { return static_cast<std::byte*>(piece) - kHeader; }

std::size_t size_of(void* piece) noexcept {
  std::uint64_t size = 0;
  std::memcpy(&size, start_of(piece), sizeof size);
  return size;
}

void* behind_its_size(void* start, std::uint64_t size) noexcept {
  if (start == nullptr) return nullptr;
  std::memcpy(start, &size, sizeof size);
  return static_cast<std::byte*>(start) + kHeader;
}

void* take(int wanted) noexcept {
  const auto size = rounded(static_cast<std::size_t>(wanted));
  void* const start = size <= kLargestListed ? pieces().take(index_of(size)) : std::malloc(size + kHeader);
  return behind_its_size(start, size);
}

void give_back(void* piece) noexcept {
  const auto size = size_of(piece);
  if (size > kLargestListed) return std::free(start_of(piece));
  pieces().give_back(start_of(piece), index_of(size));
}

void* resized(void* piece, int wanted) noexcept {
  const auto old = size_of(piece);
  const auto size = rounded(static_cast<std::size_t>(wanted));
  if (size == old) return piece;
  if (size > kLargestListed && old > kLargestListed) {
    return behind_its_size(std::realloc(start_of(piece), size + kHeader), size);
  }
  void* const other = take(wanted);
  if (other == nullptr) return nullptr;
  std::memcpy(other, piece, std::min(old, size));
  give_back(piece);
  return other;
}

}  // namespace

void give_sqlite_its_memory() {
  if (kWatched) return;
  static const sqlite3_mem_methods methods = {
      take,
      give_back,
      resized,
      [](void* piece) { return piece == nullptr ? 0 : static_cast<int>(size_of(piece)); },
      [](int size) { return static_cast<int>(rounded(static_cast<std::size_t>(size))); },
      [](void*) { return SQLITE_OK; },
      [](void*) {},
      nullptr,
  };
  sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

}  // namespace vault
