// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <map>

#include "tests/vectors/frozen_case.h"
#include "vault/keys/agent_token.h"
#include "vault/keys/key_file.h"
#include "vault/keys/passphrase.h"
#include "vault/keys/recovery_code.h"
#include "vault/seal/hierarchy.h"
#include "vault/seal/state.h"

namespace vault::testing {
namespace {

template <class KeyType>
void expect_key(const KeyType& key, const FrozenCase& frozen, std::string_view name) {
  EXPECT_EQ(to_hex(key.reveal()), frozen.text(name)) << name;
}

KeySlot slot_in(const FrozenCase& frozen) {
  KeySlot slot;
  slot.id = frozen.id<SlotId>("slot");
  if (!frozen.text("agent").empty()) slot.agent = frozen.id<AgentId>("agent");
  slot.kind = static_cast<SlotKind>(frozen.number("slot_kind"));
  slot.parameters = frozen.bytes("parameters");
  slot.commitment = frozen.bytes("commitment");
  slot.wrapped = frozen.bytes("wrapped");
  return slot;
}

std::string check_slot(const FrozenCase& frozen) {
  const auto payload = open_slot(slot_in(frozen), frozen.id<VaultId>("vault"), frozen.key<SlotKey>("key"));
  if (!payload) return "wrong_key";
  EXPECT_EQ(to_hex(payload->reveal()), frozen.text("payload"));
  return "ok";
}

std::string check_root_subkeys(const FrozenCase& frozen) {
  const RootKeys keys(frozen.key<RootKey>("key"));
  expect_key(keys.index, frozen, "index");
  expect_key(keys.wrap, frozen, "wrap");
  expect_key(keys.state, frozen, "state");
  expect_key(keys.settings, frozen, "settings");
  return "ok";
}

std::string check_root_log_subkey(const FrozenCase& frozen) {
  expect_key(root_log_key(frozen.key<RootKey>("key")), frozen, "log");
  return "ok";
}

std::string check_agent_subkeys(const FrozenCase& frozen) {
  const auto read = derive_read_keys(frozen.key<AgentKey>("key"));
  const auto write = derive_write_keys(frozen.key<AgentKey>("key"));
  expect_key(read.index, frozen, "index");
  expect_key(read.sheet, frozen, "sheet");
  expect_key(read.secret, frozen, "secret");
  expect_key(write.state, frozen, "state");
  expect_key(write.log, frozen, "log");
  expect_key(write.fingerprint, frozen, "fingerprint");
  return "ok";
}

std::string check_agent_lookup(const FrozenCase& frozen) {
  EXPECT_EQ(to_hex(agent_lookup(frozen.key<IndexKey>("key"), AgentName(frozen.text("name"))).bytes),
            frozen.text("lookup"));
  return "ok";
}

std::string check_record_lookup(const FrozenCase& frozen) {
  const auto kind = static_cast<RecordKind>(frozen.number("record_kind"));
  EXPECT_EQ(to_hex(record_lookup(frozen.key<IndexKey>("key"), kind, frozen.text("name")).bytes), frozen.text("lookup"));
  return "ok";
}

std::string check_fingerprint(const FrozenCase& frozen) {
  EXPECT_EQ(to_hex(fingerprint_of(frozen.key<FingerprintKey>("key"), frozen.text("name"))), frozen.text("fingerprint"));
  return "ok";
}

std::string check_digest(const FrozenCase& frozen) {
  Digest digest{};
  for (const auto& line : frozen.texts("record")) {
    const auto words = words_of(line);
    const auto secret = words[3] == "-" ? std::nullopt : std::optional(hex(words[3]));
    toggle_record(digest, frozen.key<StateKey>("key"), static_cast<RecordKind>(std::stoi(words[0])),
                  FrozenCase::id_of<Lookup>(words[1]), hex(words[2]), secret);
  }
  EXPECT_EQ(to_hex(digest), frozen.text("digest"));
  return "ok";
}

std::string check_passphrase(const FrozenCase& frozen) {
  expect_key(passphrase_slot_key(frozen.bytes("passphrase"), frozen.bytes("parameters")), frozen, "key");
  return "ok";
}

std::string check_key_file(const FrozenCase& frozen) {
  const auto file = parse_key_file(frozen.text("text"));
  EXPECT_EQ(to_hex(file.vault.bytes), frozen.text("vault"));
  expect_key(file.key, frozen, "key");
  EXPECT_EQ(to_text(file).reveal(), frozen.text("text") + "\n");
  return "ok";
}

std::string check_token(const FrozenCase& frozen) {
  const auto token = parse_agent_token(frozen.text("text"));
  EXPECT_EQ(to_hex(token.slot.bytes), frozen.text("slot"));
  expect_key(token.key, frozen, "key");
  EXPECT_EQ(to_text(token).reveal(), frozen.text("text"));
  return "ok";
}

std::string check_recovery_code(const FrozenCase& frozen) {
  expect_key(parse_recovery_code(frozen.text("text")), frozen, "key");
  return "ok";
}

}  // namespace

std::string check_keys(const FrozenCase& frozen) {
  static const std::map<std::string, std::string (*)(const FrozenCase&)> checks = {
      {"key_slot", check_slot},
      {"root_subkeys", check_root_subkeys},
      {"root_log_subkey", check_root_log_subkey},
      {"agent_subkeys", check_agent_subkeys},
      {"agent_lookup", check_agent_lookup},
      {"record_lookup", check_record_lookup},
      {"fingerprint", check_fingerprint},
      {"record_digest", check_digest},
      {"passphrase", check_passphrase},
      {"key_file", check_key_file},
      {"agent_token", check_token},
      {"recovery_code", check_recovery_code}};
  return checks.at(frozen.text("kind"))(frozen);
}

}  // namespace vault::testing
