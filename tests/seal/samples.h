// SPDX-License-Identifier: Apache-2.0
#pragma once
// One value of every type that has a codec, once with everything set and once with as little as may be.

#include <functional>
#include <string>
#include <vector>

#include "tests/support/bytes.h"
#include "vault/seal/agent_keyring.h"
#include "vault/seal/codec.h"
#include "vault/seal/log_codec.h"
#include "vault/seal/state.h"

namespace vault::testing {

inline ProfileSheet full_profile_sheet() {
  ProfileSheet sheet{.id = ProfileId("openai:work"), .provider = ProviderId(" OpenAI ")};
  sheet.kind = CredentialKind::oauth;
  sheet.expiry = {Expiry::Form::at, {1'800'000'000'123}, "1.800000000123e12"};
  sheet.email = "someone@example.com";
  sheet.display_name = "Work \xE2\x82\xAC";
  sheet.key_ref = SecretRef{"env", "default", "OPENAI_API_KEY"};
  sheet.token_ref = SecretRef{"file", std::nullopt, "/token"};
  sheet.copy_to_agents = true;
  sheet.usable_fields = SecretFieldSet(0x1F);
  sheet.setup_replacement = sheet.malformed_key = sheet.unresolved_oauth_ref = sheet.placeholder = true;
  sheet.created = {1};
  sheet.updated = {-2};
  sheet.position = UINT64_MAX;
  sheet.secret_revision = test_id<Revision>(5);
  sheet.fingerprint = {1, 2, 3, 4, 5, 6, 7, 8};
  return sheet;
}

inline ProfileSheet bare_profile_sheet() { return {.id = ProfileId("p"), .provider = ProviderId("p")}; }

inline Credential full_credential() {
  Credential credential;
  for (const auto field : kSecretFields) {
    credential.set(field, SecretString::copy_of("sk-test-" + std::string(name_of(field))));
  }
  credential.set_foreign(SecretString::copy_of(R"({"clientId":"c"})"));
  return credential;
}

inline ProfileUsage full_usage() {
  UsageStats stats;
  stats.last_used = Timestamp{1};
  stats.last_failure_at = Timestamp{2};
  stats.cooldown_until = Timestamp{3};
  stats.disabled_until = Timestamp{INT64_MAX};
  stats.blocked_until = Timestamp{INT64_MIN};
  stats.last_probe_at = Timestamp{0};
  stats.error_count = -4;
  stats.failure_counts = {{"", 0}, {"auth", INT64_MIN}, {"rate_limit", 12}};
  stats.cooldown_reason = "rate_limit";
  stats.cooldown_model = "";
  stats.disabled_reason = "billing";
  stats.foreign = R"({"x":1})";
  return {ProfileId("openai:work"), stats};
}

inline ProviderOrder full_order() {
  return {ProviderId("OpenAI"), std::vector{ProfileId("b"), ProfileId("a"), ProfileId("b")}, ProfileId("a")};
}

inline VariableSheet full_variable_sheet() {
  return {"OPENAI_API_KEY", true, false, {1}, {2}, 3, test_id<Revision>(6), {8, 7, 6, 5, 4, 3, 2, 1}};
}

inline ConfigSecretSheet full_config_secret_sheet() {
  return {"channels.telegram.botToken", {1}, {2}, 3, test_id<Revision>(6), {8, 7, 6, 5, 4, 3, 2, 1}};
}

inline AgentKeyring full_keyring() {
  return {test_id<AgentId>(1), AgentName("worker"), test_key<AgentKey>(1),
          AgentKeyring::Shared{test_id<AgentId>(2),
                               {test_key<IndexKey>(2), test_key<SheetKey>(3), test_key<SecretKey>(4)}}};
}

inline Custody full_custody() {
  Custody custody{.profile = ProfileId("openai:work")};
  custody.owner = CustodyOwner::claviger;
  custody.entry = "openai";
  custody.endpoint = "https://auth.openai.com";
  custody.state = CustodyState::claimed;
  custody.claim = Claim{test_id<AttemptId>(1), test_id<HolderId>(2), {1'800'000'090'000}};
  custody.secret = test_id<Revision>(3);
  custody.last_success = Timestamp{-1};
  custody.last_failure = FailedRefresh{{5}, RefreshFailure::unknown};
  custody.failures = kMostRefreshFailures;
  custody.not_before = Timestamp{7};
  return custody;
}

inline Custody bare_custody() { return {.profile = ProfileId("p"), .entry = "e", .endpoint = "http://127.0.0.1:8080"}; }

inline AgentState full_agent_state() { return {9, 8, {1, 2, 3}, 7, {6, 5, {4, 5, 6}}}; }

inline LogEntry full_log_entry() {
  LogEntry entry{.time = {5}, .verb = LogVerb::renamed, .subject = LogSubject::token, .count = 9};
  entry.names = {"openai:work", "", "\xE2\x82\xAC"};
  entry.opener = LogOpener::kept_key;
  entry.slot = test_id<SlotId>(4);
  entry.caller = {1000, 4242, "bash"};
  entry.agent = "worker";
  entry.ended_at = 12;
  entry.ended_with = Digest{1, 2, 3};
  entry.read_id = test_id<Revision>(7);
  entry.proof = LogProof{9, 9};
  return entry;
}

// A codec as tests see it: a plaintext that it wrote, and reading any bytes and writing them again.
struct Codec {
  std::string name;
  Bytes plaintext;
  std::function<Bytes(ByteView)> reencode;
};

template <class Value, class Decode>
Codec codec(std::string name, const Value& value, Decode decode) {
  const auto written = encode(value);
  return {std::move(name), copy_of(written), [decode](ByteView bytes) { return copy_of(encode(decode(bytes))); }};
}

inline Codec text_codec(std::string name, std::string_view text) {
  return {std::move(name), copy_of(encode_secret_text(SecretString::copy_of(text))),
          [](ByteView bytes) { return copy_of(encode_secret_text(decode_secret_text(bytes))); }};
}

inline std::vector<Codec> all_codecs() {
  std::vector<Codec> all;
  all.push_back(codec("profile sheet", full_profile_sheet(), decode_profile_sheet));
  all.push_back(codec("bare profile sheet", bare_profile_sheet(), decode_profile_sheet));
  all.push_back(codec("credential", full_credential(), decode_credential));
  all.push_back(codec("bare credential", Credential(), decode_credential));
  all.push_back(codec("order", full_order(), decode_order));
  all.push_back(codec("bare order", ProviderOrder{ProviderId("p")}, decode_order));
  all.push_back(codec("usage", full_usage(), decode_usage));
  all.push_back(codec("bare usage", ProfileUsage{ProfileId("p"), {}}, decode_usage));
  all.push_back(codec("variable sheet", full_variable_sheet(), decode_variable_sheet));
  all.push_back(codec("pin", SessionPin{"session", ProfileId("p"), {5}}, decode_pin));
  all.push_back(codec("foreign sheet", ForeignSheet{"openclaw", test_id<Revision>(3)}, decode_foreign_sheet));
  all.push_back(codec("agent sheet", AgentSheet{AgentName("worker"), Inheritance::isolated, {7}}, decode_agent_sheet));
  all.push_back(codec("settings", VaultSettings{AgentName("worker")}, decode_settings));
  all.push_back(codec("keyring", full_keyring(), decode_agent_keyring));
  all.push_back(codec("bare keyring",
                      AgentKeyring{test_id<AgentId>(1), AgentName("w"), test_key<AgentKey>(1), std::nullopt},
                      decode_agent_keyring));
  all.push_back(codec("agent state", full_agent_state(), decode_agent_state));
  all.push_back(codec("vault state", VaultState{3, {1, 2, 3}}, decode_vault_state));
  all.push_back(text_codec("secret text", "sk-test-text"));
  all.push_back(text_codec("empty secret text", ""));
  all.push_back(codec("custody", full_custody(), decode_custody));
  all.push_back(codec("bare custody", bare_custody(), decode_custody));
  all.push_back(codec("config secret sheet", full_config_secret_sheet(), decode_config_secret_sheet));
  all.push_back(codec("agent sheet that logs reads", AgentSheet{AgentName("worker"), Inheritance::linked, {7}, true},
                      decode_agent_sheet));
  all.push_back(codec("settings that log reads", VaultSettings{AgentName("worker"), true}, decode_settings));
  all.push_back(codec("bare agent state", AgentState{}, decode_agent_state));
  all.push_back(codec("vault state with a log", VaultState{3, {1, 2, 3}, {9, 4, {7}}}, decode_vault_state));
  all.push_back(codec("log entry", full_log_entry(), decode_log_entry));
  all.push_back(codec("bare log entry", LogEntry{}, decode_log_entry));
  all.push_back(
      codec("log checkpoint", LogCheckpoint{{1, 2}, 3, 4, Timestamp{5}, Timestamp{6}}, decode_log_checkpoint));
  all.push_back(codec("bare log checkpoint", LogCheckpoint{}, decode_log_checkpoint));
  return all;
}

}  // namespace vault::testing
