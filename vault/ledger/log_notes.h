// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one transaction has done, on its way into the log: one entry for each thing that was done to a kind of things,
// however many they were. An import of ten thousand profiles is one event.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vault/model/log_entry.h"

namespace vault {

class LogNotes {
 public:
  // `agent`: whose a slot is. Names are bounded here.
  void note(LogVerb verb, LogSubject subject, std::string_view name, const std::optional<std::string>& agent = {});
  void note(LogEntry entry) { entries_.push_back(std::move(entry)); }  // one that stands alone
  void put_in_front(LogEntry read) { entries_.insert(entries_.begin() + std::ptrdiff_t(reads_++), std::move(read)); }
  // What was written down as added and removed was one thing under another name.
  void renamed(LogSubject subject, std::string_view from, std::string_view to);

  bool empty() const noexcept { return entries_.empty(); }
  std::vector<LogEntry> take() {  // without time, opener and caller, but for reads
    reads_ = 0;
    return std::exchange(entries_, {});
  }

 private:
  LogEntry& group(LogVerb verb, LogSubject subject, const std::optional<std::string>& agent);
  void forget(LogVerb verb, LogSubject subject, std::string_view name);

  std::vector<LogEntry> entries_;
  std::size_t reads_ = 0;  // in front
};

// Who did it, and when: what every entry of a transaction shares.
struct LogAuthor {
  Timestamp time;
  LogOpener opener = LogOpener::kept_key;
  std::optional<SlotId> slot{};
  Caller caller{};
};

LogEntry signed_by(LogEntry entry, const LogAuthor& author);

}  // namespace vault
