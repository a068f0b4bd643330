// SPDX-License-Identifier: Apache-2.0
#pragma once
// One agent's records inside one transaction: sealed rows, and the sealed state that makes deletion, addition and
// replay behind our back show. Knows bytes and kinds, not what they mean.
//
// Throws damaged_record for what was asked for and does not open, state_mismatch when every row opens and the set is
// still not the one that was written, denied for a write without the agent's write keys.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vault/ledger/event_log.h"
#include "vault/ledger/keyring.h"
#include "vault/model/agent_sheet.h"
#include "vault/seal/sealed_field.h"
#include "vault/seal/state.h"
#include "vault/storage/storage.h"

namespace vault {

// An agent whose row was opened.
struct OpenAgent {
  VaultId vault;
  AgentId id;
  AgentSheet sheet;
  AgentKeys keys;
  Bytes sealed_state{};  // as it was in that row; empty: not known, and read when it is asked for
};

// A record as it was found: its sheet opened, its secret still sealed.
struct OpenRecord {
  RecordKind kind = RecordKind::profile;
  Lookup lookup;
  SecretBytes sheet;
  std::optional<Bytes> sealed_secret;
  Revision
      revision{};  // of the sheet, and so of the record: its sheet is sealed anew whenever anything of it is written
};

// A record that does not open, or whose secret does not.
struct DamagedRow {
  RecordKey key;
  std::optional<std::string> name;  // of a profile or variable whose sheet still opens
};

std::string row_name(const RecordKey& key);  // 12 hex digits: what a row is called that has no name
std::string_view noun_of(RecordKind kind);   // "profile", "provider order"; "record" for a kind that is none of ours

class AgentLedger {
 public:
  // Both live longer than the ledger.
  AgentLedger(Transaction& transaction, const OpenAgent& agent) : transaction_(transaction), agent_(agent) {}

  // One record by name: authentic, and for a small agent (at most kSmallAgent records) checked against the state too.
  // Absent is said only of a set that was compared with its state, however large it is: damaged_record when a record
  // that does not open might be the one.
  std::optional<OpenRecord> find(RecordKind kind, std::string_view name);
  // The same for who is about to write under that name: beside damage, a name under which no row lies is free.
  std::optional<OpenRecord> find_to_write(RecordKind kind, std::string_view name);
  // A record that a scan of this ledger has met: state_mismatch when another one lies there now.
  OpenRecord read_again(RecordKind kind, const Lookup& lookup, const Revision& revision);
  // The record's secret. `revision`: the one its sheet names; another one does not open.
  SecretBytes open_secret(const OpenRecord& record, const Revision& revision) const;

  // Every record of the agent that opens, in one pass, and the set compared with the state: callers use what they
  // collected only after scan() has returned. What does not open is passed over, and is in damaged() then. Records of
  // kinds that are not known here are compared, and not visited.
  void scan(const std::function<void(OpenRecord&&)>& visit);
  // The same for who needs these kinds alone, without their secrets: a row of another kind is not opened, unless the
  // key at hand cannot compare the set.
  void scan_sheets(std::span<const RecordKind> kinds, const std::function<void(OpenRecord&&)>& visit);
  // What the last comparison found not to open; empty before one. A view until the next scan or verify.
  const std::vector<DamagedRow>& damaged() const noexcept { return damaged_; }
  std::vector<RecordRow> damaged_rows();  // the same, as they lie there
  bool is_damaged(RecordKind kind, const Lookup& lookup) const;
  bool is_damaged(RecordKind kind, std::string_view name) const;
  // Throws damaged_record when the last comparison found something.
  void require_undamaged() const;

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
  // What was put and erased, until write_log() has put it down in the agent's log: before finish(), and only if there
  // is something. `proofs`: as EventLog has it.
  LogNotes& notes() noexcept { return notes_; }
  void write_log(const LogAuthor& author, const LogKey* proofs, LogBounds bounds);
  LogFindings read_log(const LogKey* proofs, const std::function<void(const LoggedEntry&)>& visit = {});
  // As EventLog::mend(), also where the state does not open; give_up() after it.
  void mend_log(const LogKey* proofs);
  // Makes finish() count a new generation although no record changed: one above `above`, if the agent is not there yet.
  void touch(std::uint64_t above = 0);

  // Recomputes the whole set and compares; throws as described above, also for any record that does not open.
  void verify();

  // Opens every sheet and every secret; those that do not open.
  std::vector<DamagedRow> find_damaged() const;
  // A damaged row in words, as a person can find it.
  std::string describe(const DamagedRow& row) const;

  // A record as its row would be, sealed for its place.
  RecordRow sealed_row(RecordKind kind, std::string_view name, ByteView sheet,
                       std::optional<Bytes> sealed_secret) const;
  // Puts down a row that does not open, and leaves it out of the digest: it counts as damaged until it is given up.
  void carry_damaged(const RecordRow& row);
  // What the state is to count, where fewer rows are left than were counted: that some are gone must go on to show.
  void count_as(std::uint64_t records);
  // Erases these rows and takes what is left as the agent's own, under a generation above `above`. Only for somebody
  // who gives up records knowingly. Also mends a state that does not open.
  void give_up(const std::vector<DamagedRow>& rows, std::uint64_t above);

  static constexpr std::uint64_t kSmallAgent = 64;

 private:
  // What is known of the set of rows, as against the state that was sealed with it.
  enum class Set {
    unknown,  // not compared yet; or by a key that only reads, which cannot
    whole,    // the one that was written, and what this ledger wrote since
    damaged,  // some of its rows do not open, and each of the others proves itself
  };

  FieldPlace place(Column column, RecordKind kind, const Lookup& lookup) const;
  RecordKey key_of(RecordKind kind, std::string_view name) const;
  std::optional<SecretBytes> try_open_sheet(const RecordRow& row) const;
  bool secret_opens(const RecordRow& row, const SecretBytes& sheet) const;
  OpenRecord opened(const RecordRow& row) const;
  const StateKey& state_key() const;
  EventLog event_log(const LogKey* proofs, LogBounds bounds = {}) const;
  bool comparable() const noexcept { return agent_.keys.write.has_value(); }
  const std::optional<RecordRow>& row_at(const RecordKey& key);
  const std::optional<RecordRow>& look_up(const RecordKey& key);
  bool met(const RecordKey& key) const;
  void compare(const std::function<bool(const RecordRow&)>& opens);
  AgentState state_of_what_is_there(std::uint64_t generation);
  void toggle(const RecordRow& row);
  void take_out(const RecordRow& row);
  void require_secret(const RecordRow& row) const;
  void write(const RecordRow& row, const std::optional<RecordRow>& old);
  [[noreturn]] void fail_as_mismatch() const;

  Transaction& transaction_;
  const OpenAgent& agent_;
  std::optional<AgentState> state_;
  bool changed_ = false;  // the state is to be written
  Set set_ = Set::unknown;
  // By the last comparison, sorted: what a scan meets and a look-up misses is damage. Small, for there may be millions.
  std::vector<std::pair<RecordKind, Lookup>> met_;
  std::vector<RecordKey> erased_;  // since then
  // The name whose key was made last: whoever replaces a record asks for it half a dozen times.
  struct Named {
    std::string name;
    RecordKey key;
  };
  mutable std::optional<Named> last_named_;
  // The row that was looked up last, for who asks for it once more: its secret after its sheet, or to replace it.
  std::optional<RecordKey> last_key_;
  std::optional<RecordRow> last_row_;
  std::vector<DamagedRow> damaged_;
  LogNotes notes_;
  std::optional<LogAnchor> mended_log_;
};

// A read on its way into an agent's log: sealed without a position, and told apart from the same one met again.
Bytes seal_waiting_read(const OpenAgent& agent, const LogEntry& entry);
std::optional<LogEntry> open_waiting_read(const OpenAgent& agent, ByteView sealed);  // empty when it is none of theirs

Bytes seal_agent_state(const StateKey& key, const VaultId& vault, const AgentId& agent, const AgentState& state);

}  // namespace vault
