// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which key opens what. Root key -> subkeys of the vault, and by wrapping one key per agent; agent key -> subkeys of
// the agent. Numbers and contexts are persistent: never renumber (vault/FORMAT.md, "Keys").

#include <optional>

#include "vault/base/ids.h"
#include "vault/crypto/key.h"
#include "vault/model/profile_sheet.h"
#include "vault/model/record_kind.h"

namespace vault {

using IndexKey = Key<struct IndexTag>;
using WrapKey = Key<struct WrapTag>;
using StateKey = Key<struct StateTag>;
using SettingsKey = Key<struct SettingsTag>;
using SheetKey = Key<struct SheetTag>;
using SecretKey = Key<struct SealSecretTag>;
using LogKey = Key<struct LogTag>;
using FingerprintKey = Key<struct FingerprintTag>;

struct RootKeys {
  explicit RootKeys(const RootKey& root);
  IndexKey index;  // of agents
  WrapKey wrap;    // agent keys, and token slot keys kept for root
  StateKey state;
  SettingsKey settings;
};

// The vault's own log's, made when there is something to write down or to read: most who unlock do neither.
LogKey root_log_key(const RootKey& root);

// What it takes to read an agent's records...
struct AgentReadKeys {
  IndexKey index;
  SheetKey sheet;
  SecretKey secret;
  AgentReadKeys clone() const { return {index.clone(), sheet.clone(), secret.clone()}; }
};

// ...and to write them. Whoever lacks the state key can seal records that open, and cannot write the state that counts
// them: root, the agent's own tokens and every scan by them notice (vault/THREATS.md, 2); who only reads does not.
struct AgentWriteKeys {
  StateKey state;
  LogKey log;
  FingerprintKey fingerprint;
};

AgentReadKeys derive_read_keys(const AgentKey& key);
AgentWriteKeys derive_write_keys(const AgentKey& key);

Lookup agent_lookup(const IndexKey& index, const AgentName& name);
Lookup record_lookup(const IndexKey& index, RecordKind kind, std::string_view name);
Fingerprint fingerprint_of(const FingerprintKey& key, std::string_view secret);

}  // namespace vault
