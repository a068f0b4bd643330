// SPDX-License-Identifier: Apache-2.0
#pragma once
// What OpenClaw has, against what the vault has: plaintext where a reference stood, dates that drifted apart,
// references to what is gone, providers that do not answer. Changes nothing.

#include <string>
#include <vector>

#include "cli/openclaw/provider_trial.h"
#include "cli/openclaw/references.h"
#include "vault/vault.h"

namespace cli {

class Context;

// Each text is a place, safe to print, some with a reason behind it.
struct Comparison {
  bool is_wired = false;                     // its configuration has a provider of this vault
  std::size_t references = 0;                // that could be looked at with this key
  std::vector<std::string> plaintext;        // the vault holds the very same
  std::vector<std::string> other_plaintext;  // the vault holds another value, or none
  std::vector<std::string> beyond_wiring;    // no import and no wiring would end it
  std::vector<std::string> dates;            // ends in OpenClaw when it does not in the vault
  std::vector<Reference> gone;               // the vault has no answer for them
  std::vector<ProviderTrial> trials;
};

// What an agent's token does not open is not judged. Throws denied for another user's OpenClaw, and as reading its
// configuration and its stores does.
Comparison compare_openclaw(const Context& context, vault::UnlockedVault& vault, OpenclawPlace place,
                            std::chrono::milliseconds patience);

}  // namespace cli
