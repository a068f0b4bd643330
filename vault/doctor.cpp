// SPDX-License-Identifier: Apache-2.0
#include "vault/doctor.h"

#include <algorithm>

#include "vault/keys/agent_token.h"
#include "vault/policy/status.h"
#include "vault/storage/sqlite/sqlite_backup.h"

namespace vault {
namespace {

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

void check_recovery(const std::vector<KeySlot>& slots, Checks& into) {
  if (std::ranges::count(slots, SlotKind::recovery, &KeySlot::kind) > 0) {
    into.push_back({"recovery", Rating::secure, "there is a recovery code"});
    return;
  }
  into.push_back({"recovery", Rating::weak, "there is no recovery code: who loses the other keys loses the vault",
                  "claviger key add --recovery"});
}

void check_tokens(const std::vector<KeySlot>& slots, Timestamp now, Checks& into) {
  const auto tokens = std::ranges::count(slots, SlotKind::agent_token, &KeySlot::kind);
  const auto over = std::ranges::count_if(slots, [&](const KeySlot& slot) {
    if (slot.kind != SlotKind::agent_token) return false;
    const auto expiry = token_expiry(slot.parameters);
    return expiry && *expiry <= now;
  });
  if (over > 0) {
    into.push_back({"tokens", Rating::weak,
                    std::to_string(over) + " of " + counted(std::size_t(tokens), "agent token") +
                        " should have ended by now, and still open the vault",
                    "claviger agent token list, then: claviger agent token revoke ID"});
  } else if (tokens > 0) {
    into.push_back({"tokens", Rating::secure, counted(std::size_t(tokens), "agent token") + ", none past its end"});
  }
}

void add_damages(const std::vector<Damage>& damages, const std::string& remedy, Checks& into) {
  for (const auto& damage : damages) {
    into.push_back(
        {damage.code == ErrorCode::rolled_back ? "rollback" : "contents", Rating::broken, damage.what, remedy});
  }
}

void check_states(const Examination& examination, bool holds_root, Checks& into) {
  add_damages(examination.damages, "restore a backup, and find out who can write this file", into);
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

void check_marks(const Examination& examination, const VaultOptions& options, Checks& into) {
  if (!examination.rollbacks.empty()) {
    return add_damages(examination.rollbacks,
                       "put the newest file back, or accept this one with: claviger restore FILE", into);
  }
  // An agent that nobody has written to has no older state.
  const auto unmarked = std::ranges::count_if(
      examination.agents, [](const ExaminedAgent& agent) { return !agent.has_mark && agent.generation > 0; });
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

void check_expired(UnlockedVault& vault, Checks& into) {
  auto reading = vault.read();
  std::size_t expired = 0, all = 0;
  for (const auto& agent : reading.agents()) {
    const auto view = reading.view(agent.name);
    for (std::size_t i = 0; const auto& profile : view.profile_views()) {
      if (view.profiles[i++].inherited) continue;
      ++all;
      const auto status = status_at(profile, vault.options().clock());
      if (status.health == Health::expired && !status.refreshable) ++expired;
    }
  }
  if (expired == 0) {
    into.push_back({"expired", Rating::secure, "none of " + counted(all, "profile") + " has expired for good (claviger status)"});
  } else {
    into.push_back({"expired", Rating::weak, counted(expired, "expired profile") + " of " + std::to_string(all),
                    "claviger status --all-agents"});
  }
}

void check_rewrite(Storage& storage, Checks& into) {
  if (storage.begin(Access::read)->vault_row().rewrite_due) {
    into.push_back({"old-keys", Rating::weak,
                    "keys were changed, and the old ones, wrapped, still lie in the file's free pages",
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

void check_slots(const std::vector<KeySlot>& slots, Timestamp now, Checks& into) {
  std::string kinds;
  for (const auto kind : {SlotKind::passphrase, SlotKind::key_file, SlotKind::recovery}) {
    const auto count = std::ranges::count(slots, kind, &KeySlot::kind);
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

void check_contents(UnlockedVault& vault, Checks& into) {
  const auto examination = examine(vault, Depth::everything);
  check_states(examination, vault.holds_root(), into);
  check_marks(examination, vault.options(), into);
  check_rewrite(vault.storage(), into);
  if (examination.sound()) check_expired(vault, into);
}

void check_library(Checks& into) { into.push_back({"sqlite", Rating::secure, "SQLite " + sqlite_library_version()}); }

}  // namespace vault
