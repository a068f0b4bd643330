// SPDX-License-Identifier: Apache-2.0
#pragma once
// What stayed behind of secrets that OpenClaw needs no more: free pages of its stores, copies, files of others.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cli/openclaw/wire/plaintext_search.h"
#include "cli/openclaw/wire/plan.h"

namespace cli {

// Told, never thrown: something was changed already when this happened.
struct StepFailure {
  std::string step;     // a stable word: "apply", "shared-store", ...
  std::string message;  // one sentence, safe to print
  std::string hint{};
};
using StepFailures = std::vector<StepFailure>;

Json failures_json(const StepFailures& failures);

// Runs `step`; whatever goes wrong becomes a failure. Returns whether nothing did.
bool attempt(const char* step, StepFailures& failures, const std::function<void()>& action);

// The secrets that were replaced now, and those that references to this vault replaced earlier.
KnownSecrets secrets_to_search_for(const std::vector<const WireTarget*>& replaced,
                                   const std::vector<const ServedField*>& fields, const WirePlan& plan);

// Rebuilds OpenClaw's own stores where only their free space still holds one of the secrets, then searches anew. Every
// other file is only named.
SearchResult clear_remains(const KnownSecrets& secrets, const std::filesystem::path& state_dir, StepFailures& failures);

// Deletes them, each by its name and only while it still is a regular file. Returns those that are gone.
std::vector<std::filesystem::path> remove_copies(const std::vector<std::filesystem::path>& copies,
                                                 StepFailures& failures);

}  // namespace cli
