// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/unwire/unwire_plan.h"

#include <algorithm>
#include <set>
#include <unistd.h>

#include "cli/openclaw/provider_block.h"
#include "cli/openclaw/wire/stored_profiles.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config_secrets.h"
#include "import/stores/state_dir.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using Providers = std::map<std::string, vault::AgentName>;

formats::ConfigReading read_config(const fs::path& config) {
  if (::access(config.c_str(), F_OK) != 0) return {};
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  return formats::read_config_secrets(vault::text_of(bytes.reveal()));
}

// The provider's place in `providers`; the end for a reference that leads elsewhere.
Providers::const_iterator provider_of(const vault::SecretRef* ref, const Providers& providers) {
  const bool may_be = ref != nullptr && ref->source == "exec" && ref->provider;
  return may_be ? providers.find(*ref->provider) : providers.end();
}

const char* why_no_answer(const vault::SecretAnswer& answer) {
  if (std::holds_alternative<vault::Ambiguous>(answer)) return "more than one secret of the vault has its id";
  return std::get<vault::ErrorCode>(answer) == vault::ErrorCode::not_found ? "the vault has nothing for it"
                                                                           : "what the vault has for it does not open";
}

class UnwirePlanner {
 public:
  UnwirePlanner(vault::Reading& reading, Providers providers, vault::Timestamp now) : reading_(reading), now_(now) {
    plan_.providers = std::move(providers);
  }

  void judge(const vault::AgentName& agent, const vault::ProfileDraft& draft, bool in_shared_store) {
    const auto& sheet = draft.sheet;
    const auto* const ref = reference_of(sheet);
    const auto provider = provider_of(ref, plan_.providers);
    if (sheet.kind == vault::CredentialKind::oauth || provider == plan_.providers.end()) return;
    auto answer = look_up(provider->second, ref->id);
    if (auto* const secret = std::get_if<vault::SecretString>(&answer)) {
      plan_.profiles.push_back(
          {agent, sheet.id, sheet.kind, *ref, in_shared_store, std::move(*secret), expiry_of(provider->second, sheet)});
    } else {
      plan_.left.push_back({agent, sheet.id.text(), why_no_answer(answer), true});
    }
  }

  void judge(const formats::ConfigEntry& entry) {
    const auto provider = provider_of(entry.ref ? &*entry.ref : nullptr, plan_.providers);
    if (provider == plan_.providers.end()) return;
    if (std::ranges::find(entry.field->pattern, "[]") != entry.field->pattern.end()) {
      plan_.fields_left.push_back({entry.path, "it stands in a list, where no single element can be replaced", true});
      return;
    }
    auto answer = look_up(provider->second, entry.ref->id);
    if (auto* const secret = std::get_if<vault::SecretString>(&answer)) {
      plan_.fields.push_back(
          {entry.segments, entry.path, entry.field->type, *entry.ref, entry.field->ref_member, std::move(*secret)});
    } else {
      plan_.fields_left.push_back({entry.path, why_no_answer(answer), true});
    }
  }

  UnwirePlan take() { return std::move(plan_); }

 private:
  vault::SecretAnswer look_up(const vault::AgentName& agent, const std::string& id) {
    const auto [at, is_new] = lookups_.try_emplace(agent, reading_, agent, now_);
    return reading_.covers(agent) ? at->second.find(id) : vault::SecretAnswer(vault::ErrorCode::not_found);
  }

  vault::Expiry expiry_of(const vault::AgentName& agent, const vault::ProfileSheet& theirs) {
    const auto held = reading_.find_profile(agent, theirs.id);
    return held ? held->sheet.expiry : theirs.expiry;
  }

  vault::Reading& reading_;
  vault::Timestamp now_;
  std::map<vault::AgentName, vault::SecretLookup> lookups_;
  UnwirePlan plan_;
};

}  // namespace

UnwirePlan make_unwire_plan(vault::Reading& reading, const fs::path& state_dir, const fs::path& home,
                            const fs::path& config, const fs::path& vault, vault::Timestamp now) {
  const auto batch = formats::read_openclaw_state_dir(state_dir, home);
  UnwirePlanner planner(reading, wired_providers(config, vault), now);
  for_each_stored_profile(batch, state_dir, [&](const vault::AgentName& agent, const auto& draft, bool in_shared) {
    planner.judge(agent, draft, in_shared);
  });
  for (const auto& entry : read_config(config).fields) planner.judge(entry);
  return planner.take();
}

std::set<std::string> providers_in_use(const Providers& providers, const fs::path& state_dir, const fs::path& home,
                                       const fs::path& config, const std::vector<ServedField>& but_these) {
  std::set<std::string> used;
  const auto note = [&](const vault::SecretRef* ref) {
    if (const auto provider = provider_of(ref, providers); provider != providers.end()) used.insert(provider->first);
  };
  const auto batch = formats::read_openclaw_state_dir(state_dir, home);
  for_each_stored_profile(batch, state_dir,
                          [&](const vault::AgentName&, const auto& draft, bool) { note(reference_of(draft.sheet)); });
  for (const auto& entry : read_config(config).fields) {
    const bool is_left_out = std::ranges::find(but_these, entry.segments, &ServedField::segments) != but_these.end();
    if (!is_left_out && entry.ref) note(&*entry.ref);
  }
  return used;
}

}  // namespace cli
