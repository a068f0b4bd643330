// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <map>

#include "tests/vectors/frozen_case.h"
#include "vault/seal/agent_keyring.h"
#include "vault/seal/codec.h"
#include "vault/seal/log_codec.h"
#include "vault/seal/sealed_field.h"
#include "vault/seal/state.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

Column column_named(const std::string& name) {
  static const std::map<std::string, Column> columns = {
      {"vault.settings", Column::vault_settings}, {"vault.state", Column::vault_state},
      {"agent.key", Column::agent_key},           {"agent.sheet", Column::agent_sheet},
      {"agent.state", Column::agent_state},       {"record.sheet", Column::record_sheet},
      {"record.secret", Column::record_secret},   {"slot.keyring", Column::slot_keyring},
      {"slot.for_root", Column::slot_for_root},   {"log.event", Column::log_event}};
  return columns.at(name);
}

std::string check_sealed_field(const FrozenCase& frozen) {
  const FieldPlace place{column_named(frozen.text("column")), frozen.id<VaultId>("vault"), frozen.id<AgentId>("agent"),
                         frozen.number("record_kind"), frozen.id<Lookup>("row").bytes};
  const auto plaintext = open_field(frozen.key<AnyKey>("key").reveal(), place, frozen.bytes("sealed"));
  if (!plaintext) return "damaged_record";
  EXPECT_EQ(to_hex(plaintext->reveal()), frozen.text("plaintext"));
  return "ok";
}

template <auto decode>
std::string again(ByteView bytes) {
  return to_hex(encode(decode(bytes)));
}

std::string secret_text_again(ByteView bytes) { return to_hex(encode_secret_text(decode_secret_text(bytes))); }

std::string decoded_again(const std::string& type, ByteView bytes) {
  static const std::map<std::string, std::string (*)(ByteView)> types = {
      {"profile", again<decode_profile_sheet>},
      {"credential", again<decode_credential>},
      {"order", again<decode_order>},
      {"usage", again<decode_usage>},
      {"variable", again<decode_variable_sheet>},
      {"config_secret", again<decode_config_secret_sheet>},
      {"pin", again<decode_pin>},
      {"custody", again<decode_custody>},
      {"foreign", again<decode_foreign_sheet>},
      {"agent", again<decode_agent_sheet>},
      {"settings", again<decode_settings>},
      {"keyring", again<decode_agent_keyring>},
      {"agent_state", again<decode_agent_state>},
      {"vault_state", again<decode_vault_state>},
      {"log_entry", again<decode_log_entry>},
      {"log_checkpoint", again<decode_log_checkpoint>},
      {"secret_text", secret_text_again}};
  return types.at(type)(bytes);
}

}  // namespace

std::string check_plaintext(const FrozenCase& frozen) {
  if (frozen.text("kind") == "sealed_field") return check_sealed_field(frozen);
  EXPECT_EQ(decoded_again(frozen.text("type"), frozen.bytes("bytes")), frozen.text("bytes"));
  return "ok";
}

}  // namespace vault::testing
