// SPDX-License-Identifier: Apache-2.0
#pragma once
// What OpenClaw's paste commands accept, and for which provider. No message repeats any of what was pasted.

#include <string>
#include <string_view>

#include "cli/credentials/pasted.h"

namespace cli {

// The provider under which the paste commands keep things: lower case, "codex" being openai. Throws usage for the
// retired openai-codex and codex-cli.
std::string manual_provider(std::string_view word);

// Line breaks and characters that no token holds (beyond U+00FF) are removed, then what clean_pasted() removes; for
// anthropic every blank as well. Throws bad_input for what clean_pasted() refuses, for what is no setup token of
// anthropic's, and for an API key of openai's.
Pasted clean_manual_token(const vault::SecretString& raw, std::string_view provider);

// The same for an API key; openai's must look like one.
Pasted clean_manual_key(const vault::SecretString& raw, std::string_view provider);

}  // namespace cli
