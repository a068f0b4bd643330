// SPDX-License-Identifier: Apache-2.0
#pragma once
// A long secret text that is gone through once: what lies behind is wiped and given back to the system at once, so that
// a reader of a hundred million bytes makes room for what it makes of them.

#include <cstddef>
#include <cstdint>
#include <span>

namespace vault {

class SecretPages {
 public:
  SecretPages() = default;
  explicit SecretPages(std::size_t size);  // zeros, which take no memory before they are written
  static SecretPages copy_of(std::span<const std::uint8_t> bytes);
  SecretPages(SecretPages&& other) noexcept;
  SecretPages& operator=(SecretPages&& other) noexcept;
  SecretPages(const SecretPages&) = delete;
  SecretPages& operator=(const SecretPages&) = delete;
  ~SecretPages();

  std::size_t size() const noexcept { return size_; }
  // Lives where it is until grow(), also when the object is moved.
  std::span<const std::uint8_t> reveal() const noexcept { return {data_, size_}; }
  std::span<std::uint8_t> writable() noexcept { return {data_, size_}; }
  // To `size` bytes, the new ones zero; nothing is copied and left behind. Never shrinks.
  void grow(std::size_t size);
  // Only the first `size` bytes count: those behind were never written.
  void settle(std::size_t size) noexcept;
  // Forgets the first `size` bytes, in whole pages: they are zeros then.
  void forget_front(std::size_t size) noexcept;

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t mapped_ = 0;
  std::size_t forgotten_ = 0;  // bytes at the front; whole pages
};

}  // namespace vault
