// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one change that is made to somebody else's SQLite file: a cell gets another text, and nothing of the former one
// stays behind in the file or its write-ahead log. What may be changed, and that it may, is the caller's business.
//
// Errors: not_found, unsafe_file, busy (its owner holds it: stop OpenClaw), io, bad_input. SQLite's texts never pass
// on.

#include <filesystem>
#include <functional>
#include <string_view>

#include "vault/crypto/secret.h"

namespace formats {

// One text column of one table. `select`: by key; `update`: parameters are the text, then the key.
struct ForeignCell {
  const char* table;
  const char* select;
  const char* update;
};

// In one writing transaction: reads the cell of `key`, has `edited` make the new text of what stands there at that very
// moment, and stores it. Nothing happens when there is no such cell, or when `edited` returns empty text.
// Returns whether the cell was changed.
bool rewrite_cell(const std::filesystem::path& path, const ForeignCell& cell, std::string_view key,
                  const std::function<vault::SecretString(std::string_view)>& edited);

using TextTest = std::function<bool(std::string_view)>;
enum class Rebuilt { done, still_in_a_row };

// Rebuilds the file without the pages and bytes that are free, where deleted text goes on lying, and empties its log.
// Where a row holds what `is_wanted` knows, rebuilding would not get rid of it: the file stays as it is.
// Rebuilding renumbers rows that have no key of their own: only for files whose owner does not count on those numbers.
Rebuilt forget_free_space(const std::filesystem::path& path, const TextTest& is_wanted);

}  // namespace formats
