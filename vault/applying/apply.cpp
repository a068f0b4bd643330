// SPDX-License-Identifier: Apache-2.0
#include "vault/applying/apply.h"

#include <algorithm>

#include "vault/applying/applied_batch.h"
#include "vault/applying/written_values.h"
#include "vault/base/error.h"
#include "vault/model/placeholder.h"

namespace vault {
namespace {

bool holds_secret(const Credential& credential) {
  return std::ranges::any_of(kSecretFields, [&](SecretField field) {
    const auto* const value = credential.find(field);
    return value != nullptr && !trimmed(value->reveal()).empty() && !is_placeholder(value->reveal());
  });
}

bool same_secrets(const Credential& one, const Credential& other) {
  return one.present() == other.present() && std::ranges::all_of(kSecretFields, [&](SecretField field) {
           const auto* const value = one.find(field);
           return value == nullptr || value->same_as(*other.find(field));
         });
}

enum class Step { add, replace, skip_unchanged, skip_existing, skip_details, skip_wired, skip_empty };

class Applier {
 public:
  Applier(Writing& writing, const AgentBatch& batch, OnConflict rule, std::function<void()> advance)
      : writing_(writing), batch_(batch), rule_(rule), advance_(std::move(advance)), report_{batch.agent} {
    report_.written.values = std::make_shared<WrittenValues>();
  }

  AppliedAgent run() {
    if (!writing_.covers(batch_.agent)) {
      writing_.add_agent(batch_.agent, Inheritance::linked);  // @config: isolated
      report_.created = true;
    }
    take_each(batch_.profiles, report_.written.profiles);
    take_coming();
    report_.added_profiles = report_.added.size();
    report_.replaced_profiles = report_.replaced.size();
    take_each(batch_.variables, report_.written.variables);
    take_each(batch_.config_secrets, report_.written.config_secrets);
    take_each(batch_.orders, report_.written.orders);
    take_each(batch_.usage, report_.written.usage);
    report_.orders = report_.written.orders.size();
    report_.usage = report_.written.usage.size();
    report_.written.foreign = take_foreign();
    return std::move(report_);
  }

 private:
  template <class Draft>
  void take_each(const std::vector<Draft>& drafts, std::vector<std::size_t>& written) {
    for (std::size_t index = 0; index < drafts.size(); ++index) {
      advance_();
      if (take(drafts[index])) written.push_back(index);
    }
  }

  void take_coming() {
    if (!batch_.coming) return;
    report_.written.values->reserve(batch_.coming->count());
    batch_.coming->hand_over([this](const ProfileDraft& draft) {
      advance_();
      take(draft);
    });
  }

  template <class Same>
  Step decide(bool exists, const std::string& id, Same&& same) {
    if (!exists) return Step::add;
    if (same()) return Step::skip_unchanged;
    if (rule_ == OnConflict::fail) {
      throw Error(ErrorCode::already_exists, "agent '" + batch_.agent.text() + "' holds another value for '" + id + "'",
                  Remedy::choose_which_value_stays);
    }
    return rule_ == OnConflict::replace ? Step::replace : Step::skip_existing;
  }

  // True: write it.
  bool record(Step step, const std::string& id) {
    switch (step) {
      case Step::add: report_.added.push_back(id); return true;
      case Step::replace: report_.replaced.push_back(id); return true;
      case Step::skip_unchanged: report_.skipped.push_back({id, "unchanged"}); return false;
      case Step::skip_existing: report_.skipped.push_back({id, "exists"}); return false;
      case Step::skip_details: report_.skipped.push_back({id, "details"}); return false;
      case Step::skip_wired: report_.skipped.push_back({id, "already_wired"}); return false;
      case Step::skip_empty: report_.skipped.push_back({id, "no_secret"}); return false;
    }
    return false;
  }

  Step decide_profile(const std::optional<ProfileSheet>& stored, const ProfileDraft& draft) {
    const bool self_reference = is_self_reference(draft.sheet);
    const bool brings_secret = holds_secret(draft.credential);
    if (self_reference && !brings_secret) return Step::skip_wired;
    if (!stored) return Step::add;
    const auto held = writing_.credential_of({*stored, batch_.agent, false});
    if (self_reference && holds_secret(held)) return Step::skip_wired;
    const Step step = decide(true, draft.sheet.id.text(), [&] { return says_the_same(*stored, held, draft); });
    if (step == Step::skip_existing && same_secrets(held, draft.credential)) return Step::skip_details;
    if (step != Step::replace) return step;
    if (holds_secret(held) && !brings_secret) return Step::skip_empty;
    if (!same_secrets(held, draft.credential)) report_.lost.push_back(draft.sheet.id.text());
    return step;
  }

  // Each take(): was it written?
  bool take(const ProfileDraft& draft) {
    const auto& id = draft.sheet.id;
    const auto stored = writing_.own_profile(batch_.agent, id);
    if (!record(decide_profile(stored, draft), id.text())) return false;
    writing_.put_profile(batch_.agent, kept_sheet(draft.sheet), draft.credential);
    report_.written.values->note(draft);
    return true;
  }

  bool take(const VariableDraft& draft) {
    const auto stored = writing_.own_variable(batch_.agent, draft.name);
    Step step = decide(stored.has_value(), draft.name, [&] {
      return writing_.value_of({*stored, batch_.agent, false}).same_as(draft.value);
    });
    const bool for_nothing = stored && stored->has_value() && is_placeholder(draft.value.reveal());
    if (step == Step::replace && for_nothing) step = Step::skip_empty;
    if (step == Step::replace) report_.lost.push_back(draft.name);
    if (!record(step, draft.name)) return false;
    writing_.put_variable(batch_.agent, draft.name, draft.value);
    report_.written.values->note(draft);
    return true;
  }

  bool take(const ConfigSecretDraft& draft) {
    const std::string id = "config/" + draft.path;
    const auto stored = writing_.own_config_secret(draft.path);
    const Step step = decide(stored.has_value(), id, [&] { return writing_.value_of(*stored).same_as(draft.value); });
    if (step == Step::replace) report_.lost.push_back(id);
    if (!record(step, id)) return false;
    writing_.put_config_secret(draft.path, draft.value);
    report_.written.values->note(draft);
    return true;
  }

  // Orders and usage are counted, not listed: only one that is left out is worth a line.
  bool record_statement(Step step, const std::string& id) {
    if (step == Step::skip_existing) report_.skipped.push_back({id, "exists"});
    return step == Step::add || step == Step::replace;
  }

  bool take(const ProviderOrder& order) {
    const std::string id = "order:" + order.provider.text();
    const auto stored = writing_.own_order(batch_.agent, order.provider);
    if (!record_statement(decide(stored.has_value(), id, [&] { return *stored == order; }), id)) return false;
    writing_.put_order(batch_.agent, order);
    return true;
  }

  bool take(const ProfileUsage& usage) {
    const std::string id = "usage:" + usage.profile.text();
    const auto stored = writing_.own_usage(batch_.agent, usage.profile);
    if (!record_statement(decide(stored.has_value(), id, [&] { return *stored == usage.stats; }), id)) return false;
    writing_.put_usage(batch_.agent, usage);
    return true;
  }

  bool take_foreign() {
    if (batch_.foreign.empty()) return false;
    const auto stored = writing_.foreign_of(batch_.agent, kForeignDocument);
    const Step step = decide(!stored.empty(), "document", [&] { return stored.same_as(batch_.foreign); });
    advance_();
    if (!record_statement(step, "document")) return false;
    writing_.put_foreign(batch_.agent, kForeignDocument, batch_.foreign);
    return true;
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
    count += agent.profiles.size() + (agent.coming ? agent.coming->count() : 0) + agent.variables.size() +
             agent.config_secrets.size() + agent.orders.size() + agent.usage.size() + (agent.foreign.empty() ? 0 : 1);
  }
  return count;
}

[[noreturn]] void fail_read_back(const std::string&) {
  throw Error(ErrorCode::internal, "an entry read back differs from what was imported; nothing was kept");
}

std::size_t apply_default_orders(Writing& writing, const ImportBatch& batch, OnConflict rule) {
  std::size_t written = 0;
  for (const auto& order : batch.default_orders) {
    const auto stored = writing.default_order(order.provider);
    if (stored && (rule != OnConflict::replace || *stored == order)) continue;
    writing.put_default_order(order);
    ++written;
  }
  return written;
}

}  // namespace

bool ApplyReport::changed() const noexcept {
  return default_orders > 0 || std::ranges::any_of(agents, [](const AppliedAgent& agent) {
           const auto& written = agent.written;
           return agent.created || written.foreign || !agent.added.empty() || !agent.replaced.empty() ||
                  !written.orders.empty() || !written.usage.empty();
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
  for (const auto& agent : batch.agents) {
    report.agents.push_back(Applier(writing, agent, rule, advance).run());
    require_secrets_held(writing, report.agents.back(), fail_read_back);
  }
  report.default_orders = apply_default_orders(writing, batch, rule);
  return report;
}

}  // namespace vault
