// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/event_log.h"

#include <algorithm>

#include "vault/crypto/keyed_hash.h"
#include "vault/ledger/log_walk.h"

namespace vault {

LogOwner EventLog::owner() const { return place_.owner == AgentId{} ? LogOwner{} : LogOwner{place_.owner}; }

Bytes EventLog::seal(const LogKey& key, LogRowKind kind, std::uint64_t position, const WipedBytes& plaintext) const {
  return seal_field(key.reveal(), log_row_place(place_, kind, position), plaintext).bytes;
}

void EventLog::append(LogAnchor& anchor, LogEntry entry, Proven proven) {
  const auto position = anchor.count + 1;
  entry.proof.reset();
  if (proven == Proven::yes) entry.proof = log_proof(*proofs_, place_, position, entry);
  const auto sealed = seal(key_, LogRowKind::entry, position, encode(entry));
  transaction_.append_log(owner(), sealed);
  anchor.count = position;
  anchor.head = next_log_head(key_, anchor.head, position, sealed);
  const auto rows = anchor.count - anchor.folded;
  // A log that cannot be folded is looked at again only when it has grown by as much once more.
  if (rows > bounds_.most && (rows - bounds_.most - 1) % bounds_.folded_at_once == 0) fold(anchor);
}

void EventLog::append(LogAnchor& anchor, std::vector<LogEntry> entries, const LogAuthor& author) {
  for (auto& entry : entries) {
    const bool is_read = entry.read_id.has_value();
    if (!is_read) entry = signed_by(std::move(entry), author);
    append(anchor, std::move(entry), proofs_ != nullptr && !is_read ? Proven::yes : Proven::no);
  }
}

LoggedEntry::Proof EventLog::judge(std::uint64_t position, const LogEntry& entry) const {
  using Proof = LoggedEntry::Proof;
  if (!entry.proof) return Proof::none;
  if (proofs_ == nullptr) return Proof::unchecked;
  const auto expected = log_proof(*proofs_, place_, position, entry);
  return equal_in_constant_time(expected, *entry.proof) ? Proof::right : Proof::wrong;
}

LogFindings EventLog::read(const LogAnchor& anchor, const std::function<void(const LoggedEntry&)>& visit) const {
  std::uint64_t forged = 0;
  LogWalk walk(place_, key_, anchor, [&](const OpenLogRow& row) {
    if (row.checkpoint) return;
    const LoggedEntry logged{row.position, row.entry, judge(row.position, row.entry)};
    if (logged.proof == LoggedEntry::Proof::wrong) ++forged;
    if (visit) visit(logged);
  });
  auto [whole, what, entries, checkpoint] = walk.run(transaction_);
  if (forged > 0 && whole) {
    whole = false;
    what = std::to_string(forged) + (forged == 1 ? " entry claims" : " entries claim") +
           " to be written with a key of the whole vault, and " + (forged == 1 ? "was not" : "were not");
  }
  return {whole, std::move(what), entries, checkpoint};
}

// What does not open, or not in its place, is left to be found: folding would bury it.
void EventLog::fold(LogAnchor& anchor) {
  const std::uint64_t last = anchor.folded + bounds_.folded_at_once;
  LogCheckpoint sum;
  std::int64_t sequence = 0;
  LogWalk walk(place_, key_, anchor, [&](const OpenLogRow& row) {
    if (row.checkpoint) sum = *row.checkpoint;
    if (row.checkpoint || row.position > last) return;
    sum.head = row.head;
    sum.last = row.entry.time;
    if (!sum.first) sum.first = sum.last;
    ++sum.folded;
    sequence = row.sequence;
  });
  if (!walk.run(transaction_).whole) return;
  transaction_.put_log({sequence, owner(), seal(key_, LogRowKind::checkpoint, last, encode(sum))});
  transaction_.erase_log(owner(), sequence - 1);
  anchor.folded = last;
}

void EventLog::reseal(LogAnchor& anchor, const LogKey& key, const LogKey* proofs) {
  std::vector<LogRow> renewed;
  Digest head{};
  LogWalk walk(place_, key_, anchor, [&](const OpenLogRow& row) {
    LogRow next{row.sequence, owner(), {}};
    if (row.checkpoint) {
      next.sealed = seal(key, LogRowKind::checkpoint, row.position, encode(*row.checkpoint));
      head = row.checkpoint->head;
    } else {
      LogEntry entry = row.entry;
      // A proof that is wrong stays wrong under the next key.
      const bool proven = judge(row.position, entry) == LoggedEntry::Proof::right;
      if (proofs != nullptr && proven) entry.proof = log_proof(*proofs, place_, row.position, entry);
      next.sealed = seal(key, LogRowKind::entry, row.position, encode(entry));
      head = next_log_head(key, head, row.position, next.sealed);
    }
    renewed.push_back(std::move(next));
  });
  const bool whole = walk.run(transaction_).whole;
  for (const auto& row : renewed) transaction_.put_log(row);
  if (whole) anchor.head = head;
}

void EventLog::mend(LogAnchor& anchor) {
  std::vector<std::pair<LogEntry, Proven>> kept;
  std::set<std::uint64_t> seen;
  const auto findings = read(anchor, [&](const LoggedEntry& logged) {
    const bool first_time = seen.insert(logged.position).second;
    if (!first_time || logged.proof == LoggedEntry::Proof::wrong) return;
    kept.emplace_back(logged.entry, logged.proof == LoggedEntry::Proof::right ? Proven::yes : Proven::no);
  });
  if (findings.whole) return;
  LogCheckpoint base = findings.checkpoint.value_or(LogCheckpoint{});
  const auto expected = findings.checkpoint ? anchor.count - anchor.folded : anchor.count;
  base.lost += expected > kept.size() ? expected - kept.size() : 0;
  base.head = {};
  // Positions are never given out twice.
  const auto highest = seen.empty() ? 1 : *seen.rbegin();
  anchor.count = anchor.folded = std::max(anchor.count, highest);
  anchor.head = {};
  transaction_.erase_log(owner(), INT64_MAX);
  transaction_.append_log(owner(), seal(key_, LogRowKind::checkpoint, anchor.count, encode(base)));
  for (auto& [entry, proven] : kept) append(anchor, std::move(entry), proven);
}

std::set<AgentId> owners_of_stray_log_rows(Transaction& transaction) {
  std::set<AgentId> agents, strays;
  for (const auto& row : transaction.agents()) agents.insert(row.id);
  transaction.scan_log([&](const LogRow& row) {
    if (row.agent && !agents.contains(*row.agent)) strays.insert(*row.agent);
  });
  return strays;
}

}  // namespace vault
