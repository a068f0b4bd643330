// SPDX-License-Identifier: Apache-2.0
#pragma once
// The vault's own rows inside one transaction: settings, agents and key slots, with the state that makes a slot or an
// agent put back behind our back show. Who holds the root key verifies that state before the first write.
//
// Throws damaged_record, state_mismatch and denied as agent_ledger.h does.

#include <optional>
#include <vector>

#include "vault/keys/key_slot.h"
#include "vault/ledger/agent_ledger.h"
#include "vault/ledger/keyring.h"
#include "vault/seal/codec.h"
#include "vault/storage/storage.h"

namespace vault {

class VaultLedger {
 public:
  // Both live longer than the ledger.
  VaultLedger(Transaction& transaction, const Keyring& keyring);

  const VaultId& id() const noexcept { return row_.id; }
  VaultSettings settings() const;  // denied to a token

  // The agents that the keyring covers, by name. Agents it does not cover are left out.
  std::vector<OpenAgent> agents() const;
  // Empty when there is no such agent, or the keyring does not cover it: a token cannot tell which. With the root key
  // absence is said only of rows that were compared with the state (state_mismatch).
  std::optional<OpenAgent> find_agent(const AgentName& name);
  std::optional<OpenAgent> open_agent(const AgentRow& row) const;  // likewise

  // All of these take the root key.
  const VaultState& state();
  // The rows against the state (state_mismatch), and that the file's indexes lead to every one of them
  // (damaged_record).
  void verify();
  void verify_rows();
  void require_indexes() const;
  OpenAgent add_agent(const AgentSheet& sheet);  // already_exists
  void put_agent_sheet(const OpenAgent& agent);
  bool erase_agent(const AgentName& name);
  void put_settings(const VaultSettings& settings);
  void put_slot(const KeySlot& slot);
  bool erase_slot(const SlotId& id);
  // Takes the rows that are there as the vault's, under this generation: for whoever has just written them all. The log
  // goes on from the state that was read, or from `log`.
  void adopt(std::uint64_t generation, const std::optional<LogAnchor>& log = {});
  // What was done, until write_log() has put it down in the vault's log: before finish(), and only if there is
  // something.
  LogNotes& notes() noexcept { return notes_; }
  void write_log(const LogAuthor& author, LogBounds bounds);
  LogFindings read_log(const std::function<void(const LoggedEntry&)>& visit = {});
  void mend_log();  // as EventLog::mend()
  void finish();    // writes what changed, once, before the transaction commits
  bool changed() const noexcept { return rows_ == Rows::changed; }

  std::vector<KeySlot> slots() const { return transaction_.key_slots(); }

 private:
  // What is known of the rows, as against the state.
  enum class Rows {
    unknown,   // not compared yet
    verified,  // those that were written
    changed,   // by this ledger, and the state is to be written
  };

  void begin_change();
  std::optional<AgentRow> row_of(const AgentName& name);
  void note_slot(LogVerb verb, const KeySlot& slot);
  void note_removed(const AgentName& name, const AgentRow& row);
  LogPlace log_place() const { return {row_.id, {}}; }
  void require_absent(const Lookup& lookup);
  Digest digest_of_all();
  void toggle(const AgentRow& row);
  void toggle(const KeySlot& slot);

  Transaction& transaction_;
  const Keyring& keyring_;
  VaultRow row_;
  std::optional<VaultState> state_;
  Rows rows_ = Rows::unknown;
  LogNotes notes_;
};

// A slot in the words of the log; for who writes slots past a ledger.
void note_slot(LogNotes& notes, LogVerb verb, const KeySlot& slot, const std::optional<AgentName>& agent);

Bytes seal_agent_sheet(const SheetKey& key, const VaultId& vault, const AgentId& agent, const AgentSheet& sheet);

// The row of a vault that has nothing in it yet.
VaultRow make_vault_row(const VaultId& id, const RootKeys& keys, Timestamp now);

}  // namespace vault
