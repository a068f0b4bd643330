// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/offer_words.h"

#include <algorithm>

#include "cli/terminal/counted.h"
#include "cli/unlocking/paths.h"

namespace cli {
namespace {

constexpr std::size_t kShownOfEach = 200;  // rows of one source

std::string tick_of(const Offer& offer) {
  if (!offer.can_be_ticked()) return "";
  return offer.ticked ? "[x]" : "[ ]";
}

std::vector<Cell> row_of(const Offer& offer) {
  const auto style = offer.ticked ? Style::plain : Style::dim;
  return {{tick_of(offer), style},   {offer.can_be_ticked() ? std::to_string(offer.number) : "", style},
          {offer.agent_name, style}, {offer.id, style},
          {offer.type, style},       {offer.ends, style},
          {plan_words(offer), style}};
}

// "stale_copy" as people read it.
std::string in_words(std::string reason) {
  std::ranges::replace(reason, '_', ' ');
  return reason;
}

struct Counts {
  std::size_t profiles = 0, variables = 0, secrets = 0;

  void add(const vault::AgentName& agent, std::size_t of_profiles, std::size_t all) {
    profiles += of_profiles;
    (agent.is_config() ? secrets : variables) += all - of_profiles;
  }
  std::string words() const {
    std::string text;
    const auto add = [&](std::size_t count, const std::string& what) {
      if (count > 0) text += (text.empty() ? "" : ", ") + what;
    };
    add(profiles, counted(profiles, "profile"));
    add(variables, counted(variables, "variable"));
    add(secrets, counted(secrets, "secret") + " of openclaw.json");
    return text;
  }
};

}  // namespace

std::string source_words(const KnownPlace& place) {
  if (place.path.empty()) return std::string(title_of(place.kind));
  return std::string(title_of(place.kind)) + " in " + path_in_quotes(place.path);
}

std::string plan_words(const Offer& offer) {
  const auto number = std::to_string(offer.above);
  switch (offer.plan) {
    case Plan::add: return "add";
    case Plan::add_newer: return offer.above == 0 ? "replace: newer" : "newer than " + number;
    case Plan::there_already: return "there already";
    case Plan::same_as_above: return "same as " + number;
    case Plan::keep: return offer.above == 0 ? "keep the vault's" : "keep " + number;
    case Plan::keep_details: return offer.above == 0 ? "keep the details" : "same secret as " + number;
    case Plan::leave: return offer.reason == "already_wired" ? "wired already" : "left: " + in_words(offer.reason);
  }
  return {};
}

std::string offer_table(const std::vector<OfferedSource>& sources, const TableLook& look) {
  Table table({{""},
               {"#", Align::right},
               {"AGENT"},
               {"NAME", Align::left, Shrink::whole},
               {"TYPE"},
               {"EXPIRES"},
               {"PLAN", Align::left, Shrink::wraps, 10}});
  const auto line = [&](const std::string& text) { table.add_heading(text, ""); };
  for (const auto& source : sources) {
    line(source_words(source.place));
    if (source.place.trouble) line("  cannot be read: " + std::string(source.place.trouble->what()));
    if (!source.place.trouble && source.offers.empty()) line("  nothing in it to take");
    for (std::size_t i = 0; i < std::min(source.offers.size(), kShownOfEach); ++i)
      table.add_row(row_of(source.offers[i]));
    if (source.offers.size() <= kShownOfEach) continue;
    line("  and " + std::to_string(source.offers.size() - kShownOfEach) + " more, up to number " +
         std::to_string(std::ranges::max(source.offers, {}, &Offer::number).number));
  }
  return table.render(look);
}

std::string taken_words(const vault::ApplyReport& report, bool planned) {
  Counts added, replaced;
  for (const auto& agent : report.agents) {
    added.add(agent.agent, agent.added_profiles, agent.added.size());
    replaced.add(agent.agent, agent.replaced_profiles, agent.replaced.size());
  }
  std::string text;
  if (!added.words().empty()) text = (planned ? "would add " : "added ") + added.words();
  if (!replaced.words().empty()) {
    text += (text.empty() ? "" : "; ") + std::string(planned ? "would replace " : "replaced ") + replaced.words();
  }
  return text.empty() ? "nothing new" : text;
}

}  // namespace cli
