// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/checks.h"

#include <algorithm>

#include "cli/terminal/counted.h"
#include "vault/keys/agent_token.h"
#include "vault/policy/status.h"

namespace cli {
namespace {

void check_recovery(const std::vector<vault::KeySlot>& slots, Checks& into) {
  if (std::ranges::count(slots, vault::SlotKind::recovery, &vault::KeySlot::kind) > 0) {
    into.push_back({"recovery", Rating::secure, "there is a recovery code"});
    return;
  }
  into.push_back({"recovery", Rating::weak, "there is no recovery code: without the other keys the vault is lost",
                  "claviger key add --recovery"});
}

void check_tokens(const std::vector<vault::KeySlot>& slots, vault::Timestamp now, Checks& into) {
  const auto tokens = std::ranges::count(slots, vault::SlotKind::agent_token, &vault::KeySlot::kind);
  const auto over = std::ranges::count_if(slots, [&](const vault::KeySlot& slot) {
    if (slot.kind != vault::SlotKind::agent_token) return false;
    const auto expiry = vault::token_expiry(slot.parameters);
    return expiry && *expiry <= now;
  });
  if (over > 0) {
    into.push_back({"tokens", Rating::weak,
                    std::to_string(over) + " of " + counted(std::size_t(tokens), "agent token") +
                        " should have ended by now, and still open the vault",
                    "`claviger agent token list`, then `claviger agent token revoke ID`"});
  } else if (tokens > 0) {
    into.push_back({"tokens", Rating::secure, counted(std::size_t(tokens), "agent token") + ", none past its end"});
  }
}

void add_damages(const std::vector<vault::Damage>& damages, const std::string& remedy, Checks& into) {
  for (const auto& damage : damages) {
    into.push_back(
        {damage.code == vault::ErrorCode::rolled_back ? "rollback" : "contents", Rating::broken, damage.what, remedy});
  }
}

void check_states(const vault::Examination& examination, bool holds_root, Checks& into) {
  add_damages(examination.damages,
              "`claviger repair` gives up what does not open, `claviger restore FILE` puts a backup in its place",
              into);
  if (!examination.sound()) return;
  std::uint64_t records = 0;
  for (const auto& agent : examination.agents) records += agent.records;
  const std::string seen = counted(examination.agents.size(), "agent") + " and " + counted(records, "record") +
                           " as they were written; every secret opens";
  if (holds_root) {
    into.push_back({"contents", Rating::secure, seen});
  } else {
    into.push_back({"contents", Rating::skipped, seen + "; an agent's token cannot verify the rest",
                    "unlock with a key of the whole vault"});
  }
}

void check_marks(const vault::Examination& examination, const vault::VaultOptions& options, Checks& into) {
  if (!examination.rollbacks.empty()) {
    return add_damages(examination.rollbacks, "put the newest one back, or accept this one with `claviger vault adopt`",
                       into);
  }
  // An agent that nobody has written to has no older state.
  const auto unmarked = std::ranges::count_if(
      examination.agents, [](const vault::ExaminedAgent& agent) { return !agent.has_mark && agent.generation > 0; });
  if (!options.marks) {
    into.push_back({"rollback", Rating::weak,
                    "no place for this host's rollback marks: an old copy of the file would go unnoticed",
                    "set HOME or XDG_STATE_HOME"});
  } else if (unmarked > 0) {
    into.push_back({"rollback", Rating::weak,
                    "this host has left no mark for " + counted(std::size_t(unmarked), "agent") +
                        ": an old copy of the file would go unnoticed",
                    "the next write on this host leaves one"});
  } else {
    into.push_back({"rollback", Rating::secure, "the file is no older than the marks that this host left"});
  }
}

void check_expired(vault::UnlockedVault& vault, Checks& into) {
  auto reading = vault.read();
  std::size_t expired = 0, all = 0;
  for (const auto& agent : reading.agents()) {
    const auto view = reading.view(agent.name);
    for (std::size_t i = 0; const auto& profile : view.profile_views()) {
      if (view.profiles[i++].inherited) continue;
      ++all;
      const auto status = vault::status_at(profile, vault.options().clock());
      if (status.health == vault::Health::expired && !status.refreshable) ++expired;
    }
  }
  if (expired == 0) {
    into.push_back({"expired", Rating::secure,
                    "none of " + counted(all, "profile") + " has expired for good (`claviger status`)"});
  } else {
    into.push_back({"expired", Rating::weak, counted(expired, "expired profile") + " of " + std::to_string(all),
                    "claviger status --all-agents"});
  }
}

void check_rewrite(vault::UnlockedVault& vault, Checks& into) {
  if (!vault.can_rewrite()) return;
  if (rewrite_is_due(vault)) {
    into.push_back({"old-keys", Rating::weak,
                    "keys were changed, and the old ones, wrapped, are still in the file's free pages",
                    "claviger doctor --fix", Mend::rewrite});
  } else {
    into.push_back({"old-keys", Rating::secure, "no rewriting of the file is due"});
  }
}

}  // namespace

std::string_view name_of(Rating rating) noexcept {
  switch (rating) {
    case Rating::broken: return "broken";
    case Rating::insecure: return "insecure";
    case Rating::weak: return "weak";
    case Rating::skipped: return "skipped";
    case Rating::secure: return "secure";
  }
  return "broken";
}

void check_slots(const std::vector<vault::KeySlot>& slots, vault::Timestamp now, Checks& into) {
  std::string kinds;
  for (const auto kind : {vault::SlotKind::passphrase, vault::SlotKind::key_file, vault::SlotKind::recovery}) {
    const auto count = std::ranges::count(slots, kind, &vault::KeySlot::kind);
    if (count > 0) kinds += (kinds.empty() ? "" : ", ") + counted(std::size_t(count), std::string(name_of(kind)));
  }
  if (kinds.empty()) {
    into.push_back({"keys", Rating::broken, "no key opens the whole vault any more", "restore a backup"});
  } else {
    into.push_back({"keys", Rating::secure, "the whole vault opens with: " + kinds});
  }
  check_recovery(slots, into);
  check_tokens(slots, now, into);
}

void check_contents(vault::UnlockedVault& vault, Checks& into) {
  const auto examination = examine(vault, vault::Depth::everything);
  check_states(examination, vault.holds_root(), into);
  check_marks(examination, vault.options(), into);
  check_rewrite(vault, into);
  if (examination.sound()) check_expired(vault, into);
}

void check_library(Checks& into) { into.push_back({"sqlite", Rating::secure, "SQLite " + vault::storage_library()}); }

}  // namespace cli
