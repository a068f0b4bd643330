// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sheets and secrets <-> their canonical plaintexts. Every decode function takes only what its encode wrote and throws
// damaged_record otherwise (newer_format for a later version); never a message that quotes content.

#include "vault/model/agent_sheet.h"
#include "vault/model/config_secret.h"
#include "vault/model/credential.h"
#include "vault/model/custody.h"
#include "vault/model/profile_sheet.h"
#include "vault/model/provider_order.h"
#include "vault/model/session_pin.h"
#include "vault/model/usage.h"
#include "vault/model/variable.h"
#include "vault/seal/fields.h"

namespace vault {

// What belongs to the vault as a whole.
struct VaultSettings {
  AgentName default_agent = AgentName::shared();
  bool logs_reads = false;  // for agents that are yet to come; each has its own
  bool operator==(const VaultSettings&) const = default;
};

// A document that was imported, by the name under which its own members are kept.
struct ForeignSheet {
  std::string name;
  Revision secret_revision;
  bool operator==(const ForeignSheet&) const = default;
};

WipedBytes encode(const ProfileSheet& sheet);
WipedBytes encode(const Credential& credential);
WipedBytes encode(const ProviderOrder& order);
WipedBytes encode(const ProfileUsage& usage);
WipedBytes encode(const VariableSheet& sheet);
WipedBytes encode(const ConfigSecretSheet& sheet);
WipedBytes encode(const SessionPin& pin);
WipedBytes encode(const ForeignSheet& sheet);
WipedBytes encode(const Custody& custody);
WipedBytes encode(const AgentSheet& sheet);
WipedBytes encode(const VaultSettings& settings);
WipedBytes encode_secret_text(
    const SecretString& text);  // a variable's or config secret's value, a document's foreign members

ProfileSheet decode_profile_sheet(ByteView plaintext);
std::uint64_t position_of_profile(ByteView plaintext);  // of its sheet; for who decodes the rest later
Credential decode_credential(ByteView plaintext);
ProviderOrder decode_order(ByteView plaintext);
ProfileUsage decode_usage(ByteView plaintext);
VariableSheet decode_variable_sheet(ByteView plaintext);
ConfigSecretSheet decode_config_secret_sheet(ByteView plaintext);
SessionPin decode_pin(ByteView plaintext);
ForeignSheet decode_foreign_sheet(ByteView plaintext);
Custody decode_custody(ByteView plaintext);
AgentSheet decode_agent_sheet(ByteView plaintext);
VaultSettings decode_settings(ByteView plaintext);
SecretString decode_secret_text(ByteView plaintext);

}  // namespace vault
