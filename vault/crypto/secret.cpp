// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/secret.h"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <sodium.h>

namespace vault {

void wipe(void* data, std::size_t size) noexcept { sodium_memzero(data, size); }

SecretBytes::SecretBytes(std::size_t size) : size_(size), capacity_(size) {
  if (size == 0) return;
  data_ = static_cast<std::uint8_t*>(std::calloc(size, 1));
  if (data_ == nullptr) throw std::bad_alloc();
}

SecretBytes SecretBytes::copy_of(std::span<const std::uint8_t> bytes) {
  SecretBytes copy(bytes.size());
  std::copy(bytes.begin(), bytes.end(), copy.data_);
  return copy;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

SecretBytes::~SecretBytes() {
  if (data_ == nullptr) return;
  wipe(data_, capacity_);
  std::free(data_);
}

void SecretBytes::truncate(std::size_t size) noexcept {
  if (size >= size_) return;
  wipe(data_ + size, size_ - size);
  size_ = size;
}

SecretString SecretString::copy_of(std::string_view text) {
  return SecretString(SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
}

std::string_view SecretString::reveal() const noexcept {
  const auto bytes = bytes_.reveal();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool SecretString::same_as(const SecretString& other) const noexcept {
  const auto mine = bytes_.reveal();
  const auto theirs = other.bytes_.reveal();
  return mine.size() == theirs.size() && (mine.empty() || sodium_memcmp(mine.data(), theirs.data(), mine.size()) == 0);
}

}  // namespace vault
