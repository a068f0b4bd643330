// SPDX-License-Identifier: Apache-2.0
#pragma once
// Takes an import batch into the vault. Profiles and variables are read back and compared by value inside the
// transaction; they, orders, usage and the document once more by verify_applied() on a fresh one after the commit.

#include <string>
#include <vector>

#include "vault/model/batch.h"
#include "vault/writing.h"

namespace vault {

struct SkippedEntry {
  std::string id;  // profile, variable, "config/<path>", "order:<provider>", "usage:<profile>", or "document"
  // "unchanged": the vault holds the same; "exists": it holds another value; "details": the same secret with other
  // details (name, e-mail, expiry, ...); "already_wired": the source has a reference to the vault itself; "no_secret":
  // the vault holds a secret, the source only a reference, a placeholder or nothing.
  std::string reason;
};

struct AppliedAgent {
  AgentName agent;
  bool created = false;
  std::vector<std::string> added{};  // profile ids, variable names and "config/<path>"
  std::vector<std::string> replaced{};
  std::vector<std::string> lost{};  // those of `replaced` whose former secret is gone from the vault
  std::size_t added_profiles = 0;   // how many of `added` are profiles: they come first
  std::size_t replaced_profiles = 0;
  std::vector<SkippedEntry> skipped{};
  std::size_t orders = 0;  // provider orders and usage entries that were written
  std::size_t usage = 0;

  // What was written, as indices into the batch: for verify_applied().
  struct Written {
    std::vector<std::size_t> profiles{}, variables{}, config_secrets{}, orders{}, usage{};
    bool foreign = false;
  };
  Written written{};
};

struct ApplyReport {
  std::vector<AppliedAgent> agents;  // in the batch's order
  std::size_t default_orders = 0;    // that were written
  bool changed() const noexcept;     // is there anything to commit?
};

// A secret is never replaced by what is none, and a reference to the vault itself is never taken, whatever the rule: a
// profile that has nothing else is left out, one that has an inline secret is taken without it.
//
// Agents that do not exist are made, linked. With OnConflict::fail the first entry that differs from what is there
// throws already_exists, naming it. Progress is told after every entry: done, of all.
ApplyReport apply(Writing& writing, const ImportBatch& batch, OnConflict rule,
                  const std::function<void(std::size_t, std::size_t)>& progress = {});

// Compares what the report says was written with the batch. committed_unverified when anything differs.
void verify_applied(Reading& reading, const ImportBatch& batch, const ApplyReport& report);

}  // namespace vault
