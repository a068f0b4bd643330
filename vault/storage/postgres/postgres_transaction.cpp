// SPDX-License-Identifier: Apache-2.0
// Beginning and end, the vault row and the key slots.
#include "vault/storage/postgres/postgres_transaction.h"

#include <sys/random.h>
#include <thread>

#include "vault/storage/postgres/request.h"

namespace vault::postgres {
namespace {

constexpr std::chrono::seconds kConnecting{60};  // at the most, however many hosts a place names
constexpr std::chrono::seconds kFindingOut{5};
constexpr std::chrono::milliseconds kBetweenTries{100};

KeySlot slot_in(const Frame& frame) {
  Row row(frame);
  KeySlot slot{.id = row.id<SlotId>(),
               .agent = row.id_or_null<AgentId>(),
               .kind = static_cast<SlotKind>(row.small_number()),
               .parameters = row.bytes(),
               .commitment = row.bytes(),
               .wrapped = row.bytes(),
               .sealed_for_root = row.bytes(),
               .created = {row.number()}};
  row.require_end();
  return slot;
}

CommitMark fresh_mark() {
  CommitMark mark{};
  if (::getrandom(mark.data(), mark.size(), 0) != static_cast<ssize_t>(mark.size())) {
    throw Error(ErrorCode::io, "the system grants no random bytes");
  }
  return mark;
}

}  // namespace

Link& Connected::alive() {
  if (!link || !link->is_alive()) link = std::make_unique<Link>(place, opening, after(kConnecting));
  return *link;
}

PostgresTransaction::PostgresTransaction(std::shared_ptr<Connected> connected, Access access)
    : connected_(std::move(connected)), access_(access), rules_(access) {
  connected_->alive().begin(access);
  connected_->in_use = true;
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
  std::optional<VaultRow> found;
  reading().run(Request(Statement::vault_row).take(), [&](const Frame& frame) {
    Row row(frame);
    found = VaultRow{.id = row.id<VaultId>(),
                     .created = {row.number()},
                     .sealed_settings = row.bytes(),
                     .sealed_state = row.bytes(),
                     .rewrite_due = row.number() != 0};
    row.require_end();
  });
  if (!found) throw Error(ErrorCode::not_a_vault, "the vault row is missing: initialisation did not finish");
  return *std::move(found);
}

void PostgresTransaction::put_vault_row(const VaultRow& row) {
  require_lengths(row);
  Request request(Statement::put_vault_row);
  request.id(row.id).number(row.created.ms).bytes(row.sealed_settings).bytes(row.sealed_state);
  writing().run(request.number(row.rewrite_due ? 1 : 0).take());
}

std::vector<KeySlot> PostgresTransaction::key_slots() {
  std::vector<KeySlot> rows;
  reading().run(Request(Statement::key_slots).take(), [&](const Frame& frame) { rows.push_back(slot_in(frame)); });
  return rows;
}

std::optional<KeySlot> PostgresTransaction::key_slot(const SlotId& id) {
  std::optional<KeySlot> found;
  reading().run(Request(Statement::key_slot).id(id).take(), [&](const Frame& frame) { found = slot_in(frame); });
  return found;
}

void PostgresTransaction::put_key_slot(const KeySlot& row) {
  require_lengths(row);
  Request request(Statement::put_key_slot);
  request.id(row.id).id_or_null(row.agent).number(static_cast<std::int64_t>(row.kind));
  request.bytes(row.parameters).bytes(row.commitment).bytes(row.wrapped).bytes(row.sealed_for_root);
  if (writing().run(request.number(row.created.ms).take()) == 0) {
    throw Error(ErrorCode::not_found, "no such agent in the vault");
  }
}

bool PostgresTransaction::erase_key_slot(const SlotId& id) {
  return writing().run(Request(Statement::erase_key_slot).id(id).take()) > 0;
}

void PostgresTransaction::commit() {
  rules_.require_open();
  rules_.require_no_scan();
  if (access_ == Access::read) {
    reading().end_reading();
    return finish();
  }
  const auto mark = fresh_mark();
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
