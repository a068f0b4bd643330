// SPDX-License-Identifier: Apache-2.0
#pragma once
// A secret as it comes off a clipboard or a pipe, made clean before it is kept. What is taken away is told; what is
// doubtful is refused, and no message repeats any of it.

#include <string>
#include <vector>

#include "vault/crypto/secret.h"
#include "vault/model/credential_kind.h"

namespace cli {

struct Pasted {
  vault::SecretString secret;
  std::vector<std::string> notices;  // "removed the quotes around it", for Terminal::note()
};

// Takes off, until nothing more comes off: a byte order mark, bracketed-paste markers, blanks and invisible characters
// at the ends, `export NAME=` and `NAME=`, `Bearer `, a pair of quotes. One line end (LF) at the end goes without a
// word. Throws bad_input for what is empty then, is not UTF-8, is a placeholder, contains control characters, or - in
// an API key - blanks or invisible characters inside.
Pasted clean_pasted(const vault::SecretString& raw, vault::CredentialKind kind);

}  // namespace cli
