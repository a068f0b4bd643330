// SPDX-License-Identifier: Apache-2.0
#include "vault/ledger/log_notes.h"

#include <algorithm>
#include <numeric>

namespace vault {
namespace {

std::size_t bytes_together(const std::vector<std::string>& names) {
  return std::accumulate(names.begin(), names.end(), std::size_t{0},
                         [](std::size_t sum, const std::string& name) { return sum + name.size(); });
}

// Whoever sits behind a name gets no more room than an entry has.
void add_name(std::vector<std::string>& names, std::string_view name) {
  if (names.size() >= kMostLogNames || name.empty()) return;
  auto text = log_text(name);
  if (bytes_together(names) + text.size() <= kLongestLogNames) names.push_back(std::move(text));
}

}  // namespace

LogEntry& LogNotes::group(LogVerb verb, LogSubject subject, const std::optional<std::string>& agent) {
  const auto found = std::ranges::find_if(entries_, [&](const LogEntry& entry) {
    return entry.verb == verb && entry.subject == subject && entry.agent == agent && !entry.ended_at;
  });
  if (found != entries_.end()) return *found;
  entries_.push_back({.verb = verb, .subject = subject, .count = 0, .agent = agent});
  return entries_.back();
}

void LogNotes::note(LogVerb verb, LogSubject subject, std::string_view name, const std::optional<std::string>& agent) {
  auto& entry = group(verb, subject, agent);
  ++entry.count;
  add_name(entry.names, name);
}

void LogNotes::forget(LogVerb verb, LogSubject subject, std::string_view name) {
  auto& entry = group(verb, subject, {});
  const auto found = std::ranges::find(entry.names, log_text(name));
  if (found != entry.names.end()) entry.names.erase(found);
  if (entry.count > 0) --entry.count;
  std::erase_if(entries_, [](const LogEntry& one) { return one.count == 0; });
}

void LogNotes::renamed(LogSubject subject, std::string_view from, std::string_view to) {
  forget(LogVerb::added, subject, to);
  forget(LogVerb::removed, subject, from);
  entries_.push_back({.verb = LogVerb::renamed, .subject = subject, .count = 2});
  add_name(entries_.back().names, from);
  add_name(entries_.back().names, to);
}

LogEntry signed_by(LogEntry entry, const LogAuthor& author) {
  entry.time = author.time;
  entry.opener = author.opener;
  entry.slot = author.slot;
  entry.caller = author.caller;
  entry.caller.program = log_text(entry.caller.program, kLongestProgramName);
  return entry;
}

}  // namespace vault
