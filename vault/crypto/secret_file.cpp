// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/secret_file.h"

#include <algorithm>

#include "vault/base/error.h"

namespace vault {
namespace {

[[noreturn]] void fail_too_large(std::size_t limit) {
  throw Error(ErrorCode::bad_input, "input is larger than the limit of " + std::to_string(limit) + " bytes");
}

// One byte more than it had, to notice a file that grows while it is read.
template <class Buffer>
std::pair<Buffer, std::size_t> read_whole(const std::filesystem::path& path, std::size_t limit, Links links,
                                          Privacy privacy) {
  const RegularFile file = open_regular_file(path, links, privacy);
  if (file.size > limit) fail_too_large(limit);
  Buffer bytes(static_cast<std::size_t>(file.size) + 1);
  const std::size_t count = read_up_to(file.descriptor.get(), bytes.writable());
  if (count > file.size) throw Error(ErrorCode::io, "'" + path.string() + "' grew while it was read", "try again");
  return {std::move(bytes), count};
}

}  // namespace

SecretBytes read_secret_file(const std::filesystem::path& path, std::size_t limit, Links links, Privacy privacy) {
  auto read = read_whole<SecretBytes>(path, limit, links, privacy);
  read.first.truncate(read.second);
  return std::move(read.first);
}

SecretPages read_secret_pages(const std::filesystem::path& path, std::size_t limit, Links links, Privacy privacy) {
  auto read = read_whole<SecretPages>(path, limit, links, privacy);
  read.first.settle(read.second);
  return std::move(read.first);
}

SecretBytes read_secret_stream(int fd, std::size_t limit) {
  SecretBytes bytes(std::min<std::size_t>(limit + 1, 4096));
  std::size_t used = 0;
  for (;;) {
    used += read_up_to(fd, bytes.writable().subspan(used));
    if (used < bytes.size()) break;
    if (used > limit) fail_too_large(limit);
    SecretBytes larger(std::min(limit + 1, bytes.size() * 2));
    std::ranges::copy(bytes.reveal(), larger.writable().begin());
    bytes = std::move(larger);
  }
  bytes.truncate(used);
  return bytes;
}

// Pages that were never written take no memory, so there may be too many of them.
SecretPages read_secret_pages(int fd, std::size_t limit) {
  SecretPages bytes(std::min<std::size_t>(limit + 1, 4096));
  std::size_t used = 0;
  for (;;) {
    used += read_up_to(fd, bytes.writable().subspan(used));
    if (used < bytes.size()) break;
    if (used > limit) fail_too_large(limit);
    bytes.grow(std::min(limit + 1, bytes.size() * 2));
  }
  bytes.settle(used);
  return bytes;
}

}  // namespace vault
