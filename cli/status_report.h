// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `status` has to say, before anybody decides how to print it.

#include <optional>
#include <string>
#include <vector>

#include "vault/agent_view.h"
#include "vault/policy/status.h"

namespace cli {

// Which profiles the verdict counts.
enum class Counting {
  not_excluded,  // all that the agent sees and no explicit order leaves out
  selected,      // each provider's next one only, and it must be usable right now
};

struct ProfileLine {
  const vault::SeenProfile* profile = nullptr;
  vault::ProfileStatus status;
  bool excluded = false;  // an explicit order leaves it out
  bool next = false;      // its provider's next
  bool counted = false;
};

struct ProviderLine {
  vault::ProviderId provider;
  vault::Health health = vault::Health::ok;
  vault::ResolvedOrder order;
  bool is_explicit = false;
};

struct StatusReport {
  std::vector<ProfileLine> profiles;    // grouped by provider, in the view's order
  std::vector<ProviderLine> providers;  // by key
  vault::Verdict verdict;
};

struct StatusQuestion {
  std::optional<std::string> provider;  // this one only; with nothing usable it counts as missing
  Counting counting = Counting::not_excluded;
  std::int64_t warn_within_ms = vault::kWarnWithinMs;
};

// Refers to the view, which must outlive it.
StatusReport report_status(const vault::AgentView& view, const StatusQuestion& question, vault::Timestamp now);

// "2 expired, 1 expiring; 14 fine" and what to type for the worst of them.
std::string summary_of(const StatusReport& report);
std::optional<std::string> remedy_of(const StatusReport& report);

// "expired (refreshable)", "expiring", "ok", ...
std::string health_words(const vault::ProfileStatus& status);

}  // namespace cli
