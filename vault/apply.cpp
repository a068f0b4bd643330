// SPDX-License-Identifier: Apache-2.0
#include "vault/apply.h"

#include <algorithm>
#include <unordered_set>

#include "vault/base/error.h"

namespace vault {
namespace {

constexpr std::string_view kForeignDocument = "openclaw";

// Do the two say the same, whatever the vault keeps beside?
bool same_statement(ProfileSheet stored, const ProfileSheet& given, const Credential& credential) {
  stored.created = given.created;
  stored.updated = given.updated;
  stored.position = given.position;
  stored.secret_revision = given.secret_revision;
  stored.fingerprint = given.fingerprint;
  ProfileSheet expected = given;
  expected.usable_fields = credential.usable();
  // Providers compare by their key; what was written must be written the same.
  return stored == expected && stored.provider.text() == expected.provider.text();
}

bool holds(Reading& reading, const ProfileSheet& stored, const AgentName& agent, const ProfileDraft& draft) {
  return same_statement(stored, draft.sheet, draft.credential) &&
         reading.credential_of({stored, agent, false}).same_as(draft.credential);
}

bool holds(Reading& reading, const VariableSheet& stored, const AgentName& agent, const VariableDraft& draft) {
  return reading.value_of({stored, agent, false}).same_as(draft.value);
}

enum class Step { add, replace, skip_unchanged, skip_existing };

class Applier {
 public:
  Applier(Writing& writing, const AgentBatch& batch, OnConflict rule, std::function<void()> advance)
      : writing_(writing), batch_(batch), rule_(rule), advance_(std::move(advance)), report_{batch.agent} {}

  AppliedAgent run() {
    if (!writing_.covers(batch_.agent)) {
      writing_.add_agent(batch_.agent, Inheritance::linked);
      report_.created = true;
    }
    for (const auto& draft : batch_.profiles) take(draft);
    for (const auto& draft : batch_.variables) take(draft);
    for (const auto& order : batch_.orders) take(order);
    for (const auto& usage : batch_.usage) take(usage);
    take_foreign();
    return std::move(report_);
  }

 private:
  template <class Same>
  Step decide(bool exists, const std::string& id, Same&& same) {
    if (!exists) return Step::add;
    if (same()) return Step::skip_unchanged;
    if (rule_ == OnConflict::fail) {
      throw Error(ErrorCode::already_exists, "agent '" + batch_.agent.text() + "' holds another value for '" + id + "'",
                  "import with --on-conflict skip or --on-conflict replace");
    }
    return rule_ == OnConflict::replace ? Step::replace : Step::skip_existing;
  }

  // True: write it.
  bool record(Step step, const std::string& id) {
    advance_();
    switch (step) {
      case Step::add: report_.added.push_back(id); return true;
      case Step::replace: report_.replaced.push_back(id); return true;
      case Step::skip_unchanged: report_.skipped.push_back({id, "unchanged"}); return false;
      case Step::skip_existing: report_.skipped.push_back({id, "exists"}); return false;
    }
    return false;
  }

  [[noreturn]] static void fail_read_back() {
    throw Error(ErrorCode::internal, "an entry read back differs from what was imported; nothing was kept");
  }

  void take(const ProfileDraft& draft) {
    const auto& id = draft.sheet.id;
    const auto stored = writing_.own_profile(batch_.agent, id);
    const Step step =
        decide(stored.has_value(), id.text(), [&] { return holds(writing_, *stored, batch_.agent, draft); });
    if (!record(step, id.text())) return;
    const auto written = writing_.put_profile(batch_.agent, draft.sheet, draft.credential);
    if (!holds(writing_, written, batch_.agent, draft)) fail_read_back();
  }

  void take(const VariableDraft& draft) {
    const auto stored = writing_.own_variable(batch_.agent, draft.name);
    const Step step =
        decide(stored.has_value(), draft.name, [&] { return holds(writing_, *stored, batch_.agent, draft); });
    if (!record(step, draft.name)) return;
    const auto written = writing_.put_variable(batch_.agent, draft.name, draft.value);
    if (!holds(writing_, written, batch_.agent, draft)) fail_read_back();
  }

  // Orders and usage are counted, not listed: only one that is left out is worth a line.
  template <class Put>
  void take_statement(const std::string& id, Step step, std::size_t& count, Put&& put) {
    advance_();
    if (step == Step::skip_existing) report_.skipped.push_back({id, "exists"});
    if (step != Step::add && step != Step::replace) return;
    put();
    ++count;
  }

  void take(const ProviderOrder& order) {
    const std::string id = "order:" + order.provider.text();
    const auto stored = writing_.own_order(batch_.agent, order.provider);
    const Step step = decide(stored.has_value(), id, [&] { return *stored == order; });
    take_statement(id, step, report_.orders, [&] { writing_.put_order(batch_.agent, order); });
  }

  void take(const ProfileUsage& usage) {
    const std::string id = "usage:" + usage.profile.text();
    const auto stored = writing_.own_usage(batch_.agent, usage.profile);
    const Step step = decide(stored.has_value(), id, [&] { return *stored == usage.stats; });
    take_statement(id, step, report_.usage, [&] { writing_.put_usage(batch_.agent, usage); });
  }

  void take_foreign() {
    if (batch_.foreign.empty()) return;
    const auto stored = writing_.foreign_of(batch_.agent, kForeignDocument);
    std::size_t ignored = 0;
    const Step step = decide(!stored.empty(), "document", [&] { return stored.same_as(batch_.foreign); });
    take_statement("document", step, ignored,
                   [&] { writing_.put_foreign(batch_.agent, kForeignDocument, batch_.foreign); });
  }

  Writing& writing_;
  const AgentBatch& batch_;
  OnConflict rule_;
  std::function<void()> advance_;
  AppliedAgent report_;
};

std::size_t entries_in(const ImportBatch& batch) {
  std::size_t count = 0;
  for (const auto& agent : batch.agents) {
    count += agent.profiles.size() + agent.variables.size() + agent.orders.size() + agent.usage.size() +
             (agent.foreign.empty() ? 0 : 1);
  }
  return count;
}

void apply_default_orders(Writing& writing, const ImportBatch& batch, OnConflict rule) {
  for (const auto& order : batch.default_orders) {
    const auto stored = writing.default_order(order.provider);
    if (!stored || (rule == OnConflict::replace && *stored != order)) writing.put_default_order(order);
  }
}

[[noreturn]] void fail_unverified(const std::string& id) {
  throw Error(ErrorCode::committed_unverified, "committed, but '" + id + "' reads back differently",
              "keep the source, and run: claviger verify --deep");
}

void verify_agent(Reading& reading, const AgentBatch& batch, const AppliedAgent& applied) {
  std::unordered_set<std::string> written(applied.added.begin(), applied.added.end());
  written.insert(applied.replaced.begin(), applied.replaced.end());
  for (const auto& draft : batch.profiles) {
    if (!written.contains(draft.sheet.id.text())) continue;
    const auto seen = reading.find_profile(batch.agent, draft.sheet.id);
    if (!seen || seen->inherited || !holds(reading, seen->sheet, batch.agent, draft)) fail_unverified(draft.sheet.id.text());
  }
  for (const auto& draft : batch.variables) {
    if (!written.contains(draft.name)) continue;
    const auto seen = reading.find_variable(batch.agent, draft.name);
    if (!seen || seen->inherited || !holds(reading, seen->sheet, batch.agent, draft)) fail_unverified(draft.name);
  }
}

}  // namespace

bool ApplyReport::changed() const noexcept {
  return std::ranges::any_of(agents, [](const AppliedAgent& agent) {
    return agent.created || !agent.added.empty() || !agent.replaced.empty() || agent.orders + agent.usage > 0;
  });
}

ApplyReport apply(Writing& writing, const ImportBatch& batch, OnConflict rule,
                  const std::function<void(std::size_t, std::size_t)>& progress) {
  const std::size_t all = entries_in(batch);
  std::size_t done = 0;
  const auto advance = [&] {
    ++done;
    if (progress) progress(done, all);
  };
  ApplyReport report;
  for (const auto& agent : batch.agents) report.agents.push_back(Applier(writing, agent, rule, advance).run());
  apply_default_orders(writing, batch, rule);
  return report;
}

void verify_applied(Reading& reading, const ImportBatch& batch, const ApplyReport& report) {
  for (std::size_t i = 0; i < batch.agents.size(); ++i) verify_agent(reading, batch.agents[i], report.agents[i]);
}

}  // namespace vault
