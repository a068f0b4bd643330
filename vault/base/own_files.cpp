// SPDX-License-Identifier: Apache-2.0
#include "vault/base/own_files.h"

namespace vault {
namespace {

constexpr std::string_view kSqlite("SQLite format 3\0", 16);
constexpr std::size_t kApplicationIdField = 68;

}  // namespace

OwnFile own_file_with(std::string_view front) noexcept {
  if (front.starts_with("CLAVIGER-KEY-")) return OwnFile::key_file;
  if (front.starts_with("clv1_")) return OwnFile::token;
  if (!front.starts_with(kSqlite) || front.size() < kOwnFileFront) return OwnFile::none;
  std::uint32_t id = 0;
  for (const char c : front.substr(kApplicationIdField, 4)) id = id << 8 | static_cast<unsigned char>(c);
  return id == kApplicationId ? OwnFile::vault : OwnFile::none;
}

}  // namespace vault
