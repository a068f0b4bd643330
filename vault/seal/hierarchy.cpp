// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/hierarchy.h"

#include <algorithm>

#include "vault/crypto/kdf.h"
#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

constexpr char kRootContext[9] = "clvroot_";
constexpr char kAgentContext[9] = "clvagent";

enum RootNumber : std::uint64_t { kRootIndex = 1, kRootWrap = 2, kRootState = 3, kRootSettings = 4, kRootLog = 5 };
enum AgentNumber : std::uint64_t {
  kAgentIndex = 1,
  kAgentSheet = 2,
  kAgentSecret = 3,
  kAgentState = 4,
  kAgentLog = 5,
  kAgentFingerprint = 6
};

}  // namespace

RootKeys::RootKeys(const RootKey& root)
    : index(derive_subkey<IndexKey>(root.reveal(), kRootIndex, kRootContext)),
      wrap(derive_subkey<WrapKey>(root.reveal(), kRootWrap, kRootContext)),
      state(derive_subkey<StateKey>(root.reveal(), kRootState, kRootContext)),
      settings(derive_subkey<SettingsKey>(root.reveal(), kRootSettings, kRootContext)) {}

LogKey root_log_key(const RootKey& root) { return derive_subkey<LogKey>(root.reveal(), kRootLog, kRootContext); }

AgentReadKeys derive_read_keys(const AgentKey& key) {
  return {derive_subkey<IndexKey>(key.reveal(), kAgentIndex, kAgentContext),
          derive_subkey<SheetKey>(key.reveal(), kAgentSheet, kAgentContext),
          derive_subkey<SecretKey>(key.reveal(), kAgentSecret, kAgentContext)};
}

AgentWriteKeys derive_write_keys(const AgentKey& key) {
  return {derive_subkey<StateKey>(key.reveal(), kAgentState, kAgentContext),
          derive_subkey<LogKey>(key.reveal(), kAgentLog, kAgentContext),
          derive_subkey<FingerprintKey>(key.reveal(), kAgentFingerprint, kAgentContext)};
}

Lookup agent_lookup(const IndexKey& index, const AgentName& name) {
  return {keyed_hash<16>(index.reveal(), {bytes_of("agent"), bytes_of(name.text())})};
}

Lookup record_lookup(const IndexKey& index, RecordKind kind, std::string_view name) {
  const auto number = static_cast<std::uint8_t>(kind);
  return {keyed_hash<16>(index.reveal(), {ByteView(&number, 1), bytes_of(name)})};
}

Fingerprint fingerprint_of(const FingerprintKey& key, std::string_view secret) {
  const auto hash = keyed_hash<16>(key.reveal(), {bytes_of(secret)});
  Fingerprint fingerprint;
  std::copy_n(hash.begin(), fingerprint.size(), fingerprint.begin());
  return fingerprint;
}

}  // namespace vault
