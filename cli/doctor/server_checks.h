// SPDX-License-Identifier: Apache-2.0
#pragma once
// Of a vault on a server: what the server says of itself, and the helper program that asks it; and of the one that
// asks token endpoints.

#include "cli/doctor/checks.h"
#include "vault/upkeep/server_report.h"
#include "vault/vault.h"

namespace cli {

// `here`: this host's clock, at about the time of the answer.
void check_server_facts(const vault::ServerFacts& facts, vault::Timestamp here, Checks& into);

// What the role may do beside what the key at hand may: a token's shared profiles are for reading.
void check_shared_profiles(vault::ServerRole role, const vault::Keyring& keyring, Checks& into);

// A helper that is absent or sound is no finding for a vault in a file.
enum class HelperIs { needed, not_needed };
void check_server_helper(const std::optional<vault::HelperReport>& helper, HelperIs needed, Checks& into);
// Told only where it is unfit.
void check_fetching_helper(const std::optional<vault::HelperReport>& helper, Checks& into);

}  // namespace cli
