// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/examine.h"

#include <algorithm>

#include "vault/access/slots.h"
#include "vault/storage/sqlite/sqlite_backup.h"

namespace vault {
namespace {

// One look at everything. Whatever is damaged is written down, and the look goes on.
class Examiner {
 public:
  Examiner(Transaction& transaction, const Keyring& keyring, const VaultOptions& options, Depth depth)
      : transaction_(transaction), keyring_(keyring), options_(options), depth_(depth), ledger_(transaction, keyring) {}

  Examination run(Pages pages, const ExaminationProgress& progress) {
    if (depth_ == Depth::everything && pages == Pages::in_file) check_pages();
    if (keyring_.holds_root()) attempt({}, [&] { check_vault(); });
    check_agents(progress);
    if (keyring_.holds_root() && depth_ == Depth::everything) check_tokens();
    std::ranges::sort(result_.agents, {}, &ExaminedAgent::name);
    return std::move(result_);
  }

 private:
  void note(ErrorCode code, const std::optional<AgentName>& agent, std::string what) {
    result_.damages.push_back({code, agent, std::move(what)});
  }

  // What does not speak of damage (io, busy) is nothing to write down.
  template <class Step>
  void attempt(const std::optional<AgentName>& agent, Step&& step) {
    try {
      step();
    } catch (const Error& error) {
      const bool damage = error.code() == ErrorCode::damaged_record || error.code() == ErrorCode::damaged_slot ||
                          error.code() == ErrorCode::state_mismatch ||
                          error.code() == ErrorCode::parameters_out_of_bounds;
      if (!damage) throw;
      note(error.code(), agent, error.what());
    }
  }

  void check_pages() {
    if (pages_are_sound(transaction_)) return;
    note(ErrorCode::damaged_record, {}, "the file's pages are damaged: an index and its rows disagree, or worse");
  }

  // Yields whether there is a mark.
  bool compare_with_mark(const std::optional<AgentName>& agent, const AgentId& id, const RollbackMark& seen) {
    const auto mark = options_.marks ? options_.marks->find(ledger_.id(), id) : std::nullopt;
    if (compare(mark, seen) == Freshness::rolled_back) {
      const std::string whose =
          agent ? "the records of agent '" + agent->text() + "'" : "the vault's agents and key slots";
      result_.rollbacks.push_back(
          {ErrorCode::rolled_back, agent, whose + " are older than those last written on this host"});
    }
    return mark.has_value();
  }

  void check_vault() {
    const auto state = ledger_.state();
    result_.generation = state.generation;
    ledger_.settings();
    ledger_.verify();
    result_.vault_checked = true;
    result_.vault_has_mark = compare_with_mark({}, AgentId{}, {state.generation, state.digest});
  }

  void check_agents(const ExaminationProgress& progress) {
    const auto rows = transaction_.agents();
    std::size_t done = 0;
    for (const auto& row : rows) {
      attempt({}, [&] {
        if (const auto listed = ledger_.open_agent(row)) check_agent(*listed);
      });
      if (progress) progress(++done, rows.size());
    }
  }

  void check_agent(const ListedAgent& listed) {
    const auto& name = listed.sheet.name;
    AgentLedger records(transaction_, listed.agent);
    ExaminedAgent examined{name};
    if (depth_ == Depth::everything) check_records(records, name);
    if (listed.agent.keys.write) {
      attempt(name, [&] {
        const auto state = records.state();
        examined.records = state.record_count;
        examined.generation = state.generation;
        examined.has_mark = compare_with_mark(name, listed.agent.id, {state.generation, state.digest});
        examined.checked = is_whole(records);
      });
    }
    result_.agents.push_back(std::move(examined));
  }

  // Damaged rows make the set another one; when each has been named, that says nothing more.
  bool is_whole(AgentLedger& records) {
    try {
      records.verify();
      return true;
    } catch (const Error& error) {
      if (depth_ != Depth::everything || error.code() != ErrorCode::damaged_record) throw;
      return false;
    }
  }

  void check_records(AgentLedger& records, const AgentName& name) {
    for (const auto& damaged : records.find_damaged()) {
      note(ErrorCode::damaged_record, name, "agent '" + name.text() + "': damaged " + records.describe(damaged));
    }
  }

  void check_tokens() {
    for (const auto& slot : ledger_.slots()) {
      if (!slot.agent) continue;
      attempt({}, [&] { open_token_slot(slot, ledger_.id(), keyring_.root_keys()); });
    }
  }

  Transaction& transaction_;
  const Keyring& keyring_;
  const VaultOptions& options_;
  const Depth depth_;
  VaultLedger ledger_;
  Examination result_;
};

}  // namespace

Examination examine(Transaction& transaction, const Keyring& keyring, const VaultOptions& options, Depth depth,
                    Pages pages, const ExaminationProgress& progress) {
  return Examiner(transaction, keyring, options, depth).run(pages, progress);
}

Examination examine(UnlockedVault& vault, Depth depth, const ExaminationProgress& progress) {
  const auto transaction = vault.storage().begin(Access::read);
  return examine(*transaction, vault.keyring(), vault.options(), depth, Pages::in_file, progress);
}

void require_sound(const Examination& examination) {
  if (examination.sound()) return;
  const auto& first = examination.damages.front();
  const auto more = examination.damages.size() - 1;
  throw Error(first.code, first.what + (more == 0 ? "" : ", and " + std::to_string(more) + " more"),
              "claviger verify --deep lists all that is damaged");
}

bool rewrite_is_due(UnlockedVault& vault) { return vault.storage().begin(Access::read)->vault_row().rewrite_due; }

std::string storage_library() { return sqlite_library_version(); }

}  // namespace vault
