// SPDX-License-Identifier: Apache-2.0
// As sqlite.org/fileformat2.html has it: 1.3 the header, 1.5 and 1.6 cells, 1.6 overflow pages.
#include "cli/scan/split_values.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <unistd.h>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret.h"

namespace cli {
namespace {

using vault::ByteView;

constexpr std::size_t kFileHeader = 100, kLeafHeader = 8;
constexpr std::uint8_t kTableLeaf = 13;
constexpr std::uint64_t kLongestValue = std::uint64_t{1} << 31;

std::size_t read_at(int fd, vault::SecretBytes& into, std::uint64_t offset) {
  for (;;) {
    const auto count = ::pread(fd, into.writable().data(), into.size(), static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw vault::Error(vault::ErrorCode::io, "cannot read a database's pages");
  }
}

std::uint32_t number_at(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (const auto byte : bytes.subspan(at, size)) number = number << 8 | byte;
  return number;
}

// Moves `at` behind it. Empty when it runs over the page's end.
std::optional<std::uint64_t> take_varint(ByteView page, std::size_t& at) {
  std::uint64_t number = 0;
  for (int i = 0; i < 9 && at < page.size(); ++i) {
    const std::uint8_t byte = page[at++];
    if (i == 8) return number << 8 | byte;
    number = number << 7 | (byte & 0x7F);
    if ((byte & 0x80) == 0) return number;
  }
  return std::nullopt;
}

class Pages {
 public:
  Pages(int fd, std::uint64_t file_size, const SplitValueVisitor& visitor) : fd_(fd), visitor_(visitor) {
    vault::SecretBytes header(kFileHeader);
    if (read_at(fd, header, 0) < kFileHeader) return;
    const auto size = number_at(header.reveal(), 16, 2);
    page_size_ = size == 1 ? 65536 : size;
    const std::size_t reserved = header.reveal()[20];
    if (page_size_ < 512 || (page_size_ & (page_size_ - 1)) != 0 || page_size_ - reserved < 480) page_size_ = 0;
    if (page_size_ == 0) return;
    usable_ = page_size_ - reserved;
    count_ = file_size / page_size_;
    patience_ = count_ * 2;
  }

  bool read() {
    if (page_size_ == 0) return true;
    leaf_ = vault::SecretBytes(page_size_);
    next_ = vault::SecretBytes(page_size_);
    for (std::uint64_t page = 1; page <= count_ && patience_ > 0; ++page) read_leaf(page);
    return patience_ > 0;
  }

 private:
  void read_leaf(std::uint64_t page) {
    const std::uint64_t start = (page - 1) * page_size_;
    if (read_at(fd_, leaf_, start) < page_size_) return;
    const auto bytes = leaf_.reveal().first(usable_);
    const std::size_t header = page == 1 ? kFileHeader : 0;
    if (bytes[header] != kTableLeaf) return;
    const std::size_t cells = number_at(bytes, header + 3, 2);
    for (std::size_t i = 0; i < cells && patience_ > 0; ++i) {
      const std::size_t pointer = header + kLeafHeader + 2 * i;
      if (pointer + 2 > bytes.size()) return;
      read_cell(bytes, number_at(bytes, pointer, 2), start);
    }
  }

  void read_cell(ByteView page, std::size_t at, std::uint64_t start) {
    const std::uint64_t offset = start + at;
    const auto length = take_varint(page, at);
    if (!length || !take_varint(page, at) || *length <= usable_ - 35 || *length > kLongestValue) return;
    const std::size_t least = (usable_ - 12) * 32 / 255 - 23;
    const std::size_t filled = least + static_cast<std::size_t>((*length - least) % (usable_ - 4));
    const std::size_t local = filled <= usable_ - 35 ? filled : least;
    if (at + local + 4 > page.size()) return;
    visitor_.begin(offset);
    visitor_.piece(vault::text_of(page.subspan(at, local)));
    follow(number_at(page, at + local, 4), *length - local);
    visitor_.end();
  }

  void follow(std::uint32_t page, std::uint64_t left) {
    while (left > 0 && page >= 1 && page <= count_ && patience_ > 0) {
      --patience_;
      if (read_at(fd_, next_, std::uint64_t{page - 1} * page_size_) < page_size_) return;
      const auto bytes = next_.reveal().first(usable_);
      const auto size = std::min<std::uint64_t>(left, usable_ - 4);
      visitor_.piece(vault::text_of(bytes.subspan(4, static_cast<std::size_t>(size))));
      left -= size;
      page = number_at(bytes, 0, 4);
    }
  }

  int fd_;
  const SplitValueVisitor& visitor_;
  std::size_t page_size_ = 0;  // 0: no page size that there is
  std::size_t usable_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t patience_ = 0;  // pages of chains that may still be read
  vault::SecretBytes leaf_, next_;
};

}  // namespace

bool for_each_split_value(int fd, std::uint64_t file_size, const SplitValueVisitor& visitor) {
  return Pages(fd, file_size, visitor).read();
}

}  // namespace cli
