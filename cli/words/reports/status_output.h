// SPDX-License-Identifier: Apache-2.0
#pragma once
// A status report as a table for people, or as the JSON that scripts depend on.

#include <memory>
#include <vector>

#include "cli/terminal/text.h"
#include "vault/reading.h"
#include "vault/selection/status_report.h"

namespace cli {

class Surroundings;

struct AgentStatus {
  explicit AgentStatus(vault::AgentView seen) : view(std::move(seen)) {}
  vault::AgentView view;
  vault::StatusReport report;  // refers to the view
};

struct StatusDocument {
  vault::Timestamp checked_at;
  std::int64_t warn_within_ms = 0;
  bool all_agents = false;
  bool problems_only = false;  // show what needs care alone; the verdict is on everything
  std::vector<std::unique_ptr<AgentStatus>> agents;
};

// "2 expired, 1 expiring, 14 fine".
std::string summary_of(const vault::StatusReport& report);
// What to type for the worst of them. Empty: nothing needs care.
std::optional<std::string> remedy_of(const vault::StatusReport& report);
std::size_t badness_of(const vault::ProfileLine& line);  // 0: needs no care; more is worse

// "ok", "expiring", "refresh due" - or, where there is room, "expired (refreshable)" - and so on.
enum class Room { narrow, wide };
std::string health_words(const vault::ProfileStatus& status, Room room);
// "not in the order; cooling down 5m"; empty for what needs no words.
std::string remark_on(const vault::ProfileLine& line, vault::Timestamp now);

// How long it has still to live: 5 cells, a full one more from 1 h, 1 d, 7 d and 30 d on; none when it is over. The
// scale is the same for all and does not start anew with an edit. Empty for what has no end.
std::string life_bar(const vault::ProfileSheet& sheet, vault::Timestamp now, Glyphs glyphs);

// The worst of all agents', their counts added up.
vault::Verdict verdict_of(const StatusDocument& document);

void print_status_table(const Surroundings& around, const StatusDocument& document);
void print_status_json(const Surroundings& around, const StatusDocument& document, const vault::Reading& reading);

}  // namespace cli
