// SPDX-License-Identifier: Apache-2.0
#pragma once
// The health of what agents see, before anybody decides how to print it.

#include <optional>
#include <string>
#include <vector>

#include "vault/agent_view.h"
#include "vault/policy/status.h"

namespace vault {

// Which profiles the verdict counts.
enum class Counting {
  not_excluded,  // all that the agent sees and no explicit order leaves out
  selected,      // each provider's next one only, and it must be usable right now
};

struct ProfileLine {
  const SeenProfile* profile = nullptr;
  ProfileStatus status;
  bool excluded = false;  // an explicit order leaves it out
  bool next = false;      // its provider's next
  bool counted = false;
  bool needs_care = false;  // counted, and as expired, expiring or missing
};

struct ProviderLine {
  ProviderId provider;
  Health health = Health::ok;
  ResolvedOrder order;
  bool is_explicit = false;
};

struct StatusReport {
  std::vector<ProfileLine> profiles;    // grouped by provider, in the view's order
  std::vector<ProviderLine> providers;  // by key
  Verdict verdict;
};

struct StatusQuestion {
  std::optional<std::string> provider;  // this one only; with nothing usable it counts as missing
  Counting counting = Counting::not_excluded;
  std::int64_t warn_within_ms = kWarnWithinMs;
  // Logins with a refresh token do not count as expired or expiring: whoever uses them renews them.
  bool ignore_refreshable = false;
};

// Refers to the view, which must outlive it.
StatusReport report_status(const AgentView& view, const StatusQuestion& question, Timestamp now);

}  // namespace vault
