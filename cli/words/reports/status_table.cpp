// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/duration.h"
#include "cli/terminal/surroundings.h"
#include "cli/terminal/typed_here.h"
#include "cli/words/profile_words.h"
#include "cli/words/reports/status_output.h"

namespace cli {
namespace {

using vault::Health;

constexpr std::size_t kWidthForAll = 110;  // columns; with fewer, the ids themselves are what counts

struct Look {
  TableLook table;
  vault::Timestamp now;
  Room room() const { return table.width.value_or(kWidthForAll) < kWidthForAll ? Room::narrow : Room::wide; }
  bool has_bar() const { return room() == Room::wide && table.width; }
};

// What one agent's screen shows of a provider.
struct Group {
  std::string provider;
  std::string next;  // empty: none
  std::vector<const vault::ProfileLine*> lines;
  std::size_t badness() const {
    std::size_t worst = 0;
    for (const auto* const line : lines) worst = std::max(worst, badness_of(*line));
    return worst;
  }
};

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

// The owner's part of the screen has it, in the same state.
bool is_shown_by_its_owner(const StatusDocument& document, const vault::ProfileLine& line) {
  if (!line.profile->inherited) return false;
  const auto is_owner = [&](const auto& agent) { return agent->view.agent.name == line.profile->owner; };
  const auto owner = std::ranges::find_if(document.agents, is_owner);
  if (owner == document.agents.end()) return false;
  return std::ranges::any_of((*owner)->report.profiles, [&](const vault::ProfileLine& one) {
    return one.profile->sheet.id == line.profile->sheet.id && one.needs_care == line.needs_care;
  });
}

std::vector<const vault::ProfileLine*> shown_lines(const StatusDocument& document, const AgentStatus& agent) {
  std::vector<const vault::ProfileLine*> lines;
  for (const auto& line : agent.report.profiles) {
    if (!document.all_agents || !is_shown_by_its_owner(document, line)) lines.push_back(&line);
  }
  return lines;
}

std::string next_of(const AgentStatus& agent, const vault::ProviderId& provider) {
  const auto found = std::ranges::find(agent.report.providers, provider, &vault::ProviderLine::provider);
  const auto* const next = found == agent.report.providers.end() ? nullptr : found->order.next();
  return next == nullptr ? "" : next->id.text();
}

// The worst last, nearest the prompt; in each group the next profile first.
std::vector<Group> groups_of(const StatusDocument& document, const AgentStatus& agent) {
  std::vector<Group> groups;
  for (const auto* const line : shown_lines(document, agent)) {
    if (document.problems_only && !line->needs_care) continue;
    const auto& provider = line->profile->sheet.provider;
    auto group = std::ranges::find(groups, provider.text(), &Group::provider);
    if (group == groups.end()) group = groups.insert(groups.end(), {provider.text(), next_of(agent, provider), {}});
    group->lines.push_back(line);
  }
  for (auto& group : groups) std::ranges::stable_partition(group.lines, [](const auto* line) { return line->next; });
  std::ranges::stable_sort(groups, {}, &Group::badness);
  return groups;
}

Table make_table(const Look& look) {
  std::vector<Column> columns{{"", Align::left, Shrink::whole}, {""}, {""}};
  if (look.has_bar()) columns.push_back({""});
  if (look.room() == Room::wide) {
    columns.push_back({""});
    columns.push_back({"", Align::left, Shrink::goes});
  }
  columns.push_back({"", Align::left, Shrink::wraps, 11});
  return Table(std::move(columns));
}

std::string last_used(const AgentStatus& agent, const vault::ProfileLine& line, vault::Timestamp now) {
  const auto usage = agent.view.usage.find(line.profile->sheet.id);
  if (usage == agent.view.usage.end() || !usage->second.last_used) return "";
  return "used " + relative_time(*usage->second.last_used, now);
}

std::vector<Cell> cells_of(const AgentStatus& agent, const vault::ProfileLine& line, const Look& look) {
  const auto& sheet = line.profile->sheet;
  const Style style = style_of(line.status.health);
  const std::string mark = look.table.glyphs == Glyphs::unicode ? " \u25cf " : " * ";
  const auto state = health_words(line.status, look.room());
  const auto remark = remark_on(line, look.now);
  std::vector<Cell> cells{Cell((line.next ? mark : "   ") + sheet.id.text(), line.next ? Style::bold : Style::plain),
                          Cell(std::string(name_of(sheet.kind)))};
  if (look.room() == Room::narrow) {
    cells.emplace_back(end_words(sheet, look.now));
    cells.emplace_back(remark.empty() ? state : state + "; " + remark, style);
    return cells;
  }
  cells.emplace_back(expiry_words(sheet, look.now));
  if (look.has_bar()) cells.emplace_back(life_bar(sheet, look.now, look.table.glyphs), style);
  cells.emplace_back(state, style);
  cells.emplace_back(last_used(agent, line, look.now), Style::dim);
  cells.emplace_back(remark, Style::dim);
  return cells;
}

void add_agent(Table& table, const StatusDocument& document, const AgentStatus& agent, const Look& look) {
  const auto groups = groups_of(document, agent);
  if (document.all_agents && !groups.empty())
    table.add_heading(Cell("agent " + agent.view.agent.name.text(), Style::cyan), "");
  for (const auto& group : groups) {
    table.add_heading(Cell(group.provider, Style::bold),
                      Cell("next: " + (group.next.empty() ? "none" : group.next), Style::dim));
    for (const auto* const line : group.lines) table.add_row(cells_of(agent, *line, look));
  }
}

struct Counts {
  std::size_t all = 0, care = 0;
};

Counts counts_of(const StatusDocument& document) {
  Counts counts;
  for (const auto& agent : document.agents) {
    for (const auto* const line : shown_lines(document, *agent)) {
      counts.all += line->counted ? 1 : 0;
      counts.care += line->needs_care ? 1 : 0;
    }
  }
  return counts;
}

// Providers that were asked for, or have to be usable now, and are not.
std::string unserved(const StatusDocument& document) {
  std::string names;
  for (const auto& agent : document.agents) {
    const auto& verdict = agent->report.verdict;
    const auto care = std::ranges::count_if(agent->report.profiles, &vault::ProfileLine::needs_care);
    if (verdict.expired + verdict.missing + verdict.expiring <= static_cast<std::size_t>(care)) continue;
    for (const auto& line : agent->report.providers) {
      if (line.order.candidates.empty()) names += (names.empty() ? "" : ", ") + in_quotes(line.provider.text());
    }
  }
  return names;
}

std::string verdict_words(const StatusDocument& document) {
  const auto counts = counts_of(document);
  const auto all = std::to_string(counts.all);
  const auto nothing_of = unserved(document);
  const bool any =
      std::ranges::any_of(document.agents, [](const auto& agent) { return !agent->report.profiles.empty(); });
  std::string text;
  if (counts.care > 0)
    text = std::to_string(counts.care) + " of " + all + (counts.care == 1 ? " needs" : " need") + " care";
  if (!nothing_of.empty()) text += (text.empty() ? "" : "; ") + ("nothing usable of " + nothing_of);
  if (!text.empty()) return text;
  if (!any) return "no profiles yet";
  if (counts.all == 0) return "no profile counts: the order leaves all of them out";
  return counts.all == 1 ? "1 profile, and it is fine" : "all " + all + " profiles are fine";
}

std::optional<std::string> what_to_type(const StatusDocument& document) {
  for (const auto& agent : document.agents) {
    if (auto remedy = remedy_of(agent->report)) return remedy;
  }
  if (unserved(document).empty()) return std::nullopt;
  return "claviger list";
}

}  // namespace

void print_status_table(const Surroundings& around, const StatusDocument& document) {
  const Look look{around.terminal().table_look(), document.checked_at};
  Table table = make_table(look);
  for (const auto& agent : document.agents) add_agent(table, document, *agent, look);
  around.out().write(table.render(look.table));
  const auto code = verdict_of(document).exit_code;
  const Style style = code == 1 ? Style::red : code == 2 ? Style::yellow : Style::green;
  around.out().write(styled(verdict_words(document), style, around.terminal().colour(Stream::out)) + "\n");
  if (const auto remedy = what_to_type(document))
    around.out().write("fix: " + typed_here(*remedy, around.flags()) + "\n");
}

}  // namespace cli
