// SPDX-License-Identifier: Apache-2.0
#pragma once
// One transaction of an unlocked vault, and all that is open in it: the keys, the vault's and the agents' ledgers, this
// host's rollback marks. Readings and writings have one each; access/, upkeep/ and selection/ work on one.
//
// Keys that somebody else changed since the vault was unlocked are not damage: the first thing that does not open has
// the slot read again that opened the vault, and goes on with the new keys. busy where that cannot be done.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "vault/damaged_record.h"
#include "vault/keys_at_hand.h"
#include "vault/ledger/read_spool.h"
#include "vault/ledger/rollback_mark.h"
#include "vault/ledger/vault_ledger.h"

namespace vault {

struct VaultOptions {
  Clock clock = system_now;
  std::shared_ptr<RollbackMarks> marks{};                 // none: old copies of the file go unnoticed
  std::function<void(const DamagedRecord&)> on_damage{};  // told of each record that a reading lists and cannot open
  // Who asks, for the log; called when there is something to log. None: nobody in particular.
  std::function<Caller()> caller{};
  std::shared_ptr<ReadSpool> reads{};  // where reads wait that are to be logged; none: they are not
  std::function<void(const std::string&)> on_unlogged_read{};
  LogBounds log{};
  // The same for a vault that is nobody's yet: without what lies beside it on this host.
  VaultOptions beside_nothing() const { return {.clock = clock, .caller = caller, .log = log}; }
};

struct OpenedAgent {
  OpenedAgent(Transaction& transaction, OpenAgent listed) : agent(std::move(listed)), ledger(transaction, agent) {}
  const AgentName& name() const noexcept { return agent.sheet.name; }
  bool writable() const noexcept { return agent.keys.write.has_value(); }
  OpenAgent agent;
  AgentLedger ledger;
};

// About a file that is older than this host's mark: readers are told, writers refused; unchecked is for who judges it.
enum class OldCopies { warn, refuse, unchecked };

class Session {
 public:
  // `keys` and `options` live longer; the keys are renewed in place.
  Session(std::unique_ptr<Transaction> transaction, Access access, KeysAtHand& keys, const VaultOptions& options,
          OldCopies old_copies);

  const VaultId& id() const noexcept { return ledger_.id(); }
  const Keyring& keyring() const noexcept { return keys_->keyring; }
  const VaultOptions& options() const noexcept { return *options_; }
  Timestamp now() const { return options_->clock(); }
  bool writes() const noexcept { return access_ == Access::write; }
  Transaction& transaction() noexcept { return *transaction_; }
  VaultLedger& ledger() noexcept { return ledger_; }

  // Who writes, as the log has it.
  LogAuthor author() const;
  // What was done to the vault's own rows, put down in its log and sealed: once before commit(), or by it.
  void finish_vault();
  // Has the agent's log take in the reads that wait for a writer; commit() does so for every agent it writes.
  void take_in_reads(OpenedAgent& agent);

  // A secret of this agent's goes out to somebody. Logged where that was asked for, and then with one line a session,
  // which waits beside the vault for a writer; without, this costs nothing.
  void note_read(OpenedAgent& owner, LogSubject subject, std::string_view name);
  void set_reads_aside() noexcept;
  // What is read from now on is compared and given to nobody.
  void read_for_nobody() noexcept { read_for_nobody_ = true; }

  // After the keys on disk have changed by our own hand.
  void adopt_keys(Keyring keyring) { keys_->keyring = std::move(keyring); }
  // Reads the slot that opened the vault, and takes its keys: for who is going to open everything. busy as above.
  void require_current_keys();

  std::vector<OpenAgent> agents();                                      // that the keys cover, by name
  OpenedAgent* find(const AgentName& name);                             // null: not there, or out of reach
  OpenedAgent& open(const AgentName& name);                             // not_found
  OpenedAgent& take(OpenAgent listed);                                  // one that was made or listed here
  void forget(const AgentName& name);                                   // one that was erased
  void for_each_agent(const std::function<void(OpenedAgent&)>& visit);  // by name; opened once, as by find()
  AgentName default_agent();                                            // the vault's; with a token, the token's own
  void verify_vault();                                                  // root only: the vault's own state

  // This host's mark for an agent (zeros: the vault's own); none when there is none or it cannot be read.
  std::optional<RollbackMark> mark_of(const AgentId& agent);
  const std::vector<std::string>& warnings() const noexcept { return warnings_; }
  void warn(std::string what) { warnings_.push_back(std::move(what)); }

  // Writes the states of all that was changed, commits, and moves the marks. A mark that cannot be moved is a warning.
  void commit();

  // Marks are moved together, after the commit. Also for states that somebody else has written in this transaction.
  void note_mark(const AgentId& agent, const RollbackMark& mark) { new_marks_[agent] = mark; }

 private:
  template <class Look>
  auto with_current_keys(Look&& look) -> decltype(look());
  bool take_changed_keys();
  OpenedAgent* opened(const AgentName& name);
  void compare_with_mark(const AgentId& agent, const RollbackMark& seen, const std::string& whose);
  void move_marks();
  void write_logs();
  void remove_reads_taken_in();

  std::unique_ptr<Transaction> transaction_;
  Access access_;
  KeysAtHand* keys_;
  const VaultOptions* options_;
  OldCopies old_copies_;
  VaultLedger ledger_;
  std::vector<std::unique_ptr<OpenedAgent>> opened_;
  std::optional<RollbackMarkSet> marks_;  // once they were asked for
  RollbackMarkSet new_marks_;
  std::optional<std::vector<WaitingRead>> waiting_;  // once they were asked for
  std::vector<WaitingRead> taken_in_;
  std::vector<std::pair<OpenedAgent*, LogNotes>> reads_;  // in whose log they belong
  bool read_for_nobody_ = false;
  bool keys_compared_ = false;
  std::vector<std::string> warnings_;
};

}  // namespace vault
