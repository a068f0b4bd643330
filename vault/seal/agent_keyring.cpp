// SPDX-License-Identifier: Apache-2.0
#include "vault/seal/agent_keyring.h"

#include "vault/seal/stored_name.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;
enum Tag : std::uint8_t { kId = 1, kName = 2, kKey = 3, kSharedId = 4, kIndex = 5, kSheet = 6, kSecret = 7 };

template <class KeyType>
KeyType required_key(FieldReader& fields, std::uint8_t tag) {
  KeyType key;
  FieldReader::copy_exactly(fields.required(tag), key.writable());
  return key;
}

}  // namespace

WipedBytes encode(const AgentKeyring& keyring) {
  FieldWriter fields(kVersion);
  fields.id(kId, keyring.id);
  fields.text(kName, keyring.name.text());
  fields.bytes(kKey, keyring.key.reveal());
  if (keyring.shared) {
    fields.id(kSharedId, keyring.shared->id);
    fields.bytes(kIndex, keyring.shared->keys.index.reveal());
    fields.bytes(kSheet, keyring.shared->keys.sheet.reveal());
    fields.bytes(kSecret, keyring.shared->keys.secret.reveal());
  }
  return fields.take();
}

AgentKeyring decode_agent_keyring(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  const auto id = fields.required_id<AgentId>(kId);
  AgentName name = stored_agent_name(fields.required_text(kName));
  AgentKeyring keyring{id, std::move(name), required_key<AgentKey>(fields, kKey), std::nullopt};
  if (const auto shared = fields.bytes(kSharedId)) {
    AgentId shared_id;
    FieldReader::copy_exactly(*shared, shared_id.bytes);
    auto index = required_key<IndexKey>(fields, kIndex);
    auto sheet = required_key<SheetKey>(fields, kSheet);
    auto secret = required_key<SecretKey>(fields, kSecret);
    keyring.shared = AgentKeyring::Shared{shared_id, {std::move(index), std::move(sheet), std::move(secret)}};
  }
  fields.finish();
  return keyring;
}

}  // namespace vault
