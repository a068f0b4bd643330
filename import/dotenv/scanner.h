// SPDX-License-Identifier: Apache-2.0
#pragma once
// dotenv's grammar by hand: where assignments stand in a text and what their values are. The reference is the package's
// regular expression LINE; what that finds by backtracking, this finds in one pass over each stretch of text. Knows
// nothing of duplicates or warnings (dotenv.h), nor of writing, which uses it to check its own work.

#include <cstddef>
#include <optional>
#include <string_view>

#include "vault/crypto/secret.h"

namespace formats {

// CRLF and lone CR become LF, as dotenv does to the whole text, inside quotes too.
vault::SecretString with_plain_line_ends(std::string_view text);

struct DotenvItem {
  enum class Kind { assignment, ignored_line };
  Kind kind = Kind::assignment;
  std::size_t begin = 0;  // where the `export`, the name or the ignored line starts, behind its blanks
  std::size_t end = 0;    // where the search goes on
  std::string_view name;
  std::string_view raw;     // with its quotes and surrounding blanks
  std::size_t raw_end = 0;  // what follows it: a comment, a line end, or the end of the text
  // A closing quote was looked for to the very end of the text and not found: more text could change the value.
  bool wants_more = false;
};

class DotenvScanner {
 public:
  // The text has plain line ends, and outlives the scanner and its items.
  explicit DotenvScanner(std::string_view text) : text_(text) {}
  // The next assignment or line that dotenv ignores; comments and blank lines are passed over. Empty at the end.
  std::optional<DotenvItem> next();

 private:
  std::optional<DotenvItem> assignment_at(std::size_t at) const;
  std::optional<DotenvItem> named_at(std::size_t at) const;
  DotenvItem valued_at(std::size_t at) const;
  void move_to_line_start(std::size_t from);

  std::string_view text_;
  std::size_t position_ = 0;  // a line start, or one past the end when nothing is left
};

// The value of an item's raw text: trimmed, outer quotes off, \n and \r written out when it began with ".
vault::SecretString dotenv_value(std::string_view raw);

}  // namespace formats
