// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one change that is made to somebody else's SQLite file: a cell gets another text, and nothing of the former one
// stays behind in the file or its write-ahead log. What may be changed, and that it may, is the caller's business.
//
// Errors: not_found, unsafe_file, busy (its owner holds it: stop OpenClaw), io, bad_input. SQLite's texts never pass on.

#include <filesystem>
#include <functional>
#include <string_view>

#include "vault/crypto/secret.h"

namespace formats {

// In one transaction: `select` yields the cell's text for `key`, `edited` makes the new one, `update` (parameters: the
// text, then `key`) stores it. Nothing happens when there is no such cell, or when `edited` returns empty text.
// Returns whether the cell was changed.
bool rewrite_cell(const std::filesystem::path& path, const char* select, const char* update, std::string_view key,
                  const std::function<vault::SecretString(std::string_view)>& edited);

// Rebuilds the file without the pages and bytes that are free, where deleted text goes on lying, and empties its log.
void forget_free_space(const std::filesystem::path& path);

}  // namespace formats
