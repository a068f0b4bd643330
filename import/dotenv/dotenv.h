// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads a .env file exactly as the npm package dotenv 17 does, which is what OpenClaw uses: same names, same values,
// same lines passed over. No interpolation, no environment, no file access; what to do with a variable is not decided
// here. Time grows linearly with the text.
//
// Where it is not dotenv, on purpose: bytes that are no UTF-8 stay as they are (dotenv puts U+FFFD for them); names
// such as `10` keep their place (a JavaScript object moves them to its front); a name longer than 256 bytes is left
// out with a warning, for the vault holds none; UTF-16 text is refused instead of being read as nothing.

#include <cstddef>
#include <string_view>
#include <vector>

#include "vault/model/batch.h"

namespace formats {

inline constexpr std::size_t kDotenvLimit = 16u << 20;  // bytes of text; more is bad_input

struct DotenvReading {
  // In the order of their first appearance, each name once; the last value of a name is the one that counts.
  std::vector<vault::VariableDraft> variables;
  // Reasons: ignored_line (nothing was taken from it; subject is "line 12"), ignored_name (__proto__, or too long),
  // duplicate_name, cut_at_hash, quote_kept, placeholder, invalid_utf8 (taken, but worth a look; subject is the name).
  // Of lines left out, and of remarks, 100 each are told one by one; a last warning (ignored_line, more_remarks) says
  // how many more. Never the value, nor any text of an ignored line.
  std::vector<vault::ImportWarning> warnings;
};

// Throws bad_input: longer than kDotenvLimit, or UTF-16.
DotenvReading read_dotenv_reporting(std::string_view text);

// The variables alone, for who has no place for warnings.
std::vector<vault::VariableDraft> read_dotenv(std::string_view text);

}  // namespace formats
