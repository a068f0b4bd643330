// SPDX-License-Identifier: Apache-2.0
#pragma once
// OpenClaw's auth-profiles.json and auth-state.json, written as OpenClaw writes them: 2 spaces, a line feed at the end,
// non-ASCII as it is. One profile at a time goes through; no more than one is ever in memory here.
//
// What the model holds wins over foreign JSON of the same name. Every function throws bad_input for a value that is not
// UTF-8, which JSON cannot hold, and passes on what the sink throws.

#include <span>

#include "import/json/json_writer.h"
#include "vault/model/batch.h"

namespace formats {

enum class OpenclawGeneration {
  v2026_2,  // order, lastGood and usageStats stand in the same file
  v2026_4,  // they stand in auth-state.json (write_auth_state)
};

class OpenclawProfilesWriter {
 public:
  OpenclawProfilesWriter(Sink sink, OpenclawGeneration generation);
  void add(const vault::ProfileSheet& sheet, const vault::Credential& credential);
  // Once, at the end. `foreign`: AgentBatch::foreign. For v2026_4, orders, usage and foreign state are not written
  // here.
  void finish(std::span<const vault::ProviderOrder> orders, std::span<const vault::ProfileUsage> usage,
              const vault::SecretString& foreign);

 private:
  JsonWriter writer_;
  OpenclawGeneration generation_;
};

// auth-state.json; empty when there is no state, and so no file. Only the state members of `foreign` are used.
vault::SecretString write_auth_state(std::span<const vault::ProviderOrder> orders,
                                     std::span<const vault::ProfileUsage> usage, const vault::SecretString& foreign);

}  // namespace formats
