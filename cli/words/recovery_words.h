// SPDX-License-Identifier: Apache-2.0
#pragma once
// A new recovery code on its way to the person who writes it down.

#include "cli/words/shown_once.h"
#include "vault/crypto/secret.h"

namespace cli {

class Surroundings;

// What has to be said before it is shown.
void announce_recovery_code(const Surroundings& around);

// Says so, and prints it alone on stdout. Throws io when it is not out.
void show_recovery_code(const Surroundings& around, const vault::SecretString& code);

// Asks for one group of it, since a code that was never written down is no recovery. Nothing without a person.
void ask_recovery_code_back(const Surroundings& around, const vault::SecretString& code);

}  // namespace cli
