// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/taking.h"

#include <algorithm>

#include "cli/context.h"
#include "cli/terminal/progress.h"

namespace cli {
namespace {

using Part = Offer::Part;

bool gives_up_a_value(const Offer& offer) { return offer.plan != Plan::add && offer.plan != Plan::same_as_above; }

// As import's receipt has it: a profile's id, a variable's name, config/PATH.
std::string name_in_receipt(const Offer& offer) {
  return offer.part == Part::variable ? offer.id.substr(std::string_view("env/").size()) : offer.id;
}

bool comes_with_profiles(const OfferedSource& source, std::size_t agent) {
  return std::ranges::any_of(source.offers, [&](const Offer& offer) {
    return offer.part == Part::profile && offer.agent == agent && (offer.ticked || offer.reason == "unchanged");
  });
}

// The ticked entries of one sort: those that give up another value, or those that do not.
vault::ImportBatch ticked_part(OfferedSource& source, bool giving_up) {
  vault::ImportBatch part;
  part.format = source.batch->format;
  for (std::size_t i = 0; i < source.batch->agents.size(); ++i) {
    auto& all = source.batch->agents[i];
    vault::AgentBatch one(all.agent);
    for (const auto& offer : source.offers) {
      if (offer.agent != i || !offer.ticked || gives_up_a_value(offer) != giving_up) continue;
      if (offer.part == Part::profile) one.profiles.push_back(std::move(all.profiles[offer.entry]));
      if (offer.part == Part::variable) one.variables.push_back(std::move(all.variables[offer.entry]));
      if (offer.part == Part::config_secret) one.config_secrets.push_back(std::move(all.config_secrets[offer.entry]));
    }
    if (!giving_up && comes_with_profiles(source, i)) {
      one.orders = std::move(all.orders);
      one.usage = std::move(all.usage);
      one.foreign = std::move(all.foreign);
    }
    if (!one.empty()) part.agents.push_back(std::move(one));
  }
  if (!giving_up && has_ticked(source)) part.default_orders = std::move(source.batch->default_orders);
  return part;
}

// Profiles stand before the rest in both lists.
void append(vault::NameList& names, std::size_t& profiles, const vault::NameList& more, std::size_t more_profiles) {
  vault::NameList first, rest;
  const auto part = [&](const vault::NameList& list, std::size_t count) {
    for (const auto name : list) (count > 0 ? (--count, first) : rest).push_back(name);
  };
  part(names, profiles);
  part(more, more_profiles);
  first.append(rest);
  names = std::move(first);
  profiles += more_profiles;
}

void add(vault::ApplyReport& into, const vault::ApplyReport& part) {
  for (const auto& agent : part.agents) {
    auto& whole = *std::ranges::find(into.agents, agent.agent, &vault::AppliedAgent::agent);
    whole.created = whole.created || agent.created;
    append(whole.added, whole.added_profiles, agent.added, agent.added_profiles);
    append(whole.replaced, whole.replaced_profiles, agent.replaced, agent.replaced_profiles);
    whole.lost.append(agent.lost);
    whole.skipped.append(agent.skipped);
    whole.orders += agent.orders;
    whole.usage += agent.usage;
  }
  into.default_orders += part.default_orders;
}

vault::ApplyReport nothing_taken(const OfferedSource& source) {
  vault::ApplyReport report;
  for (const auto& agent : source.batch->agents) report.agents.push_back(vault::AppliedAgent{agent.agent});
  for (const auto& offer : source.offers) {
    if (offer.part == Part::none || offer.ticked) continue;
    report.agents[offer.agent].skipped.push_back(
        {name_in_receipt(offer), offer.reason.empty() ? "not_chosen" : offer.reason});
  }
  return report;
}

}  // namespace

bool has_ticked(const OfferedSource& source) { return std::ranges::any_of(source.offers, &Offer::ticked); }

vault::ApplyReport planned_report(const OfferedSource& source) {
  auto report = nothing_taken(source);
  for (const auto& offer : source.offers) {
    if (!offer.ticked) continue;
    auto& agent = report.agents[offer.agent];
    const bool replaces = gives_up_a_value(offer);
    (replaces ? agent.replaced : agent.added).push_back(name_in_receipt(offer));
    if (offer.part == Part::profile) ++(replaces ? agent.replaced_profiles : agent.added_profiles);
  }
  return report;
}

vault::ApplyReport take_ticked(Context& context, vault::UnlockedVault& vault, OfferedSource& source) {
  auto report = nothing_taken(source);
  const auto added = ticked_part(source, false), replaced = ticked_part(source, true);
  vault::ApplyReport of_added, of_replaced;
  {
    auto writing = vault.write();
    Progress progress(context, "Importing");
    of_added = apply(writing, added, vault::OnConflict::skip, std::ref(progress));
    of_replaced = apply(writing, replaced, vault::OnConflict::replace, std::ref(progress));
    if (of_added.changed() || of_replaced.changed()) context.finish(writing, false);
  }
  auto reading = vault.read();
  verify_applied(reading, added, of_added);
  verify_applied(reading, replaced, of_replaced);
  add(report, of_added);
  add(report, of_replaced);
  return report;
}

}  // namespace cli
