// SPDX-License-Identifier: Apache-2.0
#include "vault/applied_batch.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "vault/base/error.h"

namespace vault {
namespace {

// A look-up by name costs about as much as meeting two records in a scan.
constexpr std::uint64_t kScannedForOneLookUp = 2;

const std::string& name_of(const ProfileDraft& draft) { return draft.sheet.id.text(); }
const std::string& name_of(const VariableDraft& draft) { return draft.name; }
const std::string& name_of(const ConfigSecretDraft& draft) { return draft.path; }
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

// The drafts that were written and are not seen yet, by name: of each name the last.
template <class Draft>
class Expected {
 public:
  Expected(const std::vector<Draft>& drafts, const std::vector<std::size_t>& written) {
    left_.reserve(written.size());
    for (const auto index : written) left_.insert_or_assign(name_of(drafts[index]), &drafts[index]);
  }

  // `check` is asked of the draft of that name, if there is one. A draft that passes is done with.
  template <class Check>
  void meet(std::string_view name, Check&& check) {
    const auto found = left_.find(name);
    if (found != left_.end() && check(*found->second)) left_.erase(found);
  }

  void require_all_met(const UnlikeWhatWasGiven& fail) const {
    if (!left_.empty()) fail(std::string(left_.begin()->first));
  }

 private:
  std::unordered_map<std::string_view, const Draft*> left_;
};

void require_held_by_one_scan(Reading& reading, const AgentBatch& batch, const AppliedAgent::Written& written,
                              const UnlikeWhatWasGiven& fail) {
  Expected profiles(batch.profiles, written.profiles);
  Expected variables(batch.variables, written.variables);
  Expected config_secrets(batch.config_secrets, written.config_secrets);
  OwnSecretVisit visit;
  visit.profile = [&](const ProfileSheet& sheet, const std::function<Credential()>& open) {
    profiles.meet(sheet.id.text(), [&](const auto& draft) { return says_the_same(sheet, open(), draft); });
  };
  visit.variable = [&](const VariableSheet& sheet, const std::function<SecretString()>& open) {
    variables.meet(sheet.name, [&](const auto& draft) { return open().same_as(draft.value); });
  };
  visit.config_secret = [&](const ConfigSecretSheet& sheet, const std::function<SecretString()>& open) {
    config_secrets.meet(sheet.path, [&](const auto& draft) { return open().same_as(draft.value); });
  };
  reading.for_each_own_secret(batch.agent, visit);
  profiles.require_all_met(fail);
  variables.require_all_met(fail);
  config_secrets.require_all_met(fail);
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

void require_held_by_look_ups(Reading& reading, const AgentBatch& batch, const AppliedAgent::Written& written,
                              const UnlikeWhatWasGiven& fail) {
  check_last_of_each(batch.profiles, written.profiles, fail, [&](const ProfileDraft& draft) {
    const auto seen = reading.find_profile(batch.agent, draft.sheet.id);
    return seen && !seen->inherited && says_the_same(seen->sheet, reading.credential_of(*seen), draft);
  });
  check_last_of_each(batch.variables, written.variables, fail, [&](const VariableDraft& draft) {
    const auto seen = reading.find_variable(batch.agent, draft.name);
    return seen && !seen->inherited && reading.value_of(*seen).same_as(draft.value);
  });
  check_last_of_each(batch.config_secrets, written.config_secrets, fail, [&](const ConfigSecretDraft& draft) {
    const auto stored = reading.find_config_secret(draft.path);
    return stored && reading.value_of(*stored).same_as(draft.value);
  });
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

ProfileSheet kept_sheet(ProfileSheet sheet) {
  if (is_self_reference(sheet)) (sheet.kind == CredentialKind::api_key ? sheet.key_ref : sheet.token_ref).reset();
  return sheet;
}

bool says_the_same(const ProfileSheet& stored, const Credential& held, const ProfileDraft& draft) {
  return same_statement(stored, draft.sheet, draft.credential) && held.same_as(draft.credential);
}

void require_secrets_held(Reading& reading, const AgentBatch& batch, const AppliedAgent::Written& written,
                          const UnlikeWhatWasGiven& fail) {
  const auto count = written.profiles.size() + written.variables.size() + written.config_secrets.size();
  if (count > 0 && reading.count_of_own_records(batch.agent) <= kScannedForOneLookUp * count) {
    require_held_by_one_scan(reading, batch, written, fail);
  } else {
    require_held_by_look_ups(reading, batch, written, fail);
  }
}

void verify_applied(Reading& reading, const ImportBatch& batch, const ApplyReport& report) {
  reading.compare_only();
  for (std::size_t i = 0; i < batch.agents.size(); ++i) {
    const auto& agent = batch.agents[i];
    const auto& written = report.agents[i].written;
    require_secrets_held(reading, agent, written, fail_unverified);
    const bool same = !written.foreign || reading.foreign_of(agent.agent, kForeignDocument).same_as(agent.foreign);
    if (!same) fail_unverified("document");
    require_statements_held(reading, agent, written, fail_unverified);
  }
}

}  // namespace vault
