// SPDX-License-Identifier: Apache-2.0
#pragma once
// What files of ours begin with, so that none of them is taken for somebody else's or overwritten by a slip.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace vault {

inline constexpr std::uint32_t kApplicationId = 0x434C5647;  // "CLVG", in the vault's SQLite header; persistent
// "CLVC", in that of a host's copy of a vault on a server, which nothing takes for a vault; persistent
inline constexpr std::uint32_t kCopyApplicationId = 0x434C5643;

enum class OwnFile { none, vault, key_file, token };

inline constexpr std::size_t kOwnFileFront = 72;  // bytes of a file's front that tell

// `front`: the whole file, or at least that many bytes of it. Goes by the mark alone: a damaged vault is one, too.
OwnFile own_file_with(std::string_view front) noexcept;

}  // namespace vault
