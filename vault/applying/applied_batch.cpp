// SPDX-License-Identifier: Apache-2.0
#include "vault/applying/applied_batch.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_set>

#include "vault/applying/written_values.h"
#include "vault/base/error.h"

namespace vault {
namespace {

// A look-up by name costs about as much as meeting two records in a scan.
constexpr std::uint64_t kScannedForOneLookUp = 2;

const std::string& name_of(const ProviderOrder& order) { return order.provider.key(); }
const std::string& name_of(const ProfileUsage& usage) { return usage.profile.text(); }

bool same_statement(ProfileSheet stored, const ProfileSheet& given, const Credential& credential) {
  stored.created = given.created;
  stored.updated = given.updated;
  stored.position = given.position;
  stored.secret_revision = given.secret_revision;
  stored.fingerprint = given.fingerprint;
  ProfileSheet expected = kept_sheet(given);
  expected.usable_fields = credential.usable();
  expected.placeholder = credential.holds_only_placeholders(expected.kind);
  // Providers compare by their key; what was written must be written the same.
  return stored == expected && stored.provider.text() == expected.provider.text();
}

// What was written and is not met yet.
class Unmet {
 public:
  explicit Unmet(WrittenValues& values) : values_(values), met_(values.size()) {}

  // `agrees` is asked of what was written under that name, if anything was. What agrees is done with.
  template <class Agrees>
  void meet(RecordKind kind, std::string_view name, Agrees&& agrees) {
    const auto place = values_.place_of(kind, name);
    if (place && !met_[*place] && agrees(*place)) {
      met_[*place] = true;
      ++count_;
    }
  }

  bool is_met(RecordKind kind, std::string_view name) const {
    const auto place = values_.place_of(kind, name);
    return !place || met_[*place];
  }
  bool all_met() const noexcept { return count_ == met_.size(); }

 private:
  WrittenValues& values_;
  std::vector<bool> met_;
  std::size_t count_ = 0;
};

constexpr std::string_view kConfigPrefix = "config/";

// Each secret that was written, by the names in the report.
void for_each_written(const AppliedAgent& applied,
                      const std::function<void(RecordKind, std::string_view, std::string_view)>& visit) {
  const auto go = [&](const NameList& names, std::size_t profiles) {
    std::size_t number = 0;
    for (const auto name : names) {
      const bool is_profile = number++ < profiles;
      if (is_profile || !applied.agent.is_config()) {
        visit(is_profile ? RecordKind::profile : RecordKind::variable, name, name);
      } else {
        visit(RecordKind::config_secret, name.substr(kConfigPrefix.size()), name);
      }
    }
  };
  go(applied.added, applied.added_profiles);
  go(applied.replaced, applied.replaced_profiles);
}

void meet_by_one_scan(Reading& reading, const AgentName& agent, const WrittenValues& values, Unmet& unmet) {
  OwnSecretVisit visit;
  visit.profile = [&](const ProfileSheet& sheet, const std::function<Credential()>& open) {
    unmet.meet(RecordKind::profile, sheet.id.text(),
               [&](std::size_t place) { return values.agrees(place, sheet, open()); });
  };
  visit.variable = [&](const VariableSheet& sheet, const std::function<SecretString()>& open) {
    unmet.meet(RecordKind::variable, sheet.name, [&](std::size_t place) { return values.agrees(place, open()); });
  };
  visit.config_secret = [&](const ConfigSecretSheet& sheet, const std::function<SecretString()>& open) {
    unmet.meet(RecordKind::config_secret, sheet.path, [&](std::size_t place) { return values.agrees(place, open()); });
  };
  reading.for_each_own_secret(agent, visit);
}

void meet_by_look_ups(Reading& reading, const AppliedAgent& applied, const WrittenValues& values, Unmet& unmet) {
  const auto& agent = applied.agent;
  for_each_written(applied, [&](RecordKind kind, std::string_view name, std::string_view) {
    unmet.meet(kind, name, [&](std::size_t place) {
      if (kind == RecordKind::profile) {
        const auto seen = reading.find_profile(agent, ProfileId(std::string(name)));
        return seen && !seen->inherited && values.agrees(place, seen->sheet, reading.credential_of(*seen));
      }
      if (kind == RecordKind::variable) {
        const auto seen = reading.find_variable(agent, name);
        return seen && !seen->inherited && values.agrees(place, reading.value_of(*seen));
      }
      const auto stored = reading.find_config_secret(name);
      return stored && values.agrees(place, reading.value_of(*stored));
    });
  });
}

// The last draft of an id is the one that was kept.
template <class Draft, class Check>
void check_last_of_each(const std::vector<Draft>& drafts, const std::vector<std::size_t>& written,
                        const UnlikeWhatWasGiven& fail, Check check) {
  std::unordered_set<std::string_view> seen;
  for (auto index = written.rbegin(); index != written.rend(); ++index) {
    const auto& draft = drafts[*index];
    if (seen.insert(name_of(draft)).second && !check(draft)) fail(name_of(draft));
  }
}

void require_statements_held(Reading& reading, const AgentBatch& batch, const AppliedAgent::Written& written,
                             const UnlikeWhatWasGiven& fail) {
  if (written.orders.empty() && written.usage.empty()) return;
  const auto own = reading.own_contents(batch.agent);
  check_last_of_each(batch.orders, written.orders, fail, [&](const ProviderOrder& order) {
    return std::ranges::find(own.orders, order) != own.orders.end();
  });
  std::map<ProfileId, const UsageStats*> stored;
  for (const auto& usage : own.usage) stored.emplace(usage.profile, &usage.stats);
  check_last_of_each(batch.usage, written.usage, fail, [&](const ProfileUsage& usage) {
    const auto found = stored.find(usage.profile);
    return found != stored.end() && *found->second == usage.stats;
  });
}

[[noreturn]] void fail_unverified(const std::string& name) {
  throw Error(ErrorCode::committed_unverified, "committed, but '" + name + "' reads back differently",
              Remedy::keep_the_source_and_examine);
}

}  // namespace

bool says_the_same(const ProfileSheet& stored, const Credential& held, const ProfileDraft& draft) {
  return same_statement(stored, draft.sheet, draft.credential) && held.same_as(draft.credential);
}

void require_secrets_held(Reading& reading, const AppliedAgent& applied, const UnlikeWhatWasGiven& fail) {
  if (!applied.written.values || applied.written.values->size() == 0) return;
  auto& values = *applied.written.values;
  const auto count = values.size();
  Unmet unmet(values);
  if (reading.count_of_own_records(applied.agent) <= kScannedForOneLookUp * count) {
    meet_by_one_scan(reading, applied.agent, values, unmet);
  } else {
    meet_by_look_ups(reading, applied, values, unmet);
  }
  if (unmet.all_met()) return;
  for_each_written(applied, [&](RecordKind kind, std::string_view name, std::string_view called) {
    if (!unmet.is_met(kind, name)) fail(std::string(called));
  });
  fail("an entry");
}

void verify_applied(Reading& reading, const ImportBatch& batch, const ApplyReport& report) {
  reading.compare_only();
  for (std::size_t i = 0; i < batch.agents.size(); ++i) {
    const auto& agent = batch.agents[i];
    const auto& written = report.agents[i].written;
    require_secrets_held(reading, report.agents[i], fail_unverified);
    const bool same = !written.foreign || reading.foreign_of(agent.agent, kForeignDocument).same_as(agent.foreign);
    if (!same) fail_unverified("document");
    require_statements_held(reading, agent, written, fail_unverified);
  }
}

}  // namespace vault
