// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reports/status_output.h"

#include <algorithm>
#include <array>

#include "cli/terminal/surroundings.h"
#include "cli/terminal/text.h"
#include "cli/terminal/typed_here.h"
#include "cli/words/damaged_words.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"
#include "cli/words/reason_words.h"

namespace cli {
namespace {

using vault::Health;

constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;
constexpr std::array kBarSteps = {kHour, kDay, 7 * kDay,
                                  30 * kDay};  // a cell more from each on; one cell below the first
constexpr std::size_t kBarCells = kBarSteps.size() + 1;
constexpr std::size_t kWidthForAll = 110;  // columns; with fewer, the ids themselves are what counts

Style style_of(Health health) {
  switch (health) {
    case Health::ok:
    case Health::static_: return Style::green;
    case Health::expiring: return Style::yellow;
    case Health::expired:
    case Health::missing: return Style::red;
  }
  return Style::plain;
}

std::string remark_on(const vault::ProfileLine& line, vault::Timestamp now, bool narrow) {
  std::string remark;
  const auto add = [&](const std::string& words) { remark += (remark.empty() ? "" : "; ") + words; };
  const auto& sheet = line.profile->sheet;
  if (narrow && line.status.health == Health::expired && line.status.refreshable) add("refreshable");
  if (narrow && sheet.provider.key() != sheet.id.conventional_provider()) add("for " + sheet.provider.text());
  if (line.excluded) add("not in the order");
  const bool said = line.status.health == Health::expired && line.status.reason == vault::Reason::expired;
  if (line.status.reason != vault::Reason::ok && !said) add(std::string(words_for(line.status.reason)));
  if (line.status.cooldown_until) {
    add("cooling down " + vault::compact_duration(line.status.cooldown_until->ms - now.ms));
  }
  if (line.profile->inherited) add("from " + line.profile->owner.text());
  return remark;
}

// Where there is room: the provider and a bar of remaining life as well.
Table make_table(const TableLook& look, bool narrow) {
  std::vector<Column> columns{{""}, {"STATE"}};
  if (!narrow) columns.push_back({"PROVIDER", Align::left, Shrink::allowed});
  columns.push_back({"PROFILE", Align::left, Shrink::allowed});
  columns.push_back({"TYPE"});
  columns.push_back({"EXPIRES"});
  if (!narrow && look.width) columns.push_back({"LEFT"});
  columns.push_back({"REMARK", Align::left, Shrink::allowed});
  return Table(std::move(columns));
}

std::vector<Cell> cells_of(const vault::ProfileLine& line, vault::Timestamp now, const TableLook& look, bool narrow) {
  const auto& sheet = line.profile->sheet;
  const auto state = narrow ? std::string(name_of(line.status.health)) : health_words(line.status);
  std::vector<Cell> cells{Cell(line.next ? ">" : ""), Cell(state, style_of(line.status.health))};
  if (!narrow) cells.emplace_back(sheet.provider.text());
  cells.emplace_back(sheet.id.text(), line.next ? Style::bold : Style::plain);
  cells.emplace_back(std::string(name_of(sheet.kind)));
  cells.emplace_back(expiry_words(sheet, now));
  if (!narrow && look.width) cells.emplace_back(life_bar(sheet, now, look.glyphs), style_of(line.status.health));
  cells.emplace_back(remark_on(line, now, narrow), Style::dim);
  return cells;
}

void print_agent(const Surroundings& around, const AgentStatus& agent, vault::Timestamp now) {
  const auto look = around.terminal().table_look();
  const bool narrow = look.width.value_or(kWidthForAll) < kWidthForAll;
  Table table = make_table(look, narrow);
  for (const auto& line : agent.report.profiles) table.add_row(cells_of(line, now, look, narrow));
  around.out().write(table.render(look));
}

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

void add_agent(Json& to, const AgentStatus& agent) {
  to["profiles"] = Json::array();
  for (const auto& line : agent.report.profiles) to["profiles"].push_back(profile_line_json(line));
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

void append_count(std::string& text, std::size_t count, std::string_view word) {
  if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(word);
}

const vault::ProfileLine* worst_of(const vault::StatusReport& report) {
  const vault::ProfileLine* worst = nullptr;
  const auto rank = [](const vault::ProfileLine& line) {
    switch (line.status.health) {
      case vault::Health::expired: return 3;
      case vault::Health::missing: return 2;
      case vault::Health::expiring: return 1;
      default: return 0;
    }
  };
  for (const auto& line : report.profiles) {
    if (line.counted && rank(line) > (worst == nullptr ? 0 : rank(*worst))) worst = &line;
  }
  return worst;
}

}  // namespace

std::string summary_of(const vault::StatusReport& report) {
  const auto& verdict = report.verdict;
  std::string text;
  append_count(text, verdict.expired, "expired");
  append_count(text, verdict.missing, "missing");
  append_count(text, verdict.expiring, "expiring");
  const auto counted = std::size_t(std::ranges::count_if(report.profiles, &vault::ProfileLine::counted));
  const std::size_t bad = verdict.expired + verdict.missing + verdict.expiring;
  append_count(text, counted > bad ? counted - bad : 0, "fine");
  return text.empty() ? "no profiles" : text;
}

std::optional<std::string> remedy_of(const vault::StatusReport& report) {
  const auto* const worst = worst_of(report);
  if (worst == nullptr) return std::nullopt;
  const auto& sheet = worst->profile->sheet;
  const std::string id = display_safe(sheet.id.text());
  const std::string agent = worst->profile->inherited ? " --agent " + worst->profile->owner.text() : "";
  if (worst->status.reason == vault::Reason::invalid_expires)
    return "claviger edit " + id + agent + " --expires-in 365d";
  const std::string expiry = sheet.kind == vault::CredentialKind::api_key ? "" : " --expires-in 365d";
  if (sheet.kind == vault::CredentialKind::oauth) {
    return "log in again where " + id + " comes from, then claviger import it with --on-conflict replace";
  }
  return "claviger add " + id + agent + " --type " + std::string(name_of(sheet.kind)) + expiry + " --replace";
}

std::string health_words(const vault::ProfileStatus& status) {
  return std::string(name_of(status.health)) +
         (status.health == vault::Health::expired && status.refreshable ? " (refreshable)" : "");
}

std::string life_bar(const vault::ProfileSheet& sheet, vault::Timestamp now, Glyphs glyphs) {
  const auto end = expiry_time(sheet);
  if (!end) return "";
  const auto reached = std::ranges::count_if(kBarSteps, [&](std::int64_t step) { return end->ms - now.ms >= step; });
  const auto full = *end <= now ? 0 : static_cast<std::size_t>(reached) + 1;
  std::string bar;
  for (std::size_t i = 0; i < kBarCells; ++i) {
    bar += glyphs == Glyphs::unicode ? (i < full ? "\u2588" : "\u2591") : (i < full ? "#" : ".");
  }
  return bar;
}

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

void print_status_table(const Surroundings& around, const StatusDocument& document) {
  for (const auto& agent : document.agents) {
    if (document.all_agents) around.out().write("agent " + agent->view.agent.name.text() + "\n");
    print_agent(around, *agent, document.checked_at);
    if (document.all_agents) around.out().write("\n");
  }
  const auto verdict = verdict_of(document);
  const Style style = verdict.exit_code == 1 ? Style::red : verdict.exit_code == 2 ? Style::yellow : Style::green;
  around.out().write(styled(summary_over(document), style, around.terminal().colour(Stream::out)) + "\n");
  for (const auto& agent : document.agents) {
    const auto remedy = remedy_of(agent->report);
    if (!remedy) continue;
    around.out().write("fix: " + typed_here(*remedy, around.flags()) + "\n");
    break;
  }
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
      add_agent(one, *agent);
      json["agents"].push_back(std::move(one));
    }
  } else {
    add_agent(json, *document.agents.front());
  }
  json["verdict"] = {{"exitCode", verdict_of(document).exit_code}, {"summary", summary_over(document)}};
  add_damaged(json, reading);
  print_json(around.out(), json);
}

}  // namespace cli
