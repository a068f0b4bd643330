// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where frames lie: a frame may hold a token, so whatever is given back or outgrown is cleared. The room of ciphers has
// secrets' own types; a helper program does without its library.

#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

namespace vault {

template <class T>
struct ClearingAllocator {
  using value_type = T;
  ClearingAllocator() = default;
  template <class U>
  ClearingAllocator(const ClearingAllocator<U>&) noexcept {}
  T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
  void deallocate(T* data, std::size_t count) noexcept {
    ::explicit_bzero(data, count * sizeof(T));
    std::allocator<T>{}.deallocate(data, count);
  }
  bool operator==(const ClearingAllocator&) const = default;
};

using FrameBytes = std::vector<std::uint8_t, ClearingAllocator<std::uint8_t>>;

}  // namespace vault
