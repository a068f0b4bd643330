// SPDX-License-Identifier: Apache-2.0
#pragma once
// Secrets as types: wiped when freed, movable but never copied by accident, not printable, not comparable with ==.
// Reading one takes the word reveal(), used within the statement; a copy takes clone().
// This header is the only one of the room that the model, the formats and the command line may include.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace vault {

// Overwrites in a way that no optimiser drops.
void wipe(void* data, std::size_t size) noexcept;

class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);  // zeros
  static SecretBytes copy_of(std::span<const std::uint8_t> bytes);
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  std::span<const std::uint8_t> reveal() const noexcept { return {data_, size_}; }
  std::span<std::uint8_t> writable() noexcept { return {data_, size_}; }
  SecretBytes clone() const { return copy_of(reveal()); }
  // Forgets the bytes behind the first `size`; never grows.
  void truncate(std::size_t size) noexcept;

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

class SecretString {
 public:
  SecretString() = default;
  explicit SecretString(SecretBytes bytes) noexcept : bytes_(std::move(bytes)) {}
  static SecretString copy_of(std::string_view text);

  std::size_t size() const noexcept { return bytes_.size(); }
  bool empty() const noexcept { return bytes_.empty(); }
  std::string_view reveal() const noexcept;
  SecretString clone() const { return copy_of(reveal()); }
  // Same bytes? Takes the same time wherever they differ.
  bool same_as(const SecretString& other) const noexcept;

 private:
  SecretBytes bytes_;
};

template <class Stream>
Stream& operator<<(Stream&, const SecretBytes&) = delete;
template <class Stream>
Stream& operator<<(Stream&, const SecretString&) = delete;
bool operator==(const SecretBytes&, const SecretBytes&) = delete;
bool operator==(const SecretString&, const SecretString&) = delete;

// For containers of third-party code that must hold secrets for a while: what it frees, it wipes.
template <class T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <class U>
  WipingAllocator(const WipingAllocator<U>&) noexcept {}
  T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
  void deallocate(T* data, std::size_t count) noexcept {
    wipe(data, count * sizeof(T));
    std::allocator<T>{}.deallocate(data, count);
  }
  bool operator==(const WipingAllocator&) const = default;
};

}  // namespace vault
