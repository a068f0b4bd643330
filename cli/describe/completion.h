// SPDX-License-Identifier: Apache-2.0
#pragma once
// What may stand where the cursor is, from what the commands declare. Looks at words and at nothing else: no vault, no
// file, no environment. Ids of profiles and agents are sealed, so none is ever offered.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments/command.h"

namespace cli {

struct Candidate {
  std::string word;   // all of it, with what was typed of it: "--format=dotenv"
  std::string about;  // one line; may be empty
};

// What a shell is to offer: our words, or what it knows itself.
enum class Offered { words, files, folders, programs };
std::string_view name_of(Offered offer) noexcept;

struct Completion {
  Offered offer = Offered::words;
  std::vector<Candidate> candidates;  // for words: only those that begin with what was typed
};

// `words` are those behind the program's name, up to the cursor; the last one is being typed and may be empty.
Completion complete(std::span<const Command> table, std::span<const std::string> words);

}  // namespace cli
