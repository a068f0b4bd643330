// SPDX-License-Identifier: Apache-2.0
#pragma once
// One plaintext <-> one sealed field. The associated data binds the field to its place (vault, agent, row, column) and
// to its own random revision, each part behind its length, so that no two places encode alike. Moved, swapped or
// changed, it does not open. Plaintexts are padded to multiples of 64 bytes (ISO/IEC 7816-4).

#include <optional>

#include "vault/base/encoding.h"
#include "vault/base/ids.h"
#include "vault/crypto/key.h"
#include "vault/crypto/secret.h"

namespace vault {

enum class Column {
  vault_settings,
  vault_state,
  agent_key,
  agent_sheet,
  agent_state,
  record_sheet,
  record_secret,
  slot_keyring,
  slot_for_root,
  log_event
};

struct FieldPlace {
  Column column;
  VaultId vault;
  AgentId agent{};                     // zeros where there is none
  std::uint8_t kind = 0;               // of a record or slot
  std::array<std::uint8_t, 16> row{};  // the record's lookup, the slot's or agent's id; zeros for the vault's own row
};

struct SealedField {
  Bytes bytes;  // revision (16) || nonce (24) || ciphertext || tag (16)
  Revision revision;
};

SealedField seal_field(KeyView key, const FieldPlace& place, ByteView plaintext);

// Empty when it is not authentic in this place, or its padding is broken.
std::optional<SecretBytes> open_field(KeyView key, const FieldPlace& place, ByteView sealed);

// The revision that a sealed field claims: proven only once the field has opened. Empty when it is too short.
std::optional<Revision> revision_of(ByteView sealed);

}  // namespace vault
