// SPDX-License-Identifier: Apache-2.0
#pragma once
// The words with which another program's command unlocks this vault, where nobody can be asked.

#include <filesystem>
#include <string>
#include <vector>

namespace cli {

class Context;

// Words of flags alone, made absolute; empty when there are none.
std::vector<std::string> unlocking_flags(const Context& context);
// The words that unlock the vault without a question, in this process's own order of sources. Throws key_needed when
// what unlocks here could not unlock there: a question, a descriptor, a secret in a variable.
std::vector<std::string> unlocking_words(const Context& context);

}  // namespace cli
