// SPDX-License-Identifier: Apache-2.0
#pragma once
// A status report as a table for people, or as the JSON that scripts depend on.

#include <memory>
#include <vector>

#include "cli/status_report.h"

namespace cli {

class Context;

struct AgentStatus {
  explicit AgentStatus(vault::AgentView seen) : view(std::move(seen)) {}
  vault::AgentView view;
  StatusReport report;  // refers to the view
};

struct StatusDocument {
  vault::Timestamp checked_at;
  std::int64_t warn_within_ms = 0;
  bool all_agents = false;
  std::vector<std::unique_ptr<AgentStatus>> agents;
};

// The worst of all agents', their counts added up.
vault::Verdict verdict_of(const StatusDocument& document);

void print_status_table(const Context& context, const StatusDocument& document);
void print_status_json(const Context& context, const StatusDocument& document);

}  // namespace cli
