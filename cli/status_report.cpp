// SPDX-License-Identifier: Apache-2.0
#include "cli/status_report.h"

#include <algorithm>

#include "cli/text.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

using vault::Health;
using vault::Reason;

bool leaves_out(const vault::ResolvedOrder& order, const vault::ProfileId& id) {
  return std::ranges::any_of(order.excluded, [&](const vault::Exclusion& excluded) {
    return excluded.id == id && excluded.reason == Reason::excluded_by_auth_order;
  });
}

std::vector<vault::ProviderId> providers_asked(const vault::AgentView& view, const StatusQuestion& question) {
  if (question.provider) return {vault::ProviderId(*question.provider)};
  return view.providers();
}

class Reporter {
 public:
  Reporter(const vault::AgentView& view, const StatusQuestion& question, vault::Timestamp now)
      : view_(view), views_(view.profile_views()), question_(question), now_(now) {}

  StatusReport run() {
    for (auto& provider : providers_asked(view_, question_)) add(std::move(provider));
    report_.verdict = vault::verdict_over(counted_);
    return std::move(report_);
  }

 private:
  void add(vault::ProviderId provider) {
    auto order = view_.resolve(provider, now_);
    std::vector<vault::ProfileView> own;
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
  bool has_variable(const vault::ProviderId& provider) const {
    return std::ranges::any_of(vault::variables_of(lookup_provider(provider)), [&](std::string_view name) {
      const auto* const variable = view_.find_variable(name);
      return variable != nullptr && !variable->sheet.blank;
    });
  }

  // What would be used right now has to be usable right now: the newest OpenClaw counts a selected credential that is
  // cooling down, or that only refers to a secret elsewhere, as if it were not there.
  Health counted_health(const ProfileLine& line) const {
    const auto& sheet = line.profile->sheet;
    const bool here = sheet.kind == vault::CredentialKind::oauth || sheet.usable_fields.contains(main_field(sheet.kind));
    const bool usable = here && !line.status.cooldown_until;
    return question_.counting == Counting::selected && !usable ? Health::missing : line.status.health;
  }

  void add_profile(const vault::SeenProfile& seen, const vault::ProfileView& profile, const vault::ResolvedOrder& order) {
    ProfileLine line;
    line.profile = &seen;
    line.status = status_at(profile, now_, question_.warn_within_ms);
    line.excluded = leaves_out(order, seen.sheet.id);
    line.next = order.next() != nullptr && order.next()->id == seen.sheet.id;
    line.counted = question_.counting == Counting::selected ? line.next : !line.excluded;
    if (line.counted) counted_.push_back(counted_health(line));
    report_.profiles.push_back(std::move(line));
  }

  const vault::AgentView& view_;
  std::vector<vault::ProfileView> views_;
  const StatusQuestion& question_;
  vault::Timestamp now_;
  std::vector<Health> counted_;
  StatusReport report_;
};

void append_count(std::string& text, std::size_t count, std::string_view word) {
  if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(word);
}

const ProfileLine* worst_of(const StatusReport& report) {
  const ProfileLine* worst = nullptr;
  const auto rank = [](const ProfileLine& line) {
    switch (line.status.health) {
      case Health::expired: return 3;
      case Health::missing: return 2;
      case Health::expiring: return 1;
      default: return 0;
    }
  };
  for (const auto& line : report.profiles) {
    if (line.counted && rank(line) > (worst == nullptr ? 0 : rank(*worst))) worst = &line;
  }
  return worst;
}

}  // namespace

StatusReport report_status(const vault::AgentView& view, const StatusQuestion& question, vault::Timestamp now) {
  return Reporter(view, question, now).run();
}

std::string summary_of(const StatusReport& report) {
  const auto& verdict = report.verdict;
  std::string text;
  append_count(text, verdict.expired, "expired");
  append_count(text, verdict.missing, "missing");
  append_count(text, verdict.expiring, "expiring");
  const auto counted = std::size_t(std::ranges::count_if(report.profiles, &ProfileLine::counted));
  const std::size_t bad = verdict.expired + verdict.missing + verdict.expiring;
  append_count(text, counted > bad ? counted - bad : 0, "fine");
  return text.empty() ? "no profiles" : text;
}

std::optional<std::string> remedy_of(const StatusReport& report) {
  const auto* const worst = worst_of(report);
  if (worst == nullptr) return std::nullopt;
  const auto& sheet = worst->profile->sheet;
  const std::string id = display_safe(sheet.id.text());
  const std::string agent = worst->profile->inherited ? " --agent " + worst->profile->owner.text() : "";
  if (worst->status.reason == Reason::invalid_expires) return "claviger edit " + id + agent + " --expires-in 365d";
  const std::string expiry = sheet.kind == vault::CredentialKind::api_key ? "" : " --expires-in 365d";
  if (sheet.kind == vault::CredentialKind::oauth) {
    return "log in again where " + id + " comes from, then claviger import it with --on-conflict replace";
  }
  return "claviger add " + id + agent + " --type " + std::string(name_of(sheet.kind)) + expiry + " --replace";
}

std::string health_words(const vault::ProfileStatus& status) {
  return std::string(name_of(status.health)) +
         (status.health == Health::expired && status.refreshable ? " (refreshable)" : "");
}

}  // namespace cli
