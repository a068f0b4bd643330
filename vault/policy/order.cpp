// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/order.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "vault/policy/expiry_state.h"
#include "vault/policy/provider_alias.h"

namespace vault {
namespace {

// A login before a token before a key; a login that must be refreshed behind one that need not be (the refresh may
// use up a token that works once); then who has rested longest.
using Turn = std::tuple<int, bool, Timestamp>;
Turn turn_of(const ProfileView& profile, Timestamp now) {
  const auto& sheet = *profile.sheet;
  const bool is_login = sheet.kind == CredentialKind::oauth;
  const int rank = is_login ? 0 : sheet.kind == CredentialKind::token ? 1 : 2;
  const bool must_refresh = is_login && expiry_state(sheet.expiry, now) == ExpiryState::expired;
  const auto last_used = profile.usage == nullptr ? Timestamp{} : profile.usage->last_used.value_or(Timestamp{});
  return {rank, must_refresh, last_used};
}

class Resolution {
 public:
  Resolution(const OrderQuestion& question, Timestamp now);
  ResolvedOrder run();

 private:
  struct Known {  // an id that the order or the provider has to do with
    const ProfileView* profile = nullptr;
    bool taken = false;
  };
  struct Ranked {
    Candidate candidate;
    Turn turn;
  };

  bool serves(const ProviderId& provider) const noexcept { return lookup_key(provider) == key_; }
  bool is_explicit() const noexcept { return result_.source != OrderSource::selected_automatically; }
  void choose_base();
  void survey();
  void take_base();
  void take_all_of_provider();
  void take(const ProfileId& id, Known& known);
  bool has_drifted() const;
  void repair();
  void leave_out_the_rest();
  void arrange();
  void apply_pin();

  const OrderQuestion& question_;
  const Timestamp now_;
  const std::string_view key_;
  std::unordered_map<std::string_view, const DeclaredProfile*> declared_;
  std::vector<const ProfileId*> base_;  // what the order or the configuration names; may not exist
  std::unordered_map<std::string_view, Known> known_;
  std::vector<Known*> of_provider_;
  std::vector<Ranked> ranked_;
  ResolvedOrder result_;
};

Resolution::Resolution(const OrderQuestion& question, Timestamp now)
    : question_(question), now_(now), key_(lookup_key(question.provider)) {
  for (const auto& declared : question.declared) declared_.emplace(declared.id.text(), &declared);
}

// The explicit order, whole, or else what the configuration declares for the provider, or else nothing.
void Resolution::choose_base() {
  const bool from_agent = question_.agent_order != nullptr;
  if (const auto* order = from_agent ? question_.agent_order : question_.default_order) {
    result_.source = from_agent ? OrderSource::agent_order : OrderSource::default_order;
    for (const auto& id : *order) base_.push_back(&id);
  } else {
    for (const auto& declared : question_.declared) {
      if (serves(declared.provider)) base_.push_back(&declared.id);
    }
  }
}

// Two passes, so that only ids that matter are kept: an agent can see a hundred thousand profiles. Where an own and
// an inherited profile share an id, the own one comes first and hides the other, whatever provider that is for.
void Resolution::survey() {
  for (const auto* id : base_) known_.try_emplace(id->text());
  for (const auto& profile : question_.profiles) {
    if (serves(profile.sheet->provider)) known_.try_emplace(profile.sheet->id.text());
  }
  for (const auto& profile : question_.profiles) {
    const auto found = known_.find(profile.sheet->id.text());
    if (found == known_.end() || found->second.profile != nullptr) continue;
    found->second.profile = &profile;
    if (serves(profile.sheet->provider)) of_provider_.push_back(&found->second);
  }
}

void Resolution::take(const ProfileId& id, Known& known) {
  if (std::exchange(known.taken, true)) return;
  if (known.profile == nullptr) {
    result_.excluded.push_back({id, Reason::profile_missing});
    return;
  }
  const auto declared = declared_.find(id.text());
  const auto reason = eligibility(*known.profile->sheet, question_.provider,
                                  declared == declared_.end() ? nullptr : declared->second, now_);
  if (reason == Reason::ok) {
    ranked_.push_back({{known.profile->sheet, unusable_until(*known.profile, now_)}, turn_of(*known.profile, now_)});
  } else {
    result_.excluded.push_back({id, reason});
  }
}

void Resolution::take_base() {
  for (const auto* id : base_) take(*id, known_.at(id->text()));
  if (base_.empty() && !is_explicit()) take_all_of_provider();
}

void Resolution::take_all_of_provider() {
  for (auto* known : of_provider_) take(known->profile->sheet->id, *known);
}

// Has what is named nothing to do with what exists any more? A default order stays a hard limit all the same, unless
// the configuration declares profiles of the provider as well.
bool Resolution::has_drifted() const {
  const auto is_missing = [this](const ProfileId* id) { return known_.at(id->text()).profile == nullptr; };
  const auto declares = [this](const DeclaredProfile& declared) { return serves(declared.provider); };
  return !base_.empty() && std::all_of(base_.begin(), base_.end(), is_missing) &&
         (question_.agent_order != nullptr ||
          std::any_of(question_.declared.begin(), question_.declared.end(), declares));
}

void Resolution::repair() {
  result_.repaired = true;
  result_.source = OrderSource::selected_automatically;
  take_all_of_provider();
}

void Resolution::leave_out_the_rest() {
  for (auto* known : of_provider_) {
    if (std::exchange(known->taken, true)) continue;
    result_.excluded.push_back({known->profile->sheet->id, Reason::excluded_by_auth_order});
  }
}

// All that cool down go behind, soonest release first; the others keep an explicit order or else take turns.
void Resolution::arrange() {
  const auto rests = std::stable_partition(ranked_.begin(), ranked_.end(),
                                           [](const Ranked& r) { return !r.candidate.unusable_until; });
  if (!is_explicit()) {
    std::stable_sort(ranked_.begin(), rests, [](const Ranked& a, const Ranked& b) { return a.turn < b.turn; });
  }
  std::stable_sort(rests, ranked_.end(), [](const Ranked& a, const Ranked& b) {
    return a.candidate.unusable_until < b.candidate.unusable_until;
  });
  result_.candidates.reserve(ranked_.size());
  for (const auto& ranked : ranked_) result_.candidates.push_back(ranked.candidate);
}

void Resolution::apply_pin() {
  if (!question_.preferred) return;
  auto& candidates = result_.candidates;
  const auto pinned = std::find_if(candidates.begin(), candidates.end(), [this](const Candidate& candidate) {
    return candidate.sheet->id == *question_.preferred;
  });
  if (pinned == candidates.end()) return;
  std::rotate(candidates.begin(), pinned, pinned + 1);
  result_.source = OrderSource::pin;
}

ResolvedOrder Resolution::run() {
  choose_base();
  survey();
  take_base();
  if (has_drifted()) repair();
  leave_out_the_rest();
  arrange();
  apply_pin();
  return std::move(result_);
}

}  // namespace

std::string_view name_of(OrderSource source) noexcept {
  switch (source) {
    case OrderSource::selected_automatically: return "selected automatically";
    case OrderSource::agent_order: return "agent order";
    case OrderSource::default_order: return "default order";
    case OrderSource::pin: return "pin";
  }
  return "";
}

ResolvedOrder resolve_order(const OrderQuestion& question, Timestamp now) { return Resolution(question, now).run(); }

}  // namespace vault
