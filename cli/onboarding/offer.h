// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a source has, entry by entry, and what would become of each: found out by applying everything once and keeping
// nothing of it.

#include <optional>
#include <string>
#include <vector>

#include "cli/importing/known_places.h"
#include "vault/applying/apply.h"

namespace cli {

enum class Plan {
  add,
  add_newer,      // a login that ends later than the one it would replace
  there_already,  // the vault holds the same
  same_as_above,  // an earlier offer brings the same
  keep,           // the vault, or an earlier offer, has another value: replaced only when ticked
  keep_details,   // likewise: the same secret with other details
  leave,          // nothing that can be taken; `reason` says why
};

struct Offer {
  enum class Part { profile, variable, config_secret, none };
  Part part = Part::none;
  std::size_t agent = 0;  // index into the batch's agents; without meaning for Part::none
  std::size_t entry = 0;  // and into that agent's profiles, variables or secrets
  std::string agent_name{};
  std::string id{};    // "anthropic:work", "env/NAME", "config/PATH"; of Part::none whatever the warning is about
  std::string type{};  // "api_key", "token", "oauth", "variable", "secret"; empty for Part::none
  std::string ends{};  // "never", "in 29 days", "expired", "refresh due"; empty where there is no such thing
  Plan plan = Plan::leave;
  std::size_t above = 0;   // the number of the earlier offer of this name; 0: none
  std::string reason{};    // import's word for why it would not be taken: "unchanged", "exists", "invalid_type"
  std::size_t number = 0;  // as people type it, from 1; 0: there is nothing to tick
  bool ticked = false;

  bool can_be_ticked() const noexcept { return number != 0; }
};

struct OfferedSource {
  KnownPlace place;
  std::optional<vault::ImportBatch> batch;  // empty: it cannot be read; place.trouble says why
  std::vector<Offer> offers{};
};

// Reads every place that has no trouble. What cannot be read gets its trouble here and is left out.
std::vector<OfferedSource> read_places(const std::vector<KnownPlace>& places, const Environment& environment,
                                       const vault::AgentName& agent);

// Fills the offers of every source, numbered through. `begin` gives a writing that is dropped uncommitted, and is asked
// for another one when a source turns out to be one that the vault refuses: that becomes its trouble.
void make_offers(std::vector<OfferedSource>& sources, vault::Timestamp now,
                 const std::function<vault::Writing()>& begin);

}  // namespace cli
