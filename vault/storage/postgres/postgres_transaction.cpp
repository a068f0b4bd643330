// SPDX-License-Identifier: Apache-2.0
// Beginning and end, the vault row and the key slots.
#include "vault/storage/postgres/postgres_transaction.h"

#include <algorithm>
#include <sys/random.h>
#include <thread>

#include "vault/storage/postgres/request.h"

namespace vault::postgres {
namespace {

constexpr std::chrono::seconds kConnecting{60};  // at the most, however many hosts a place names
constexpr std::chrono::seconds kFindingOut{5};
constexpr std::chrono::milliseconds kBetweenTries{100};

CommitMark fresh_mark() {
  CommitMark mark{};
  if (::getrandom(mark.data(), mark.size(), 0) != static_cast<ssize_t>(mark.size())) {
    throw Error(ErrorCode::io, "the system grants no random bytes");
  }
  return mark;
}

}  // namespace

Link& Connected::alive() {
  if (link && link->is_alive()) return *link;
  const auto until = opening.contact ? std::min(after(kConnecting), opening.contact->until) : after(kConnecting);
  link = std::make_unique<Link>(place, opening, until);
  return *link;
}

// What nearly everybody asks for first comes along with the beginning.
PostgresTransaction::PostgresTransaction(std::shared_ptr<Connected> connected, Access access)
    : connected_(std::move(connected)), access_(access), rules_(access) {
  std::vector<Statement> along{Statement::vault_row, Statement::few_key_slots, Statement::few_agents};
  if (access == Access::write) along.push_back(Statement::last_of_log);
  bool all_taken = true;
  connected_->alive().begin(access, along, [&](Statement which, const Frame& frame) {
    all_taken = take_what_came_along(which, frame) && all_taken;
  });
  if (all_taken && slots_.size() <= kFew) slots_.note_all();
  if (all_taken && agents_.size() <= kFew) agents_.note_all();
  connected_->in_use = true;
}

// A row that is misshapen is the business of who asks for it.
bool PostgresTransaction::take_what_came_along(Statement which, const Frame& frame) try {
  switch (which) {
    case Statement::vault_row: vault_row_ = vault_row_in(frame); break;
    case Statement::few_key_slots: slots_.put(slot_in(frame)); break;
    case Statement::few_agents: agents_.put(agent_in(frame)); break;
    default: last_of_log_ = Row(frame).number(); break;
  }
  return true;
} catch (const Error& error) {
  if (error.code() != ErrorCode::damaged_record) throw;
  return false;
}

PostgresTransaction::~PostgresTransaction() {
  if (!rules_.open()) return;
  connected_->link->roll_back();
  finish();
}

void PostgresTransaction::finish() noexcept {
  rules_.finish();
  connected_->in_use = false;
}

Link& PostgresTransaction::reading() {
  rules_.require_open();
  return *connected_->link;
}

Link& PostgresTransaction::writing() {
  rules_.require_writing();
  return *connected_->link;
}

VaultRow PostgresTransaction::vault_row() {
  auto& link = reading();
  if (!vault_row_) {
    link.run(Request(Statement::vault_row).take(), [&](const Frame& frame) { vault_row_ = vault_row_in(frame); });
  }
  if (vault_row_) return *vault_row_;
  throw Error(ErrorCode::not_a_vault, "the vault row is missing: initialisation did not finish");
}

void PostgresTransaction::put_vault_row(const VaultRow& row) {
  require_lengths(row);
  auto& link = writing();
  Request request(Statement::put_vault_row, frame::run_later);
  request.id(row.id).number(row.created.ms).bytes(row.sealed_settings).bytes(row.sealed_state);
  link.run_later(request.number(row.rewrite_due ? 1 : 0).take());
  vault_row_ = row;
}

std::vector<KeySlot> PostgresTransaction::key_slots() {
  auto& link = reading();
  if (!slots_.is_whole()) {
    link.run(Request(Statement::key_slots).take(), [&](const Frame& frame) { slots_.put(slot_in(frame)); });
    slots_.note_all();
  }
  auto rows = slots_.rows();
  std::ranges::stable_sort(rows, {}, [](const KeySlot& slot) { return slot.created.ms; });
  return rows;
}

std::optional<KeySlot> PostgresTransaction::key_slot(const SlotId& id) {
  auto& link = reading();
  if (auto known = slots_.find(id)) return *std::move(known);
  slots_.note_absent(id);
  link.run(Request(Statement::key_slot).id(id).take(), [&](const Frame& frame) { slots_.put(slot_in(frame)); });
  return *slots_.find(id);
}

void PostgresTransaction::put_key_slot(const KeySlot& row) {
  require_lengths(row);
  auto& link = writing();
  if (row.agent) require_agent(*row.agent);
  Request request(Statement::put_key_slot, frame::run_later);
  request.id(row.id).id_or_null(row.agent).number(static_cast<std::int64_t>(row.kind));
  request.bytes(row.parameters).bytes(row.commitment).bytes(row.wrapped).bytes(row.sealed_for_root);
  link.run_later(request.number(row.created.ms).take());
  slots_.put(row);
}

bool PostgresTransaction::erase_key_slot(const SlotId& id) {
  auto& link = writing();
  if (!key_slot(id)) return false;
  link.run_later(Request(Statement::erase_key_slot, frame::run_later).id(id).take());
  slots_.note_absent(id);
  return true;
}

void PostgresTransaction::commit() {
  rules_.require_open();
  rules_.require_no_scan();
  if (access_ == Access::read) {
    reading().end_reading();
    return finish();
  }
  const auto mark = fresh_mark();
  if (const auto& contact = connected_->opening.contact; contact && contact->before_commit) contact->before_commit();
  const bool known = connected_->link->commit(mark);
  finish();
  if (!known) find_out_whether_it_counts(mark);
}

// Over a new helper, because the one that asked may be gone itself. The mark is there exactly when the change is.
void PostgresTransaction::find_out_whether_it_counts(const CommitMark& mark) {
  const auto deadline = after(kFindingOut);
  connected_->link->kill();
  std::optional<bool> counts;
  while (!counts && std::chrono::steady_clock::now() < deadline) {
    try {
      connected_->link = std::make_unique<Link>(connected_->place, connected_->opening, deadline);
      counts = connected_->link->finds(mark, deadline);
    } catch (const Error&) {
      std::this_thread::sleep_for(kBetweenTries);
    }
  }
  if (!counts) {
    throw Error(ErrorCode::io,
                "the connection to the database server was lost, and it is not known whether the change "
                "counts",
                Remedy::find_out_what_counts);
  }
  if (*counts) return;
  throw Error(ErrorCode::io, "the connection to the database server was lost; nothing was changed",
              Remedy::try_the_same_again);
}

}  // namespace vault::postgres
