// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/status_report.h"

#include <algorithm>
#include <unordered_set>

#include "vault/policy/provider_variables.h"
#include "vault/selection/provider_groups.h"

namespace vault {
namespace {

std::vector<ProviderId> providers_asked(const AgentView& view, const StatusQuestion& question) {
  if (question.provider) return {ProviderId(*question.provider)};
  return view.providers();
}

class Reporter {
 public:
  Reporter(const AgentView& view, const StatusQuestion& question, Timestamp now)
      : view_(view), groups_(view), question_(question), now_(now) {
    for (const auto& variable : view.variables) {
      if (variable.sheet.has_value()) variables_.insert(variable.sheet.name);
    }
  }

  StatusReport run() {
    for (auto& provider : providers_asked(view_, question_)) add(std::move(provider));
    report_.verdict = verdict_over(counted_);
    return std::move(report_);
  }

 private:
  void add(ProviderId provider) {
    const auto& served = groups_.of(provider);
    auto order = groups_.resolve(provider, now_);
    std::unordered_set<std::string_view> left_out;
    for (const auto& excluded : order.excluded) {
      if (excluded.reason == Reason::excluded_by_auth_order) left_out.insert(excluded.id.text());
    }
    std::vector<ProfileView> own;
    for (std::size_t i = 0; i < served.views.size(); ++i) {
      const auto& sheet = *served.views[i].sheet;
      // An alias and its provider are two groups with one order: a profile is listed under the name it bears.
      if (!question_.provider && sheet.provider != provider) continue;
      own.push_back(served.views[i]);
      add_profile(*served.profiles[i], served.views[i], order, left_out.contains(sheet.id.text()));
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
    return std::ranges::any_of(variables_of(lookup_provider(provider)),
                               [&](std::string_view name) { return variables_.contains(name); });
  }

  // What would be used right now has to be usable right now: the newest OpenClaw counts a selected credential that is
  // cooling down, or that only refers to a secret elsewhere, as if it were not there.
  Health counted_health(const ProfileLine& line) const {
    const auto& sheet = line.profile->sheet;
    const bool here = sheet.kind == CredentialKind::oauth || sheet.usable_fields.contains(main_field(sheet.kind));
    const bool usable = here && !line.status.cooldown_until;
    if (question_.counting == Counting::selected && !usable) return Health::missing;
    const auto health = line.status.health;
    const bool renews_itself = question_.ignore_refreshable && line.status.refreshable;
    return renews_itself && (health == Health::expired || health == Health::expiring) ? Health::ok : health;
  }

  void add_profile(const SeenProfile& seen, const ProfileView& profile, const ResolvedOrder& order, bool left_out) {
    ProfileLine line;
    line.profile = &seen;
    line.status = status_at(profile, now_, question_.warn_within_ms);
    line.excluded = left_out;
    line.next = order.next() != nullptr && order.next()->id == seen.sheet.id;
    line.counted = question_.counting == Counting::selected ? line.next : !line.excluded;
    if (line.counted) {
      const auto health = counted_health(line);
      counted_.push_back(health);
      line.needs_care = health != Health::ok && health != Health::static_;
    }
    report_.profiles.push_back(line);
  }

  const AgentView& view_;
  ProviderGroups groups_;
  const StatusQuestion& question_;
  Timestamp now_;
  std::unordered_set<std::string_view> variables_;
  std::vector<Health> counted_;
  StatusReport report_;
};

}  // namespace

StatusReport report_status(const AgentView& view, const StatusQuestion& question, Timestamp now) {
  return Reporter(view, question, now).run();
}

}  // namespace vault
