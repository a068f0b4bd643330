// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/secret_pages.h"

#include <algorithm>
#include <new>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

#include "vault/crypto/secret.h"

namespace vault {
namespace {

std::size_t page_size() noexcept {
  static const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace

SecretPages::SecretPages(std::size_t size) : size_(size), mapped_(size) {
  if (size == 0) return;
  void* const at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::uint8_t*>(at);
  ::madvise(data_, mapped_, MADV_DONTDUMP);
}

SecretPages SecretPages::copy_of(std::span<const std::uint8_t> bytes) {
  SecretPages copy(bytes.size());
  std::ranges::copy(bytes, copy.data_);
  return copy;
}

SecretPages::SecretPages(SecretPages&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, 0)),
      forgotten_(std::exchange(other.forgotten_, 0)) {}

SecretPages& SecretPages::operator=(SecretPages&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(mapped_, other.mapped_);
  std::swap(forgotten_, other.forgotten_);
  return *this;
}

SecretPages::~SecretPages() {
  if (data_ == nullptr) return;
  if (size_ > forgotten_) wipe(data_ + forgotten_, size_ - forgotten_);
  ::munmap(data_, mapped_);
}

void SecretPages::grow(std::size_t size) {
  if (size <= size_) return;
  if (data_ == nullptr) {
    *this = SecretPages(size);
    return;
  }
  void* const at = ::mremap(data_, mapped_, size, MREMAP_MAYMOVE);
  if (at == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::uint8_t*>(at);
  mapped_ = size;
  size_ = size;
}

void SecretPages::settle(std::size_t size) noexcept { size_ = std::min(size, size_); }

void SecretPages::forget_front(std::size_t size) noexcept {
  const auto until = std::min(size, size_) / page_size() * page_size();
  if (until <= forgotten_) return;
  wipe(data_ + forgotten_, until - forgotten_);
  ::madvise(data_ + forgotten_, until - forgotten_, MADV_DONTNEED);
  forgotten_ = until;
}

}  // namespace vault
