// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/status_output.h"

#include "cli/terminal/surroundings.h"
#include "cli/words/damaged_words.h"
#include "cli/words/json_output.h"

namespace cli {
namespace {

Json profile_line_json(const vault::ProfileLine& line) {
  const auto& sheet = line.profile->sheet;
  const auto& status = line.status;
  const bool excluded = line.excluded && status.reason == vault::Reason::ok;
  return {{"id", sheet.id.text()},
          {"provider", sheet.provider.text()},
          {"type", name_of(sheet.kind)},
          {"agent", line.profile->owner.text()},
          {"inherited", line.profile->inherited},
          {"status", name_of(status.health)},
          {"reason", name_of(excluded ? vault::Reason::excluded_by_auth_order : status.reason)},
          {"refreshable", status.refreshable},
          {"counted", line.counted},
          {"next", line.next},
          {"expiresAtMs", ms_or_null(status.expires_at)},
          {"expiresAt", status.expires_at ? Json(to_rfc3339(*status.expires_at)) : Json(nullptr)},
          {"remainingMs", or_null(status.remaining_ms)},
          {"cooldownUntilMs", ms_or_null(status.cooldown_until)}};
}

Json provider_line_json(const vault::ProviderLine& line) {
  const auto* const next = line.order.next();
  Json order = Json::array();
  for (const auto& candidate : line.order.candidates) order.push_back(candidate.sheet->id.text());
  Json excluded = Json::array();
  for (const auto& one : line.order.excluded)
    excluded.push_back({{"id", one.id.text()}, {"reason", name_of(one.reason)}});
  return {{"provider", line.provider.text()},
          {"status", name_of(line.health)},
          {"next", next != nullptr ? Json(next->id.text()) : Json(nullptr)},
          {"order", std::move(order)},
          {"explicit", line.is_explicit},
          {"excluded", std::move(excluded)}};
}

void add_agent(Json& to, const AgentStatus& agent, bool problems_only) {
  to["profiles"] = Json::array();
  for (const auto& line : agent.report.profiles) {
    if (line.needs_care || !problems_only) to["profiles"].push_back(profile_line_json(line));
  }
  to["providers"] = Json::array();
  for (const auto& line : agent.report.providers) to["providers"].push_back(provider_line_json(line));
}

std::string summary_over(const StatusDocument& document) {
  if (document.agents.size() == 1) return summary_of(document.agents.front()->report);
  std::string text;
  for (const auto& agent : document.agents) {
    text += (text.empty() ? "" : "; ") + agent->view.agent.name.text() + ": " + summary_of(agent->report);
  }
  return text;
}

}  // namespace

vault::Verdict verdict_of(const StatusDocument& document) {
  vault::Verdict total;
  for (const auto& agent : document.agents) {
    const auto& verdict = agent->report.verdict;
    total.expired += verdict.expired;
    total.missing += verdict.missing;
    total.expiring += verdict.expiring;
  }
  total.exit_code = total.expired + total.missing > 0 ? 1 : total.expiring > 0 ? 2 : 0;
  return total;
}

void print_status_json(const Surroundings& around, const StatusDocument& document, const vault::Reading& reading) {
  Json json = json_document();
  if (!document.all_agents) json["agent"] = document.agents.front()->view.agent.name.text();
  json["checkedAtMs"] = document.checked_at.ms;
  json["warnWithinMs"] = document.warn_within_ms;
  if (document.all_agents) {
    json["agents"] = Json::array();
    for (const auto& agent : document.agents) {
      Json one{{"agent", agent->view.agent.name.text()}};
      add_agent(one, *agent, document.problems_only);
      json["agents"].push_back(std::move(one));
    }
  } else {
    add_agent(json, *document.agents.front(), document.problems_only);
  }
  json["verdict"] = {{"exitCode", verdict_of(document).exit_code}, {"summary", summary_over(document)}};
  add_damaged(json, reading);
  print_json(around.out(), json);
}

}  // namespace cli
