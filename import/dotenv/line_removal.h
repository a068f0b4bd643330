// SPDX-License-Identifier: Apache-2.0
#pragma once
// Lines of a .env file taken out by their value, every other byte left as it is: line ends, comments, order. The
// comment behind a value goes with its line. Reads and writes no file.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/crypto/secret.h"

namespace formats {

struct DotenvLine {
  std::string name;
  // False: it stays. The name has another value elsewhere in the text, which would count without this one, or the rest
  // of the text would read differently.
  bool removed = false;
};

struct DotenvRemoval {
  std::vector<DotenvLine> lines;  // those that are wanted, in the text's order
  vault::SecretString text;       // without those that are removed, if any is
};

// `is_wanted`: of a variable's name and value, without the blanks around it. A value that spans lines goes whole.
// Throws bad_input for more than kDotenvLimit bytes.
DotenvRemoval without_lines(std::string_view text,
                            const std::function<bool(std::string_view name, std::string_view value)>& is_wanted);

}  // namespace formats
