// SPDX-License-Identifier: Apache-2.0
#pragma once
// One agent's records inside one transaction: sealed rows, and the sealed state that makes deletion, addition and
// replay behind our back show. Knows bytes and kinds, not what they mean.
//
// Throws damaged_record for what does not open, state_mismatch when every row opens and the set is still not the one
// that was written, denied for a write without the agent's write keys.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vault/ledger/keyring.h"
#include "vault/seal/sealed_field.h"
#include "vault/seal/state.h"
#include "vault/storage/storage.h"

namespace vault {

struct OpenAgent {
  VaultId vault;
  AgentId id;
  AgentName name;
  AgentKeys keys;
};

// A record as it was found: its sheet opened, its secret still sealed.
struct OpenRecord {
  RecordKind kind = RecordKind::profile;
  Lookup lookup;
  SecretBytes sheet;
  std::optional<Bytes> sealed_secret;
};

class AgentLedger {
 public:
  // Both live longer than the ledger.
  AgentLedger(Transaction& transaction, const OpenAgent& agent) : transaction_(transaction), agent_(agent) {}

  // One record by name: authentic, and for a small agent (at most kSmallAgent records) checked against the state too.
  std::optional<OpenRecord> find(RecordKind kind, std::string_view name);
  // The record's secret. `revision`: the one its sheet names; another one does not open.
  SecretBytes open_secret(const OpenRecord& record, const Revision& revision) const;

  // Every record of the agent in one pass, with the set checked against the state before anything is visited twice:
  // callers use what they collected only after scan() has returned.
  void scan(const std::function<void(OpenRecord&&)>& visit);

  // Seals a secret for the record of this name; put() takes it with a sheet that names its revision.
  SealedField seal_secret(RecordKind kind, std::string_view name, ByteView plaintext) const;
  // What happens to the record's secret column when its sheet is written.
  struct KeepSecret {};
  void put(RecordKind kind, std::string_view name, ByteView sheet, const std::optional<Bytes>& sealed_secret);
  void put(RecordKind kind, std::string_view name, ByteView sheet, KeepSecret);
  bool erase(RecordKind kind, std::string_view name);

  const AgentState& state();
  std::uint64_t take_position();
  // Writes the state when anything was put or erased: once, before the transaction commits.
  void finish();
  bool changed() const noexcept { return changed_; }
  // Makes finish() count a new generation although no record changed: one above `above`, if the agent is not there yet.
  void touch(std::uint64_t above = 0);

  // Recomputes the whole set and compares; throws as described above.
  void verify();

  // Names of the records that do not open, as a person can find them; empty when all do.
  std::vector<std::string> damages();

  static constexpr std::uint64_t kSmallAgent = 64;

 private:
  FieldPlace place(Column column, RecordKind kind, const Lookup& lookup) const;
  std::optional<SecretBytes> try_open_sheet(const RecordRow& row) const;
  bool secret_opens(const RecordRow& row, const SecretBytes& sheet) const;
  OpenRecord opened(const RecordRow& row) const;
  const StateKey& state_key() const;
  void check_freshness_of_small_agent();
  void toggle(const RecordRow& row);
  void take_out(const RecordRow& row);
  void write(const RecordRow& row, const std::optional<RecordRow>& old);
  [[noreturn]] void fail_verification();

  Transaction& transaction_;
  const OpenAgent& agent_;
  std::optional<AgentState> state_;
  bool verified_ = false;           // the whole set was compared with the state
  bool freshness_checked_ = false;  // a point read has done so, and let damaged neighbours pass
  bool damaged_ = false;            // it had to
  std::vector<RecordKey> seen_;     // the rows that a small agent's comparison met; none once something was changed
  bool changed_ = false;
};

Bytes seal_agent_state(const StateKey& key, const VaultId& vault, const AgentId& agent, const AgentState& state);

}  // namespace vault
