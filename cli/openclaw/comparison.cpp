// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/comparison.h"

#include <algorithm>
#include <set>

#include "cli/context.h"
#include "cli/openclaw/config/secret_fields.h"
#include "cli/openclaw/place.h"
#include "cli/openclaw/provider_block.h"
#include "cli/openclaw/wire/plan.h"
#include "cli/terminal/text.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

// Of the profile that a reference with a date of OpenClaw's own leads to; none for any other.
const vault::Expiry* date_of(const vault::AgentView& view, const Reference& reference) {
  if (!reference.own_date) return nullptr;
  const auto found = std::ranges::find_if(view.profiles, [&](const vault::SeenProfile& seen) {
    return asks_for_profile(reference.exec_id, seen.sheet.id);
  });
  const bool has = found != view.profiles.end() && found->sheet.expiry.form != vault::Expiry::Form::invalid;
  return has ? &found->sheet.expiry : nullptr;
}

class Comparer {
 public:
  Comparer(vault::Reading& reading, bool holds_root, vault::Timestamp now)
      : reading_(reading), holds_root_(holds_root), now_(now) {}

  void judge(const std::vector<Reference>& references) {
    for (const auto& reference : references) {
      // With the whole vault at hand, an agent that is not there is gone, and its references with it.
      if (!reading_.covers(reference.serves) && !holds_root_) continue;
      ++result_.references;
      is_answered(reference) ? note_answered(reference) : result_.gone.push_back(reference);
    }
  }

  void judge(const WirePlan& plan, const std::vector<Reference>& references) {
    for (const auto& target : plan.targets) result_.plaintext.push_back(place_of(target.agent, target.id.text()));
    for (const auto& field : plan.config.targets) result_.plaintext.push_back(in_quotes(field.path) + kInConfig);
    for (const auto& left : plan.left) {
      if (left.staying != Staying::rightly && (holds_root_ || reading_.covers(left.agent)))
        note_left(place_of(left.agent, left.id), left);
    }
    if (!holds_root_ && !reading_.covers(vault::AgentName::config())) return;
    for (const auto& left : plan.config.left) {
      const auto place = in_quotes(left.path) + kInConfig;
      if (left.staying != Staying::rightly &&
          std::ranges::find(references, place, &Reference::place) == references.end())
        note_left(place, left);
    }
  }

  const std::map<std::string, std::vector<std::string>>& asked() const { return asked_; }
  Comparison take() { return std::move(result_); }

 private:
  static constexpr const char* kInConfig = " in openclaw.json";

  static std::string place_of(const vault::AgentName& agent, const std::string& id) {
    return "profile " + in_quotes(id) + " of agent " + in_quotes(agent.text());
  }

  template <class Left>
  void note_left(const std::string& place, const Left& left) {
    auto& places = left.staying == Staying::until_import ? result_.other_plaintext : result_.beyond_wiring;
    places.push_back(place + " (" + left.reason + ")");
  }

  bool is_answered(const Reference& reference) {
    if (!reading_.covers(reference.serves)) return false;
    const auto [at, is_new] = lookups_.try_emplace(reference.serves, reading_, reference.serves, now_);
    return std::holds_alternative<vault::SecretString>(at->second.find(reference.exec_id));
  }

  void note_answered(const Reference& reference) {
    asked_[reference.provider].push_back(reference.exec_id);
    if (!views_.contains(reference.serves)) views_.emplace(reference.serves, reading_.view(reference.serves));
    const auto* const date = date_of(views_.at(reference.serves), reference);
    if (date != nullptr && *date != *reference.own_date) result_.dates.push_back(reference.place);
  }

  vault::Reading& reading_;
  bool holds_root_;
  vault::Timestamp now_;
  std::map<vault::AgentName, vault::SecretLookup> lookups_;
  std::map<vault::AgentName, vault::AgentView> views_;
  std::map<std::string, std::vector<std::string>> asked_;
  Comparison result_;
};

}  // namespace

Comparison compare_openclaw(const Context& context, vault::UnlockedVault& vault, OpenclawPlace place,
                            std::chrono::milliseconds patience) {
  require_own(place.state_dir);
  require_own(place.config);
  const auto providers = wired_providers(place.config, as_typed(context.vault_place()));
  if (providers.empty()) return {};
  const auto fields = installed_secret_fields(context.environment(), "openclaw").fields;
  place.fields = &fields;
  const auto references = references_to(as_typed(context.vault_place()), place);
  const bool holds_root = vault.holds_root();
  auto reading = vault.read();
  Comparer comparer(reading, holds_root, context.now());
  comparer.judge(references);
  comparer.judge(make_wire_plan(reading, place, "claviger"), references);
  auto asked = comparer.asked();
  for (const auto& [alias, agent] : providers) asked[alias];
  auto result = comparer.take();
  result.is_wired = true;
  result.trials = try_providers(context.environment(), place.config, asked, patience);
  return result;
}

}  // namespace cli
