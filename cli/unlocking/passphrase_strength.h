// SPDX-License-Identifier: Apache-2.0
#pragma once
// How hard a new passphrase is to guess, as zxcvbn estimates it: by dictionaries, keyboard rows, dates and repetition,
// not by kinds of characters.

#include <optional>
#include <string>
#include <string_view>

namespace cli {

// A sentence for a passphrase that could be guessed by somebody who has the file; empty for one that is good enough.
// The library is run in a child process: what it copies of the passphrase ends with that.
std::optional<std::string> weakness_of(std::string_view passphrase);

}  // namespace cli
