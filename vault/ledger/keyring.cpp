// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/keyring.h"

#include "vault/base/error.h"
#include "vault/seal/sealed_field.h"

namespace vault {
namespace {

FieldPlace key_place(const VaultId& vault, const AgentId& agent) {
  return {Column::agent_key, vault, agent, 0, agent.bytes};
}

}  // namespace

Keyring::Keyring(RootKey root) : root_(std::move(root)), root_keys_(*root_) {}

Keyring::Keyring(AgentKeyring token) : token_(std::move(token)) {}

const RootKey& Keyring::root() const {
  if (!root_) {
    throw Error(ErrorCode::denied, "this takes a key of the whole vault; an agent's token does not cover it",
                Remedy::unlock_with_a_key_of_the_vault);
  }
  return *root_;
}

const RootKeys& Keyring::root_keys() const {
  root();
  return *root_keys_;
}

const AgentKeyring& Keyring::token() const {
  if (!token_) throw Error(ErrorCode::internal, "no token's keyring is available");
  return *token_;
}

AgentKey Keyring::agent_key(const VaultId& vault, const AgentRow& row) const {
  const auto bytes = open_field(root_keys().wrap.reveal(), key_place(vault, row.id), row.sealed_key);
  if (!bytes || bytes->size() != kKeySize) {
    throw Error(ErrorCode::damaged_record, "the key of an agent is damaged", Remedy::rate_the_whole_vault);
  }
  return AgentKey::copy_of(KeyView(bytes->reveal()));
}

std::optional<AgentKeys> Keyring::keys_of(const VaultId& vault, const AgentRow& row) const {
  if (root_) {
    const AgentKey key = agent_key(vault, row);
    return AgentKeys{derive_read_keys(key), derive_write_keys(key)};
  }
  if (row.id == token_->id) return AgentKeys{derive_read_keys(token_->key), derive_write_keys(token_->key)};
  if (token_->shared && row.id == token_->shared->id) return AgentKeys{token_->shared->keys.clone(), std::nullopt};
  return std::nullopt;
}

Bytes seal_agent_key(const RootKeys& root, const VaultId& vault, const AgentId& agent, const AgentKey& key) {
  return seal_field(root.wrap.reveal(), key_place(vault, agent), key.reveal()).bytes;
}

}  // namespace vault
