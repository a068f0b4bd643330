// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/access_list.h"

#include <array>
#include <sys/xattr.h>

namespace cli {
namespace {

// linux/posix_acl.h and posix_acl_xattr.h; all numbers little-endian.
constexpr std::uint32_t kVersion = 2;
constexpr std::size_t kHeaderSize = 4, kEntrySize = 8;
constexpr std::uint32_t kUser = 0x02, kGroup = 0x08, kMask = 0x10;
constexpr std::uint32_t kRead = 4, kWrite = 2;

std::uint32_t number_at(vault::ByteView bytes, std::size_t offset, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = size; i-- > 0;) number = number << 8 | bytes[offset + i];
  return number;
}

struct Entry {
  std::uint32_t tag, rights, id;
};

Entry entry_at(vault::ByteView list, std::size_t offset) {
  return {number_at(list, offset, 2), number_at(list, offset + 2, 2), number_at(list, offset + 4, 4)};
}

bool has_form(vault::ByteView list) {
  return list.size() >= kHeaderSize && (list.size() - kHeaderSize) % kEntrySize == 0 &&
         number_at(list, 0, 4) == kVersion;
}

std::uint32_t mask_of(vault::ByteView list) {
  for (std::size_t at = kHeaderSize; at < list.size(); at += kEntrySize) {
    if (const auto entry = entry_at(list, at); entry.tag == kMask) return entry.rights;
  }
  return kRead | kWrite;
}

}  // namespace

std::optional<std::string> admitted_by(vault::ByteView list) {
  if (!has_form(list)) return std::nullopt;
  const auto mask = mask_of(list);
  for (std::size_t at = kHeaderSize; at < list.size(); at += kEntrySize) {
    const auto entry = entry_at(list, at);
    const auto rights = entry.rights & mask;
    if ((entry.tag != kUser && entry.tag != kGroup) || (rights & (kRead | kWrite)) == 0) continue;
    return std::string(entry.tag == kUser ? "user " : "group ") + std::to_string(entry.id) +
           ((rights & kWrite) != 0 ? " may write" : " may read");
  }
  return std::nullopt;
}

std::optional<std::string> admitted_by(const std::filesystem::path& path, AccessList which) {
  const char* const name = which == AccessList::of_file ? "system.posix_acl_access" : "system.posix_acl_default";
  std::array<std::uint8_t, 4096> list{};
  const auto size = ::getxattr(path.c_str(), name, list.data(), list.size());
  if (size <= 0) return std::nullopt;
  return admitted_by(vault::ByteView(list).first(static_cast<std::size_t>(size)));
}

}  // namespace cli
