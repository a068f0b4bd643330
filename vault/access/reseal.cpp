// SPDX-License-Identifier: Apache-2.0
#include "vault/access/reseal.h"

#include <algorithm>
#include <map>
#include <utility>

#include "vault/base/error.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/seal/codec.h"

namespace vault {
namespace {

// What the record's look-up key is made from.
std::string name_in(const OpenRecord& record) {
  const auto sheet = record.sheet.reveal();
  switch (record.kind) {
    case RecordKind::profile: return decode_profile_sheet(sheet).id.text();
    case RecordKind::variable: return decode_variable_sheet(sheet).name;
    case RecordKind::config_secret: return decode_config_secret_sheet(sheet).path;
    case RecordKind::foreign: return decode_foreign_sheet(sheet).name;
    case RecordKind::order:
    case RecordKind::default_order: return decode_order(sheet).provider.key();
    case RecordKind::usage: return decode_usage(sheet).profile.text();
    case RecordKind::pin: return decode_pin(sheet).session;
    case RecordKind::custody: return decode_custody(sheet).profile.text();
  }
  fail_as_damaged();
}

// Re-seals records of one agent from its old ledger into its new one.
class Resealer {
 public:
  Resealer(const AgentLedger& old, AgentLedger& renewed, const FingerprintKey& fingerprints, Timestamp now)
      : old_(old), new_(renewed), fingerprints_(fingerprints), now_(now) {}

  const std::optional<Claim>& claim_that_stands() const noexcept { return claim_; }

  void reseal(const OpenRecord& record) {
    const auto sheet = record.sheet.reveal();
    switch (record.kind) {
      case RecordKind::profile: return reseal_profile(record);
      case RecordKind::variable: return reseal_text(record, decode_variable_sheet(sheet), &VariableSheet::name);
      case RecordKind::config_secret:
        return reseal_text(record, decode_config_secret_sheet(sheet), &ConfigSecretSheet::path);
      case RecordKind::foreign: return reseal_foreign(record);
      case RecordKind::order:
      case RecordKind::default_order:
      case RecordKind::usage:
      case RecordKind::pin: return put(record.kind, name_in(record), sheet, std::nullopt);
      case RecordKind::custody: return reseal_custody(record);
    }
    fail_as_damaged();
  }

  // Its sheet opens and its secret does not: it keeps its name, and the secret stays as closed as it was.
  void carry(const OpenRecord& record) {
    new_.carry_damaged(new_.sealed_row(record.kind, name_in(record), record.sheet.reveal(), record.sealed_secret));
  }

 private:
  void put(RecordKind kind, std::string_view name, ByteView sheet, const std::optional<Bytes>& sealed_secret) {
    new_.put(kind, name, sheet, sealed_secret);
    const auto found = new_.find(kind, name);
    if (!found || !equal_in_constant_time(found->sheet.reveal(), sheet)) fail_read_back();
  }

  void compare_secret(RecordKind kind, std::string_view name, const Revision& revision, const SecretBytes& secret) {
    const auto found = new_.find(kind, name);
    if (!equal_in_constant_time(new_.open_secret(*found, revision).reveal(), secret.reveal())) fail_read_back();
  }

  [[noreturn]] static void fail_read_back() {
    throw Error(ErrorCode::internal, "a record sealed anew reads back differently; nothing was changed");
  }

  // Sheets that name a secret must name its new revision.
  template <class Sheet>
  Revision put_with_secret(const OpenRecord& record, std::string_view name, Sheet sheet, const SecretBytes& secret) {
    const auto sealed = new_.seal_secret(record.kind, name, secret.reveal());
    sheet.secret_revision = sealed.revision;
    put(record.kind, name, encode(sheet), sealed.bytes);
    compare_secret(record.kind, name, sealed.revision, secret);
    return sealed.revision;
  }

  void reseal_profile(const OpenRecord& record) {
    auto sheet = decode_profile_sheet(record.sheet.reveal());
    const auto secret = old_.open_secret(record, sheet.secret_revision);
    const auto credential = decode_credential(secret.reveal());
    if (const auto* main = credential.find(main_field(sheet.kind))) {
      sheet.fingerprint = fingerprint_of(fingerprints_, main->reveal());
    }
    const auto old_revision = sheet.secret_revision;
    const auto renewed = put_with_secret(record, sheet.id.text(), sheet, secret);
    if (sheet.kind == CredentialKind::oauth) renewed_logins_.emplace(old_revision, renewed);
  }

  // It goes on to be said of the login that it was said of. Custody is scanned after the profiles.
  void reseal_custody(const OpenRecord& record) {
    auto custody = decode_custody(record.sheet.reveal());
    const auto renewed = renewed_logins_.find(custody.secret);
    if (renewed != renewed_logins_.end()) custody.secret = renewed->second;
    if (claim_stands(custody, now_) && (!claim_ || claim_->until < custody.claim->until)) claim_ = custody.claim;
    put(record.kind, custody.profile.text(), encode(custody), std::nullopt);
  }

  template <class Sheet>
  void reseal_text(const OpenRecord& record, Sheet sheet, std::string Sheet::*name) {
    const auto secret = old_.open_secret(record, sheet.secret_revision);
    sheet.fingerprint = fingerprint_of(fingerprints_, decode_secret_text(secret.reveal()).reveal());
    put_with_secret(record, sheet.*name, sheet, secret);
  }

  void reseal_foreign(const OpenRecord& record) {
    auto sheet = decode_foreign_sheet(record.sheet.reveal());
    const auto secret = old_.open_secret(record, sheet.secret_revision);
    put_with_secret(record, sheet.name, sheet, secret);
  }

  const AgentLedger& old_;
  AgentLedger& new_;
  const FingerprintKey& fingerprints_;
  Timestamp now_;
  std::map<Revision, Revision> renewed_logins_;
  std::optional<Claim> claim_;
};

// Nobody who does not know a kind can seal it anew, and left behind it would open for nobody.
void require_known_kinds(Transaction& transaction, const OpenAgent& agent) {
  transaction.scan_records(agent.id, [&](const RecordRow& row) {
    if (is_known(row.key.kind)) return;
    throw Error(ErrorCode::newer_format, "agent '" + agent.sheet.name.text() +
                                             "' has records of a newer program, which alone can give them new keys; "
                                             "nothing was changed");
  });
}

AgentRow renewed_row(const OpenAgent& agent, const RootKeys& root, const AgentKey& key, const AgentState& state) {
  const auto& vault = agent.vault;
  const auto& id = agent.id;
  return {id, agent_lookup(root.index, agent.sheet.name), seal_agent_key(root, vault, id, key),
          seal_agent_sheet(derive_read_keys(key).sheet, vault, id, agent.sheet),
          seal_agent_state(derive_write_keys(key).state, vault, id, state)};
}

}  // namespace

ResealedAgent reseal_agent(Transaction& transaction, const OpenAgent& agent, const RootKeys& root, const AgentKey& key,
                           Timestamp now, const std::optional<ProofKeys>& proofs) {
  require_known_kinds(transaction, agent);
  AgentLedger old(transaction, agent);
  std::vector<OpenRecord> whole, half_open;
  old.scan([&](OpenRecord&& record) { whole.push_back(std::move(record)); });
  std::vector<RecordRow> closed = old.damaged_rows();
  for (const auto& row : closed) transaction.erase_record(row.key);
  for (const auto& record : whole) transaction.erase_record({agent.id, record.kind, record.lookup});
  const auto opens = [&](const OpenRecord& record) { return !old.is_damaged(record.kind, record.lookup); };
  const auto damaged = std::stable_partition(whole.begin(), whole.end(), opens);
  for (auto record = damaged; record != whole.end(); ++record) {
    const RecordKey at{agent.id, record->kind, record->lookup};
    std::erase_if(closed, [&](const RecordRow& row) { return row.key == at; });
    half_open.push_back(std::move(*record));
  }
  whole.erase(damaged, whole.end());

  AgentState state = old.state();
  const auto counted = std::exchange(state.record_count, 0);
  state.digest = {};
  EventLog(transaction, {agent.vault, agent.id}, agent.keys.write->log, proofs ? &proofs->old : nullptr)
      .reseal(state.log, derive_write_keys(key).log, proofs ? &proofs->renewed : nullptr);
  transaction.put_agent(renewed_row(agent, root, key, state));

  const OpenAgent renewed{agent.vault, agent.id, agent.sheet, {derive_read_keys(key), derive_write_keys(key)}};
  AgentLedger ledger(transaction, renewed);
  Resealer resealer(old, ledger, renewed.keys.write->fingerprint, now);
  for (const auto& record : whole) resealer.reseal(record);
  for (const auto& record : half_open) resealer.carry(record);
  for (const auto& row : closed) ledger.carry_damaged(row);
  if (!old.damaged().empty()) ledger.count_as(counted);
  ledger.touch();
  ledger.finish();
  return {whole.size(),
          old.damaged().size(),
          {ledger.state().generation, ledger.state().digest},
          resealer.claim_that_stands()};
}

}  // namespace vault
