// SPDX-License-Identifier: Apache-2.0
#include "vault/access/kept_keyring.h"

#include <algorithm>

#include "vault/access/slots.h"
#include "vault/base/error.h"

namespace vault {
namespace {

enum Form : std::uint8_t { kRoot = 1, kAgent = 2 };  // the first byte

SecretBytes with_form(Form form, ByteView payload) {
  SecretBytes bytes(payload.size() + 1);
  bytes.writable()[0] = form;
  std::ranges::copy(payload, bytes.writable().begin() + 1);
  return bytes;
}

SharedProfiles part_in_shared(const AgentSheet& agent) {
  const bool none = agent.name.is_shared() || agent.inheritance == Inheritance::isolated;
  return none ? SharedProfiles::excluded : SharedProfiles::readable;
}

[[noreturn]] void fail_out_of_reach(const AgentName& agent) {
  throw Error(ErrorCode::not_found, "no agent '" + agent.text() + "', or this key cannot open it");
}

}  // namespace

Keyring kept_for_agent(UnlockedVault& vault, const AgentName& name) {
  const auto& keyring = vault.keyring();
  if (!keyring.holds_root()) {
    if (keyring.token().name != name) fail_out_of_reach(name);
    return Keyring(decode_agent_keyring(encode(keyring.token())));
  }
  auto session = vault.session(Access::read);
  const auto* const agent = session.find(name);
  if (agent == nullptr) fail_out_of_reach(name);
  return Keyring(
      agent_keyring(session.ledger(), session.transaction(), keyring, name, part_in_shared(agent->agent.sheet)));
}

Keyring kept_root(const UnlockedVault& vault) { return Keyring(vault.keyring().root().clone()); }

SecretBytes to_bytes(const Keyring& keyring) {
  if (keyring.holds_root()) return with_form(kRoot, keyring.root().reveal());
  return with_form(kAgent, encode(keyring.token()));
}

Keyring keyring_from_bytes(ByteView bytes) {
  if (!bytes.empty() && bytes[0] == kRoot && bytes.size() == kKeySize + 1) {
    return Keyring(RootKey::copy_of(KeyView(bytes.subspan(1))));
  }
  try {
    if (!bytes.empty() && bytes[0] == kAgent) return Keyring(decode_agent_keyring(bytes.subspan(1)));
  } catch (const Error&) {
    // Said below in words that fit: nothing of the vault is damaged.
  }
  throw Error(ErrorCode::bad_input, "the kept keys are not in a form that this program knows");
}

}  // namespace vault
