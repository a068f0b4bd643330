// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/vault_ledger.h"

#include <algorithm>
#include <utility>

#include "vault/base/error.h"
#include "vault/crypto/random.h"

namespace vault {
namespace {

FieldPlace settings_place(const VaultId& vault) { return {Column::vault_settings, vault, {}, 0, {}}; }
FieldPlace state_place(const VaultId& vault) { return {Column::vault_state, vault, {}, 0, {}}; }
FieldPlace sheet_place(const VaultId& vault, const AgentId& agent) {
  return {Column::agent_sheet, vault, agent, 0, agent.bytes};
}

void toggle_settings(Digest& digest, const StateKey& key, const Bytes& sealed_settings) {
  toggle_row(digest, key, {bytes_of("settings"), sealed_settings});
}

SecretBytes open_or_fail(KeyView key, const FieldPlace& place, ByteView sealed, const char* what) {
  auto plaintext = open_field(key, place, sealed);
  if (!plaintext) throw Error(ErrorCode::damaged_record, std::string(what) + " damaged");
  return std::move(*plaintext);
}

}  // namespace

Bytes seal_agent_sheet(const SheetKey& key, const VaultId& vault, const AgentId& agent, const AgentSheet& sheet) {
  return seal_field(key.reveal(), sheet_place(vault, agent), encode(sheet)).bytes;
}

VaultRow make_vault_row(const VaultId& id, const RootKeys& keys, Timestamp now) {
  Bytes settings = seal_field(keys.settings.reveal(), settings_place(id), encode(VaultSettings{})).bytes;
  VaultState state;
  toggle_settings(state.digest, keys.state, settings);
  return {id, now, std::move(settings), seal_field(keys.state.reveal(), state_place(id), encode(state)).bytes, false};
}

VaultLedger::VaultLedger(Transaction& transaction, const Keyring& keyring)
    : transaction_(transaction), keyring_(keyring), row_(transaction.vault_row()) {}

VaultSettings VaultLedger::settings() const {
  const auto plaintext = open_or_fail(keyring_.root_keys().settings.reveal(), settings_place(row_.id),
                                      row_.sealed_settings, "the vault's settings are");
  return decode_settings(plaintext.reveal());
}

std::optional<OpenAgent> VaultLedger::open_agent(const AgentRow& row) const {
  auto keys = keyring_.keys_of(row_.id, row);
  if (!keys) return std::nullopt;
  const auto plaintext =
      open_or_fail(keys->read.sheet.reveal(), sheet_place(row_.id, row.id), row.sealed_sheet, "an agent's sheet is");
  return OpenAgent{row_.id, row.id, decode_agent_sheet(plaintext.reveal()), std::move(*keys), row.sealed_state};
}

std::vector<OpenAgent> VaultLedger::agents() const {
  std::vector<OpenAgent> listed;
  for (const auto& row : transaction_.agents()) {
    if (auto agent = open_agent(row)) listed.push_back(std::move(*agent));
  }
  std::ranges::sort(listed, {}, [](const OpenAgent& agent) { return agent.sheet.name; });
  return listed;
}

// Damage is never reported as absence: neither a broken index, which hides rows that are there, nor a row that somebody
// took away or put under another lookup.
void VaultLedger::require_absent(const Lookup& lookup) {
  const auto rows = transaction_.agents();
  if (std::ranges::find(rows, lookup, &AgentRow::lookup) != rows.end()) {
    throw Error(ErrorCode::damaged_record, "the file's index of agents is damaged");
  }
  if (rows_ == Rows::unknown) verify_rows();
}

std::optional<AgentRow> VaultLedger::row_of(const AgentName& name) {
  if (keyring_.holds_root()) {
    const Lookup lookup = agent_lookup(keyring_.root_keys().index, name);
    auto row = transaction_.agent(lookup);
    if (!row) require_absent(lookup);
    return row;
  }
  const auto& token = keyring_.token();
  const bool shared = name.is_shared() && token.shared;
  if (name != token.name && !shared) return std::nullopt;
  auto row = transaction_.agent(name == token.name ? token.id : token.shared->id);
  // Who removes an agent removes its tokens, and the shared one stays for ever.
  if (!row) throw Error(ErrorCode::damaged_record, "the row of an agent that this token opens is gone");
  return row;
}

std::optional<OpenAgent> VaultLedger::find_agent(const AgentName& name) {
  const auto row = row_of(name);
  if (!row) return std::nullopt;
  auto agent = open_agent(*row);
  if (agent && agent->sheet.name != name) {
    throw Error(ErrorCode::state_mismatch, "an agent is stored under another agent's name");
  }
  return agent;
}

const VaultState& VaultLedger::state() {
  if (!state_) {
    const auto plaintext = open_or_fail(keyring_.root_keys().state.reveal(), state_place(row_.id), row_.sealed_state,
                                        "the vault's state is");
    state_ = decode_vault_state(plaintext.reveal());
  }
  return *state_;
}

// An agent's own state changes with every write to its records, by hands that do not hold the root key: it is not part
// of what only root may change.
void VaultLedger::toggle(const AgentRow& row) {
  toggle_row(state_->digest, keyring_.root_keys().state,
             {bytes_of("agent"), row.id.bytes, row.lookup.bytes, row.sealed_key, row.sealed_sheet});
}

void VaultLedger::toggle(const KeySlot& slot) {
  const ByteView agent = slot.agent ? ByteView(slot.agent->bytes) : ByteView{};
  const auto kind = static_cast<std::uint8_t>(slot.kind);
  toggle_row(state_->digest, keyring_.root_keys().state,
             {bytes_of("slot"), slot.id.bytes, agent, ByteView(&kind, 1), slot.parameters, slot.commitment,
              slot.wrapped, slot.sealed_for_root});
}

Digest VaultLedger::digest_of_all() {
  const auto stored = std::exchange(state_, VaultState{});  // which may be what does not open
  toggle_settings(state_->digest, keyring_.root_keys().state, row_.sealed_settings);
  for (const auto& row : transaction_.agents()) toggle(row);
  for (const auto& row : transaction_.key_slots()) toggle(row);
  const Digest digest = state_->digest;
  state_ = stored;
  return digest;
}

void VaultLedger::adopt(std::uint64_t generation, const std::optional<LogAnchor>& log) {
  const LogAnchor kept = log ? *log : state_ ? state_->log : LogAnchor{};
  state_ = VaultState{generation, digest_of_all(), kept};
  rows_ = Rows::verified;
}

void VaultLedger::verify() {
  verify_rows();
  require_indexes();
  if (rows_ == Rows::unknown) rows_ = Rows::verified;
}

void VaultLedger::verify_rows() {
  if (digest_of_all() != state().digest) {
    throw Error(
        ErrorCode::state_mismatch,
        "the vault's agents or key slots are not those that were written: somebody put one back, added or removed one",
        "find out who can write this file");
  }
}

// Whoever unlocks looks slots up in an index, and agents in two: rows that only a scan meets are out of reach.
void VaultLedger::require_indexes() const {
  const auto missing = [](const auto& found, const auto& row) { return !found || *found != row; };
  const auto slots = transaction_.key_slots();
  const auto agents = transaction_.agents();
  const bool hidden =
      std::ranges::any_of(slots, [&](const KeySlot& row) { return missing(transaction_.key_slot(row.id), row); }) ||
      std::ranges::any_of(agents, [&](const AgentRow& row) {
        return missing(transaction_.agent(row.id), row) || missing(transaction_.agent(row.lookup), row);
      });
  if (hidden)
    throw Error(ErrorCode::damaged_record, "the file's indexes do not lead to all of its agents and key slots");
}

void VaultLedger::begin_change() {
  if (rows_ == Rows::unknown) verify();
  rows_ = Rows::changed;
}

OpenAgent VaultLedger::add_agent(const AgentSheet& sheet) {
  begin_change();
  const Lookup lookup = agent_lookup(keyring_.root_keys().index, sheet.name);
  if (transaction_.agent(lookup)) {
    throw Error(ErrorCode::already_exists, "agent '" + sheet.name.text() + "' exists already");
  }
  AgentKey key;
  fill_random(key.writable());
  const auto id = random_id<AgentId>();
  AgentKeys keys{derive_read_keys(key), derive_write_keys(key)};
  AgentRow row{id, lookup, seal_agent_key(keyring_.root_keys(), row_.id, id, key),
               seal_agent_sheet(keys.read.sheet, row_.id, id, sheet),
               seal_agent_state(keys.write->state, row_.id, id, AgentState{})};
  toggle(row);
  transaction_.put_agent(row);
  notes_.note(LogVerb::added, LogSubject::agent, sheet.name.text());
  return {row_.id, id, sheet, std::move(keys)};
}

void VaultLedger::put_agent_sheet(const OpenAgent& agent) {
  begin_change();
  auto row = transaction_.agent(agent.id);
  if (!row) throw Error(ErrorCode::not_found, "no such agent: '" + agent.sheet.name.text() + "'");
  toggle(*row);
  row->sealed_sheet = seal_agent_sheet(agent.keys.read.sheet, row_.id, row->id, agent.sheet);
  toggle(*row);
  transaction_.put_agent(*row);
}

bool VaultLedger::erase_agent(const AgentName& name) {
  begin_change();
  const auto row = transaction_.agent(agent_lookup(keyring_.root_keys().index, name));
  if (!row) return false;
  for (const auto& slot : transaction_.key_slots()) {
    if (slot.agent == row->id) toggle(slot);
  }
  toggle(*row);
  note_removed(name, *row);
  transaction_.erase_log(row->id, INT64_MAX);
  return transaction_.erase_agent(row->id);
}

void VaultLedger::put_settings(const VaultSettings& settings) {
  begin_change();
  const auto& keys = keyring_.root_keys();
  toggle_settings(state_->digest, keys.state, row_.sealed_settings);
  row_.sealed_settings = seal_field(keys.settings.reveal(), settings_place(row_.id), encode(settings)).bytes;
  toggle_settings(state_->digest, keys.state, row_.sealed_settings);
}

void VaultLedger::put_slot(const KeySlot& slot) {
  begin_change();
  const auto old = transaction_.key_slot(slot.id);
  if (old) toggle(*old);
  toggle(slot);
  note_slot(old ? LogVerb::replaced : LogVerb::added, slot);
  transaction_.put_key_slot(slot);
}

bool VaultLedger::erase_slot(const SlotId& id) {
  begin_change();
  const auto row = transaction_.key_slot(id);
  if (!row) return false;
  toggle(*row);
  note_slot(LogVerb::removed, *row);
  return transaction_.erase_key_slot(id);
}

void VaultLedger::finish() {
  if (!changed()) return;
  ++state_->generation;
  row_.sealed_state = seal_field(keyring_.root_keys().state.reveal(), state_place(row_.id), encode(*state_)).bytes;
  transaction_.put_vault_row(row_);
  rows_ = Rows::verified;
}

}  // namespace vault
