// SPDX-License-Identifier: Apache-2.0
#pragma once
// A new recovery code on its way to the person who writes it down.

#include "cli/words/json_output.h"
#include "vault/crypto/secret.h"

namespace cli {

class Surroundings;

// What has to be said before it is shown.
void announce_recovery_code(const Surroundings& around);

// Asks for one group of it, since a code that was never written down is no recovery. Nothing without a person.
void ask_recovery_code_back(const Surroundings& around, const vault::SecretString& code);

// Prints the document with the secret as its member's value, and sees that it is out. The document holds null there, so
// that no JSON library gets to copy the secret. Member names are our own words; the secret needs no escapes.
void print_json_with_secret(const Surroundings& around, const Json& document, std::string_view member,
                            const vault::SecretString& secret);

}  // namespace cli
