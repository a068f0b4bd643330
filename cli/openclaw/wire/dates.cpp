// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/dates.h"

#include "cli/openclaw/wire/store_edits.h"

namespace cli {
namespace {

template <class Profile>
void add(StoreEdits& all, const Profile& profile) {
  if (!profile.ends_otherwise) return;
  auto& edits = profile.in_shared_store ? all.shared : all.by_agent[profile.agent];
  edits.push_back({profile.id, profile.kind, profile.ref, nullptr, profile.expiry});
}

}  // namespace

std::vector<vault::ProfileId> renew_dates(const WirePlan& plan, const std::filesystem::path& state_dir,
                                          const std::filesystem::path& home, StepFailures& failures) {
  StoreEdits edits;
  for (const auto& target : plan.targets) add(edits, target);
  for (const auto& profile : plan.wired) add(edits, profile);
  return edit_stores(edits, state_dir, home, "expiry", failures);
}

}  // namespace cli
