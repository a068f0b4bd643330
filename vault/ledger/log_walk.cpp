// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/log_walk.h"

#include <utility>

#include "vault/base/error.h"

namespace vault {
namespace {

// Positions are not written down in the clear: a row that does not open at the next one is tried at the others, as long
// as this bound lasts. Whoever fills a log with rubbish gets no more of our time than that.
constexpr std::uint64_t kMostAttempts = 100'000;

std::string several(std::uint64_t count, const char* one, const char* more) {
  return std::to_string(count) + (count == 1 ? one : more);
}

}  // namespace

// Empty for what does not open in that place, and for what was sealed there and is no entry.
template <class Decoded>
std::optional<Decoded> LogWalk::open(LogRowKind kind, std::uint64_t position, ByteView sealed,
                                     Decoded (*decode)(ByteView)) const {
  const auto plaintext = open_field(key_.reveal(), log_row_place(place_, kind, position), sealed);
  if (!plaintext) return std::nullopt;
  try {
    return decode(plaintext->reveal());
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged_record) throw;
    return std::nullopt;
  }
}

WalkedLog LogWalk::run(Transaction& transaction) {
  const auto owner = place_.owner == AgentId{} ? LogOwner{} : LogOwner{place_.owner};
  transaction.scan_log(owner, [&](const LogRow& row) { take(row); });
  found_.whole = unopened_ == 0 && misplaced_ == 0 && position_ == anchor_.count && head_ == anchor_.head;
  if (!found_.whole) found_.what = in_words();
  return std::move(found_);
}

void LogWalk::take(const LogRow& row) {
  const bool begins = std::exchange(first_, false) && anchor_.folded != 0;
  if (begins ? opens_as_checkpoint(row) : opens_at(row, position_ + 1)) return;
  ++(opens_elsewhere(row) ? misplaced_ : unopened_);
}

bool LogWalk::opens_as_checkpoint(const LogRow& row) {
  found_.checkpoint = open(LogRowKind::checkpoint, anchor_.folded, row.sealed, decode_log_checkpoint);
  if (!found_.checkpoint) return false;
  position_ = anchor_.folded;
  head_ = found_.checkpoint->head;
  visit_({row.sequence, position_, head_, found_.checkpoint});
  return true;
}

bool LogWalk::opens_at(const LogRow& row, std::uint64_t position) {
  auto entry = open(LogRowKind::entry, position, row.sealed, decode_log_entry);
  if (!entry) return false;
  position_ = position;
  head_ = next_log_head(key_, head_, position, row.sealed);
  ++found_.entries;
  visit_({row.sequence, position, head_, {}, std::move(*entry)});
  return true;
}

bool LogWalk::opens_elsewhere(const LogRow& row) {
  for (auto at = anchor_.folded + 1; at <= anchor_.count && attempts_ < kMostAttempts; ++at, ++attempts_) {
    if (opens_at(row, at)) return true;
  }
  return false;
}

std::string LogWalk::in_words() const {
  if (unopened_ > 0) return several(unopened_, " row does not open", " rows do not open");
  if (misplaced_ > 0) return "entries were removed, repeated or put into another order";
  if (position_ < anchor_.count) {
    return "its last " + several(anchor_.count - position_, " entry is missing", " entries are missing");
  }
  return "its entries are not those that were written";
}

}  // namespace vault
