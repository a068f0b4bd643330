// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is ticked goes into the vault: one source after the other, each whole or not at all, and compared by value with
// what the file gives back before the next one begins.

#include "cli/onboarding/offer.h"
#include "vault/vault.h"

namespace cli {

class Context;

// What taking the ticked offers would come to. The agents are those of the batch, in its order; what is not ticked is
// among the skipped, with its reason or "not_chosen".
vault::ApplyReport planned_report(const OfferedSource& source);

// Has it anything that is ticked?
bool has_ticked(const OfferedSource& source);

// Moves the ticked entries out of the source's batch. An agent's orders and usage go with its profiles, and never in
// the place of others. Throws as apply() and verify_applied(); until the commit nothing has changed.
vault::ApplyReport take_ticked(Context& context, vault::UnlockedVault& vault, OfferedSource& source);

}  // namespace cli
