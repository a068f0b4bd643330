// SPDX-License-Identifier: Apache-2.0
// What of an agent's records does not open, how it is named, and how it is given up.
#include <algorithm>

#include "vault/base/error.h"
#include "vault/ledger/agent_ledger.h"
#include "vault/seal/codec.h"

namespace vault {
namespace {

// Which secret a sheet belongs to. Empty: the kind has none.
std::optional<Revision> secret_revision(RecordKind kind, ByteView sheet) {
  if (kind == RecordKind::profile) return decode_profile_sheet(sheet).secret_revision;
  if (kind == RecordKind::variable) return decode_variable_sheet(sheet).secret_revision;
  if (kind == RecordKind::config_secret) return decode_config_secret_sheet(sheet).secret_revision;
  if (kind == RecordKind::foreign) return decode_foreign_sheet(sheet).secret_revision;
  return std::nullopt;
}

std::optional<std::string> name_in(RecordKind kind, ByteView sheet) {
  if (kind == RecordKind::profile) return decode_profile_sheet(sheet).id.text();
  if (kind == RecordKind::variable) return decode_variable_sheet(sheet).name;
  if (kind == RecordKind::config_secret) return decode_config_secret_sheet(sheet).path;
  if (kind == RecordKind::custody) return decode_custody(sheet).profile.text();
  return std::nullopt;
}

std::uint64_t position_in(RecordKind kind, ByteView sheet) {
  if (kind == RecordKind::profile) return decode_profile_sheet(sheet).position;
  if (kind == RecordKind::variable) return decode_variable_sheet(sheet).position;
  if (kind == RecordKind::config_secret) return decode_config_secret_sheet(sheet).position;
  return 0;
}

}  // namespace

std::string_view noun_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::profile: return "profile";
    case RecordKind::order: return "provider order";
    case RecordKind::usage: return "usage entry";
    case RecordKind::variable: return "variable";
    case RecordKind::pin: return "session pin";
    case RecordKind::foreign: return "foreign document";
    case RecordKind::default_order: return "default order";
    case RecordKind::config_secret: return "config secret";
    case RecordKind::custody: return "custody";
  }
  return "record";
}

std::string row_name(const RecordKey& key) { return to_hex(ByteView(key.lookup.bytes).first(6)); }

SecretBytes AgentLedger::open_secret(const OpenRecord& record, const Revision& revision) const {
  std::optional<SecretBytes> secret;
  if (record.sealed_secret && revision_of(*record.sealed_secret) == revision) {
    secret = open_field(agent_.keys.read.secret.reveal(), place(Column::record_secret, record.kind, record.lookup),
                        *record.sealed_secret);
  }
  if (!secret) {
    const auto name = name_in(record.kind, record.sheet.reveal());
    throw Error(ErrorCode::damaged_record,
                "the secret of " + std::string(noun_of(record.kind)) + (name ? " '" + *name + "'" : "") +
                    " of agent '" + agent_.sheet.name.text() + "' is damaged",
                Remedy::examine_everything);
  }
  return std::move(*secret);
}

bool AgentLedger::secret_opens(const RecordRow& row, const SecretBytes& sheet) const {
  const bool unknown = !is_known(row.key.kind) && row.sealed_secret;  // what its sheet says is not for us to read
  const auto revision = unknown ? revision_of(*row.sealed_secret) : secret_revision(row.key.kind, sheet.reveal());
  if (!revision) return !row.sealed_secret;
  if (!row.sealed_secret || revision_of(*row.sealed_secret) != *revision) return false;
  return open_field(agent_.keys.read.secret.reveal(), place(Column::record_secret, row.key.kind, row.key.lookup),
                    *row.sealed_secret)
      .has_value();
}

std::vector<DamagedRow> AgentLedger::find_damaged() const {
  std::vector<DamagedRow> found;
  transaction_.scan_records(agent_.id, [&](const RecordRow& row) {
    const auto sheet = try_open_sheet(row);
    if (sheet && secret_opens(row, *sheet)) return;
    found.push_back({row.key, sheet ? name_in(row.key.kind, sheet->reveal()) : std::nullopt});
  });
  return found;
}

std::vector<RecordRow> AgentLedger::damaged_rows() {
  std::vector<RecordRow> rows;
  for (const auto& damaged : damaged_) {
    if (const auto& row = look_up(damaged.key)) rows.push_back(*row);
  }
  return rows;
}

bool AgentLedger::is_damaged(RecordKind kind, const Lookup& lookup) const {
  return std::ranges::find(damaged_, RecordKey{agent_.id, kind, lookup}, &DamagedRow::key) != damaged_.end();
}

bool AgentLedger::is_damaged(RecordKind kind, std::string_view name) const {
  return !damaged_.empty() && is_damaged(kind, key_of(kind, name).lookup);
}

std::string AgentLedger::describe(const DamagedRow& row) const {
  const std::string which = row.name ? "'" + *row.name + "'" : "in row " + row_name(row.key);
  return std::string(noun_of(row.key.kind)) + " " + which;
}

void AgentLedger::require_undamaged() const {
  if (damaged_.empty()) return;
  const auto more = damaged_.size() - 1;
  throw Error(ErrorCode::damaged_record,
              "agent '" + agent_.sheet.name.text() + "': damaged " + describe(damaged_.front()) +
                  (more > 0 ? " and " + std::to_string(more) + " more" : ""),
              Remedy::examine_everything);
}

void AgentLedger::fail_as_mismatch() const {
  throw Error(
      ErrorCode::state_mismatch,
      "agent '" + agent_.sheet.name.text() +
          "': its records are not those that were written: rows were added, removed or put back behind our back");
}

// As if it had been written so: every row opens by now.
AgentState AgentLedger::state_of_what_is_there(std::uint64_t generation) {
  AgentState found;
  found.generation = generation;
  transaction_.scan_records(agent_.id, [&](const RecordRow& row) {
    ++found.record_count;
    toggle_record(found.digest, state_key(), row.key.kind, row.key.lookup, row.sealed_sheet, row.sealed_secret);
    const auto record = opened(row);
    found.next_position = std::max(found.next_position, position_in(record.kind, record.sheet.reveal()) + 1);
  });
  return found;
}

void AgentLedger::give_up(const std::vector<DamagedRow>& rows, std::uint64_t above) {
  last_key_.reset();
  for (const auto& row : rows) transaction_.erase_record(row.key);
  AgentState old;
  try {
    old = state();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_record) throw;
  }
  auto found = state_of_what_is_there(std::max(old.generation, above));
  found.next_position = std::max(found.next_position, old.next_position);
  found.log = mended_log_.value_or(old.log);
  state_ = found;
  set_ = Set::unknown;
  changed_ = true;
}

}  // namespace vault
