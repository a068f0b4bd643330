// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwire_plan.h"

#include <algorithm>
#include <map>
#include <unistd.h>

#include "cli/openclaw/references.h"
#include "cli/openclaw/wire/stored_profiles.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config_secrets.h"
#include "import/stores/state_dir.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

formats::ConfigReading read_config(const OpenclawPlace& place) {
  if (::access(place.config.c_str(), F_OK) != 0) return {};
  const auto bytes =
      vault::read_secret_file(place.config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  return formats::read_config_secrets(vault::text_of(bytes.reveal()), *place.fields);
}

std::string why_no_answer(const vault::SecretAnswer& answer) {
  if (std::holds_alternative<vault::Ambiguous>(answer)) return "more than one secret of the vault has its id";
  return std::get<vault::ErrorCode>(answer) == vault::ErrorCode::not_found ? "the vault has nothing for it"
                                                                           : "what the vault has for it does not open";
}

std::string dotted(const formats::ConfigSegments& segments) {
  return formats::config_path_text(segments).value_or("a place whose name cannot be shown");
}

class UnwirePlanner {
 public:
  UnwirePlanner(vault::Reading& reading, VaultProviders providers, vault::Timestamp now)
      : reading_(reading), now_(now) {
    plan_.providers = std::move(providers);
  }

  void judge(const vault::AgentName& agent, const vault::ProfileDraft& draft, bool in_shared_store) {
    const auto& sheet = draft.sheet;
    const auto* const ref = reference_of(sheet);
    const auto provider = plan_.providers.of(ref);
    if (provider == plan_.providers.by_alias.end()) return;
    auto answer = look_up(provider->second, ref->id);
    if (auto* const secret = std::get_if<vault::SecretString>(&answer)) {
      plan_.profiles.push_back(
          {agent, sheet.id, sheet.kind, *ref, in_shared_store, std::move(*secret), expiry_of(provider->second, sheet)});
    } else {
      plan_.left.push_back({agent, sheet.id.text(), why_none(provider->second, answer), Staying::regardless});
    }
  }

  void judge(const formats::ConfigEntry& entry) {
    const auto provider = plan_.providers.of(entry.ref ? &*entry.ref : nullptr);
    if (provider == plan_.providers.by_alias.end()) return;
    note_judged(entry);
    auto answer = look_up(provider->second, entry.ref->id);
    if (auto* const secret = std::get_if<vault::SecretString>(&answer)) {
      plan_.fields.push_back(
          {entry.segments, entry.path, entry.field->type, *entry.ref, entry.field->ref_member, std::move(*secret)});
    } else {
      plan_.fields_left.push_back({entry.path, why_none(provider->second, answer), Staying::regardless});
    }
  }

  // What stands in openclaw.json where no field is known.
  void judge_the_rest(const ConfigReferences& references) {
    for (const auto& [segments, ref] : references.all) {
      const bool is_ours = plan_.providers.of(&ref) != plan_.providers.by_alias.end();
      if (is_ours && std::ranges::find(judged_, segments) == judged_.end())
        plan_.fields_left.push_back(
            {dotted(segments), "no field is known there that takes a secret", Staying::regardless});
    }
    if (references.has_includes && !plan_.providers.by_alias.empty())
      plan_.fields_left.push_back({"$include", "it includes other files, which were not read", Staying::regardless});
  }

  UnwirePlan take() { return std::move(plan_); }

 private:
  vault::SecretAnswer look_up(const vault::AgentName& agent, const std::string& id) {
    if (!reading_.covers(agent)) return vault::ErrorCode::not_found;
    return lookups_.try_emplace(agent, reading_, agent, now_).first->second.find(id);
  }

  std::string why_none(const vault::AgentName& agent, const vault::SecretAnswer& answer) {
    return reading_.covers(agent) ? why_no_answer(answer)
                                  : "the vault has no agent '" + agent.text() + "', or this key cannot open it";
  }

  vault::Expiry expiry_of(const vault::AgentName& agent, const vault::ProfileSheet& theirs) {
    const auto held =
        asks_for_profile(reference_of(theirs)->id, theirs.id) ? reading_.find_profile(agent, theirs.id) : std::nullopt;
    return held ? held->sheet.expiry : theirs.expiry;
  }

  // Its own place, and the one beside it where a reference may stand instead.
  void note_judged(const formats::ConfigEntry& entry) {
    judged_.push_back(entry.segments);
    if (entry.field->ref_member.empty()) return;
    judged_.push_back(entry.segments);
    judged_.back().back() = entry.field->ref_member;
  }

  vault::Reading& reading_;
  vault::Timestamp now_;
  std::map<vault::AgentName, vault::SecretLookup> lookups_;
  std::vector<formats::ConfigSegments> judged_;
  UnwirePlan plan_;
};

}  // namespace

UnwirePlan make_unwire_plan(vault::Reading& reading, const OpenclawPlaces& places, vault::Timestamp now) {
  const auto batch = formats::read_openclaw_state_dir(places.state_dir, places.home);
  UnwirePlanner planner(reading, vault_providers(places.config, places.vault), now);
  for_each_stored_profile(batch, places.state_dir, [&](const auto& agent, const auto& draft, bool in_shared) {
    planner.judge(agent, draft, in_shared);
  });
  for (const auto& entry : read_config(places).fields) planner.judge(entry);
  planner.judge_the_rest(references_in(places.config));
  return planner.take();
}

std::set<std::string> providers_in_use(const UnwirePlan& plan, const OpenclawPlaces& places, Profiles profiles) {
  std::set<std::string> used;
  const auto note = [&](const vault::SecretRef* ref) {
    if (const auto provider = plan.providers.of(ref); provider != plan.providers.by_alias.end())
      used.insert(provider->first);
  };
  const auto batch = formats::read_openclaw_state_dir(places.state_dir, places.home);
  for_each_stored_profile(batch, places.state_dir, [&](const auto& agent, const auto& draft, bool in_shared) {
    const bool is_planned = std::ranges::any_of(plan.profiles, [&](const ReferringProfile& profile) {
      return profile.agent == agent && profile.id == draft.sheet.id && profile.in_shared_store == in_shared;
    });
    if (profiles == Profiles::as_they_stand || !is_planned) note(reference_of(draft.sheet));
  });
  const auto references = references_in(places.config);
  for (const auto& placed : references.all) {
    const bool is_planned = std::ranges::any_of(plan.fields, [&](const ServedField& field) {
      return field.segments == placed.segments || reference_beside(field) == placed.segments;
    });
    if (!is_planned) note(&placed.ref);
  }
  if (references.has_includes)
    for (const auto& [alias, agent] : plan.providers.by_alias) used.insert(alias);
  return used;
}

std::optional<formats::ConfigSegments> reference_beside(const ServedField& field) {
  if (field.ref_member.empty()) return std::nullopt;
  auto segments = field.segments;
  segments.back() = field.ref_member;
  return segments;
}

bool stands(const ServedField& field, const ConfigReferences& references) {
  return std::ranges::any_of(references.all, [&](const PlacedReference& placed) {
    return placed.ref == field.ref && (placed.segments == field.segments || placed.segments == reference_beside(field));
  });
}

}  // namespace cli
