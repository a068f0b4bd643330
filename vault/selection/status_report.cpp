// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/status_report.h"

#include <algorithm>

#include "vault/policy/provider_variables.h"

namespace vault {
namespace {


bool leaves_out(const ResolvedOrder& order, const ProfileId& id) {
  return std::ranges::any_of(order.excluded, [&](const Exclusion& excluded) {
    return excluded.id == id && excluded.reason == Reason::excluded_by_auth_order;
  });
}

std::vector<ProviderId> providers_asked(const AgentView& view, const StatusQuestion& question) {
  if (question.provider) return {ProviderId(*question.provider)};
  return view.providers();
}

class Reporter {
 public:
  Reporter(const AgentView& view, const StatusQuestion& question, Timestamp now)
      : view_(view), views_(view.profile_views()), question_(question), now_(now) {}

  StatusReport run() {
    for (auto& provider : providers_asked(view_, question_)) add(std::move(provider));
    report_.verdict = verdict_over(counted_);
    return std::move(report_);
  }

 private:
  void add(ProviderId provider) {
    auto order = view_.resolve(provider, now_);
    std::vector<ProfileView> own;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      if (lookup_provider(views_[i].sheet->provider) != lookup_provider(provider)) continue;
      // An alias and its provider are two groups with one order: a profile is listed under the name it bears.
      if (!question_.provider && views_[i].sheet->provider != provider) continue;
      own.push_back(views_[i]);
      add_profile(view_.profiles[i], views_[i], order);
    }
    const bool is_explicit = view_.order_of(provider) != nullptr || view_.default_order_of(provider) != nullptr;
    const Health health = own.empty() ? Health::missing : roll_up(order, own, now_, question_.warn_within_ms);
    if (order.candidates.empty() && !has_variable(provider)) count_unserved(health);
    report_.providers.push_back({std::move(provider), health, std::move(order), is_explicit});
  }

  // Nothing of the provider's can be used: that counts where the provider was asked for, and where only what is used
  // counts at all.
  void count_unserved(Health health) {
    if (question_.provider) {
      counted_.push_back(Health::missing);
    } else if (question_.counting == Counting::selected) {
      counted_.push_back(health);
    }
  }

  // Behind every profile, but it serves.
  bool has_variable(const ProviderId& provider) const {
    return std::ranges::any_of(variables_of(lookup_provider(provider)), [&](std::string_view name) {
      const auto* const variable = view_.find_variable(name);
      return variable != nullptr && !variable->sheet.blank;
    });
  }

  // What would be used right now has to be usable right now: the newest OpenClaw counts a selected credential that is
  // cooling down, or that only refers to a secret elsewhere, as if it were not there.
  Health counted_health(const ProfileLine& line) const {
    const auto& sheet = line.profile->sheet;
    const bool here = sheet.kind == CredentialKind::oauth || sheet.usable_fields.contains(main_field(sheet.kind));
    const bool usable = here && !line.status.cooldown_until;
    return question_.counting == Counting::selected && !usable ? Health::missing : line.status.health;
  }

  void add_profile(const SeenProfile& seen, const ProfileView& profile, const ResolvedOrder& order) {
    ProfileLine line;
    line.profile = &seen;
    line.status = status_at(profile, now_, question_.warn_within_ms);
    line.excluded = leaves_out(order, seen.sheet.id);
    line.next = order.next() != nullptr && order.next()->id == seen.sheet.id;
    line.counted = question_.counting == Counting::selected ? line.next : !line.excluded;
    if (line.counted) counted_.push_back(counted_health(line));
    report_.profiles.push_back(std::move(line));
  }

  const AgentView& view_;
  std::vector<ProfileView> views_;
  const StatusQuestion& question_;
  Timestamp now_;
  std::vector<Health> counted_;
  StatusReport report_;
};

}  // namespace

StatusReport report_status(const AgentView& view, const StatusQuestion& question, Timestamp now) {
  return Reporter(view, question, now).run();
}

}  // namespace vault
