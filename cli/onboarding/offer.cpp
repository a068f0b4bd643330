// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/offer.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "cli/arguments/duration.h"
#include "cli/importing/source_reading.h"
#include "cli/terminal/shell_word.h"
#include "cli/words/profile_words.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using Part = Offer::Part;
using vault::CredentialKind;

std::string end_words(const vault::ProfileSheet& sheet, const vault::Credential& credential, vault::Timestamp now) {
  const auto time = expiry_time(sheet);
  if (sheet.expiry.form == vault::Expiry::Form::none) return "never";
  if (!time) return "invalid";
  if (*time > now) return relative_time(*time, now);
  const auto* const refresh = credential.find(vault::SecretField::refresh);
  return refresh != nullptr && !refresh->empty() ? "refresh due" : "expired";
}

bool is_newer_login(const vault::ProfileSheet& offered, const vault::ProfileSheet& held) {
  const auto ours = expiry_time(held), theirs = expiry_time(offered);
  return offered.kind == CredentialKind::oauth && held.kind == CredentialKind::oauth &&
         offered.provider == held.provider && ours && theirs && *theirs > *ours;
}

using Key = std::tuple<std::string, Part, std::string>;

// One source's offers, from its batch and what applying it came to.
class Judge {
 public:
  Judge(vault::Writing& writing, vault::Timestamp now, std::map<Key, std::size_t>& above, std::size_t& last_number)
      : writing_(writing), now_(now), above_(above), last_number_(last_number) {}

  std::vector<Offer> offers_of(const vault::ImportBatch& batch) {
    const auto report = apply(writing_, batch, vault::OnConflict::skip);
    for (std::size_t i = 0; i < batch.agents.size(); ++i) judge(batch.agents[i], i, report.agents[i]);
    for (const auto& warning : batch.warnings) leave(warning, "");
    return std::move(offers_);
  }

 private:
  void judge(const vault::AgentBatch& batch, std::size_t agent, const vault::AppliedAgent& applied) {
    skipped_ = applied.skipped.begin();
    const auto& written = applied.written;
    for (std::size_t i = 0; i < batch.profiles.size(); ++i) {
      const auto& draft = batch.profiles[i];
      const bool newer = !is_in(i, written.profiles) && is_newer(batch.agent, draft);
      Offer offer{Part::profile, agent, i, batch.agent.text(), draft.sheet.id.text()};
      offer.type = name_of(draft.sheet.kind);
      offer.ends = end_words(draft.sheet, draft.credential, now_);
      finish(std::move(offer), is_in(i, written.profiles), newer);
    }
    for (std::size_t i = 0; i < batch.variables.size(); ++i) {
      Offer offer{Part::variable, agent, i, batch.agent.text(), "env/" + batch.variables[i].name, "variable"};
      finish(std::move(offer), is_in(i, written.variables), false);
    }
    for (std::size_t i = 0; i < batch.config_secrets.size(); ++i) {
      Offer offer{
          Part::config_secret, agent, i, batch.agent.text(), "config/" + batch.config_secrets[i].path, "secret"};
      finish(std::move(offer), is_in(i, written.config_secrets), false);
    }
    for (const auto& warning : batch.warnings) leave(warning, batch.agent.text());
  }

  static bool is_in(std::size_t index, const std::vector<std::size_t>& written) {
    return std::ranges::binary_search(written, index);
  }

  bool is_newer(const vault::AgentName& agent, const vault::ProfileDraft& draft) {
    const auto held = writing_.own_profile(agent, draft.sheet.id);
    return held && is_newer_login(draft.sheet, *held);
  }

  // What was not written has a line among the skipped ones, in the order of the entries.
  void finish(Offer offer, bool written, bool newer) {
    auto& first = above_[{offer.agent_name, offer.part, offer.id}];
    offer.above = first;
    if (written) {
      offer.plan = Plan::add;
    } else {
      offer.reason = (skipped_++).reason();
      offer.plan = plan_for(offer, newer);
    }
    if (offer.plan != Plan::leave && offer.plan != Plan::there_already) offer.number = ++last_number_;
    offer.ticked = offer.plan == Plan::add || offer.plan == Plan::add_newer;
    if (offer.ticked) first = offer.number;
    offers_.push_back(std::move(offer));
  }

  static Plan plan_for(const Offer& offer, bool newer) {
    if (offer.reason == "unchanged") return offer.above == 0 ? Plan::there_already : Plan::same_as_above;
    if (offer.reason == "exists") return newer ? Plan::add_newer : Plan::keep;
    return offer.reason == "details" ? (newer ? Plan::add_newer : Plan::keep_details) : Plan::leave;
  }

  void leave(const vault::ImportWarning& warning, const std::string& agent) {
    if (!warning.rejected) return;
    Offer offer;
    offer.agent_name = agent;
    offer.id = warning.subject;
    offer.reason = warning.reason;
    offers_.push_back(std::move(offer));
  }

  vault::Writing& writing_;
  vault::Timestamp now_;
  std::map<Key, std::size_t>& above_;
  std::size_t& last_number_;
  vault::SkippedList::Iterator skipped_;
  std::vector<Offer> offers_;
};

// False: a source was refused by the vault, and the writing is not worth a thing any more.
bool offer_all(std::vector<OfferedSource>& sources, vault::Timestamp now, vault::Writing writing) {
  std::map<Key, std::size_t> above;
  std::size_t last_number = 0;
  for (auto& source : sources) {
    source.offers.clear();
    if (!source.batch) continue;
    try {
      source.offers = Judge(writing, now, above, last_number).offers_of(*source.batch);
    } catch (const vault::Error& error) {
      if (error.code() != vault::ErrorCode::bad_input) throw;
      source.batch.reset();
      source.place.trouble = error;
      return false;
    }
  }
  return true;
}

vault::Error with_its_hint(const vault::Error& error, const KnownPlace& place) {
  if (place.kind != SourceKind::openclaw || error.code() != vault::ErrorCode::bad_input || !error.hint().empty()) {
    return error;
  }
  return {error.code(), error.what(),
          "`claviger import " + shell_word(place.path.string()) + " --skip-bad` leaves out what cannot be read"};
}

}  // namespace

std::vector<OfferedSource> read_places(const std::vector<KnownPlace>& places, const Environment& environment,
                                       const vault::AgentName& agent) {
  std::vector<OfferedSource> sources;
  for (const auto& place : places) {
    auto& source = sources.emplace_back(OfferedSource{place, {}});
    if (place.trouble) continue;
    try {
      source.batch = formats::read_source(source_surroundings(environment),
                                          {place.path.string(), std::string(import_format_of(place.kind))}, agent);
      for (auto& one : source.batch->agents) name_withheld(one);
    } catch (const vault::Error& error) {
      source.place.trouble = with_its_hint(error, place);
    }
  }
  return sources;
}

void make_offers(std::vector<OfferedSource>& sources, vault::Timestamp now,
                 const std::function<vault::Writing()>& begin) {
  while (!offer_all(sources, now, begin())) continue;
}

}  // namespace cli
