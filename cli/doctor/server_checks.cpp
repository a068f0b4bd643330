// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/server_checks.h"

#include <cstdlib>

#include "cli/unlocking/paths.h"

namespace cli {
namespace {

constexpr std::int64_t kMostClockDifference = 30'000;  // ms

void check_way(const vault::ServerFacts& facts, Checks& into) {
  if (!facts.verified) {
    into.push_back({"server-certificate", Rating::insecure,
                    "the server's certificate is not verified in full: who is on the way can stand in for the server",
                    "leave sslmode out of the vault's place, or say sslmode=verify-full"});
    return;
  }
  into.push_back({"server-certificate", Rating::secure,
                  facts.tls ? "the connection is encrypted, and the server's certificate was verified"
                            : "the server is on this host"});
}

void check_role(vault::ServerRole role, Checks& into) {
  if (role == vault::ServerRole::superuser || role == vault::ServerRole::owner) {
    const std::string what =
        role == vault::ServerRole::superuser ? "may do everything on the server" : "owns the schema";
    into.push_back({"server-role", Rating::weak, "the role in the vault's place " + what + ": it could drop the vault",
                    "connect as a role that only reads, or reads and writes, the vault's tables"});
    return;
  }
  into.push_back({"server-role", Rating::secure,
                  role == vault::ServerRole::writer ? "the role in the vault's place reads and writes its tables"
                                                    : "the role in the vault's place only reads"});
}

void check_durability(const vault::ServerFacts& facts, Checks& into) {
  if (facts.fsync && facts.full_page_writes) {
    const bool raised = facts.synchronous_commit == "off" || facts.synchronous_commit == "local";
    into.push_back({"server-durability", Rating::secure,
                    "the server writes what it commits to its disk" +
                        (raised ? ", and waits for it: synchronous_commit is '" + facts.synchronous_commit +
                                      "' there, and 'on' for the vault's commits"
                                : "")});
    return;
  }
  into.push_back({"server-durability", Rating::weak,
                  std::string(facts.fsync ? "full_page_writes" : "fsync") +
                      " is off on the server: a power failure there can damage the vault",
                  "have its administrator turn it on"});
}

void check_triggers(const vault::ServerFacts& facts, Checks& into) {
  if (facts.foreign_triggers == 0) return;
  into.push_back(
      {"server-triggers", Rating::insecure,
       std::to_string(facts.foreign_triggers) +
           " triggers or rules on the vault's tables are not the vault's: they see and change what is written",
       "ask the server's administrator what they are for"});
}

void check_server_clock(const vault::ServerFacts& facts, vault::Timestamp here, Checks& into) {
  const auto difference = std::abs(facts.clock.ms - here.ms);
  if (difference <= kMostClockDifference) return;
  into.push_back({"server-clock", Rating::weak,
                  "this host's clock and the server's differ by " + std::to_string(difference / 1000) + " s",
                  "set whichever is wrong: expiry goes by this host's"});
}

}  // namespace

void check_server_facts(const vault::ServerFacts& facts, vault::Timestamp here, Checks& into) {
  into.push_back(
      {"server", Rating::secure,
       "PostgreSQL " + facts.version + " answered within " + std::to_string(facts.answered_in.count()) + " ms"});
  check_way(facts, into);
  check_role(facts.role, into);
  check_durability(facts, into);
  check_triggers(facts, into);
  check_server_clock(facts, here, into);
}

void check_shared_profiles(vault::ServerRole role, const vault::Keyring& keyring, Checks& into) {
  if (keyring.holds_root() || !keyring.token().shared) return;
  if (role == vault::ServerRole::reader) {
    into.push_back({"server-shared", Rating::secure, "this token reads shared profiles, and the role only reads too"});
    return;
  }
  into.push_back(
      {"server-shared", Rating::insecure,
       "this token reads shared profiles, and the role in the vault's place may write: whoever has both could "
       "forge what other agents read",
       "connect as a role that only reads: `claviger vault sql --reader ROLE`"});
}

void check_server_helper(const std::optional<vault::HelperReport>& helper, HelperIs needed, Checks& into) {
  if (!helper) return;  // where it is needed, the vault does not open, and that is said
  if (helper->unfit) {
    into.push_back({"server-helper", Rating::insecure, *helper->unfit, helper->hint.words()});
  } else if (needed == HelperIs::needed) {
    into.push_back({"server-helper", Rating::secure,
                    "the helper program " + path_in_quotes(helper->path) + " is nobody else's to change"});
  }
}

void check_fetching_helper(const std::optional<vault::HelperReport>& helper, Checks& into) {
  if (!helper || !helper->unfit) return;
  into.push_back({"fetching-helper", Rating::insecure, *helper->unfit, helper->hint.words()});
}

}  // namespace cli
