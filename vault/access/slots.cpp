// SPDX-License-Identifier: Apache-2.0
#include "vault/access/slots.h"

#include <algorithm>
#include <map>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"

namespace vault {
namespace {

FieldPlace for_root_place(const VaultId& vault, const KeySlot& slot) {
  return {Column::slot_for_root, vault, slot.agent.value_or(AgentId{}), static_cast<std::uint8_t>(slot.kind),
          slot.id.bytes};
}

void require_room(const std::vector<KeySlot>& slots, SlotKind kind, const std::optional<AgentId>& agent) {
  const auto roots = std::ranges::count_if(slots, [](const KeySlot& slot) { return !slot.agent; });
  const auto passphrases = std::ranges::count(slots, SlotKind::passphrase, &KeySlot::kind);
  const auto tokens = std::ranges::count_if(slots, [&](const KeySlot& slot) { return agent && slot.agent == agent; });
  const bool full = agent ? std::size_t(tokens) >= kMostTokensPerAgent
                          : std::size_t(roots) >= kMostRootSlots ||
                                (kind == SlotKind::passphrase && std::size_t(passphrases) >= kMostPassphraseSlots);
  if (full) {
    throw Error(ErrorCode::parameters_out_of_bounds, "no room for another " + std::string(name_of(kind)),
                "remove one first");
  }
}

const OpenAgent& agent_named(const std::vector<OpenAgent>& agents, const AgentName& name) {
  const auto found =
      std::ranges::find(agents, name, [](const OpenAgent& agent) -> const AgentName& { return agent.sheet.name; });
  if (found == agents.end()) throw Error(ErrorCode::not_found, "no agent '" + name.text() + "'");
  return *found;
}

void require_part_in_shared(const AgentSheet& agent) {
  if (agent.name.is_shared()) {
    throw Error(ErrorCode::usage, "the shared agent's token covers the shared profiles already");
  }
  if (agent.inheritance == Inheritance::isolated) {
    throw Error(ErrorCode::usage, "agent '" + agent.name.text() + "' is isolated and has no part in shared profiles");
  }
}

SlotInfo token_info(const KeySlot& slot, const VaultId& vault, const RootKeys& root) {
  SlotInfo info{slot.id, slot.kind, std::nullopt, slot.created, token_expiry(slot.parameters), false};
  info.reads_shared = open_token_slot(slot, vault, root).keyring.shared.has_value();
  return info;
}

std::vector<SlotInfo> list(const VaultLedger& ledger, const Keyring& keyring) {
  const auto& root = keyring.root_keys();
  std::map<AgentId, AgentName> names;
  for (const auto& listed : ledger.agents()) names.emplace(listed.id, listed.sheet.name);
  std::vector<SlotInfo> infos;
  for (const auto& slot : ledger.slots()) {
    if (!slot.agent) {
      infos.push_back({slot.id, slot.kind, std::nullopt, slot.created, std::nullopt, false});
      continue;
    }
    auto info = token_info(slot, ledger.id(), root);
    if (const auto name = names.find(*slot.agent); name != names.end()) info.agent = name->second;
    infos.push_back(std::move(info));
  }
  std::ranges::stable_sort(infos, {}, &SlotInfo::agent);
  return infos;
}

}  // namespace

std::string short_name(const SlotId& id) { return to_hex(ByteView(id.bytes).first(4)); }

std::vector<SlotInfo> list_slots(Writing& writing) {
  return list(writing.session().ledger(), writing.session().keyring());
}

std::vector<SlotInfo> list_slots(UnlockedVault& vault) {
  auto session = vault.session(Access::read);
  session.verify_vault();
  return list(session.ledger(), session.keyring());
}

SlotId add_root_slot(Writing& writing, const Keyring& keyring, const NewSlot& source) {
  require_room(writing.session().ledger().slots(), source.kind, std::nullopt);
  const KeySlot slot = make_root_slot(writing.session().ledger().id(), source, keyring.root(), writing.now());
  writing.session().ledger().put_slot(slot);
  return slot.id;
}

void wrap_token_slot(KeySlot& slot, const VaultId& vault, const RootKeys& root, const SlotKey& key,
                     const AgentKeyring& keyring) {
  wrap_into_slot(slot, vault, key, encode(keyring));
  slot.sealed_for_root = seal_field(root.wrap.reveal(), for_root_place(vault, slot), key.reveal()).bytes;
  const auto opened = open_slot(slot, vault, key);
  if (!opened || decode_agent_keyring(opened->reveal()).id != keyring.id) {
    throw Error(ErrorCode::internal, "a token's slot does not open");
  }
}

OpenedToken open_token_slot(const KeySlot& slot, const VaultId& vault, const RootKeys& root) {
  const auto bytes = open_field(root.wrap.reveal(), for_root_place(vault, slot), slot.sealed_for_root);
  if (bytes && bytes->size() == kKeySize) {
    auto key = SlotKey::copy_of(KeyView(bytes->reveal()));
    if (const auto payload = open_slot(slot, vault, key))
      return {std::move(key), decode_agent_keyring(payload->reveal())};
  }
  throw Error(ErrorCode::damaged_slot, "the slot of token " + short_name(slot.id) + " is damaged", "revoke the token");
}

AgentKeyring agent_keyring(const VaultLedger& ledger, Transaction& transaction, const Keyring& keyring,
                           const AgentName& name, SharedProfiles shared) {
  const auto agents = ledger.agents();
  const auto& agent = agent_named(agents, name);
  if (shared == SharedProfiles::readable) require_part_in_shared(agent.sheet);
  const auto row = transaction.agent(agent.id);
  AgentKeyring contents{agent.id, agent.sheet.name, keyring.agent_key(ledger.id(), *row), std::nullopt};
  if (shared == SharedProfiles::readable) {
    const auto& from = agent_named(agents, AgentName::shared());
    contents.shared = AgentKeyring::Shared{from.id, from.keys.read.clone()};
  }
  return contents;
}

SecretString issue_token(Writing& writing, const Keyring& keyring, const TokenRequest& request) {
  const auto contents = agent_keyring(writing.session().ledger(), writing.session().transaction(), keyring,
                                      request.agent, request.shared);
  require_room(writing.session().ledger().slots(), SlotKind::agent_token, contents.id);
  const AgentToken token = make_agent_token();
  KeySlot slot;
  slot.id = token.slot;
  slot.agent = contents.id;
  slot.kind = SlotKind::agent_token;
  slot.parameters = token_parameters(request.expires_at);
  slot.created = writing.now();
  wrap_token_slot(slot, writing.session().ledger().id(), keyring.root_keys(), token.key, contents);
  writing.session().ledger().put_slot(slot);
  return to_text(token);
}

}  // namespace vault
