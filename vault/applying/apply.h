// SPDX-License-Identifier: Apache-2.0
#pragma once
// Takes an import batch into the vault. Profiles and variables are read back and compared by value inside the
// transaction; they, orders, usage and the document once more by verify_applied() on a fresh one after the commit.

#include <memory>
#include <string>
#include <vector>

#include "vault/applying/skipped_list.h"
#include "vault/model/batch.h"
#include "vault/writing.h"

namespace vault {

class WrittenValues;

struct AppliedAgent {
  AgentName agent;
  bool created = false;
  NameList added{};  // profile ids, variable names and "config/<path>"
  NameList replaced{};
  NameList lost{};                 // those of `replaced` whose former secret is gone from the vault
  std::size_t added_profiles = 0;  // how many of `added` are profiles: they come first
  std::size_t replaced_profiles = 0;
  SkippedList skipped{};
  std::size_t orders = 0;  // provider orders and usage entries that were written
  std::size_t usage = 0;

  // What was written, as indices into the batch; of the secrets, those that are coming too, their values' digests: for
  // verify_applied().
  struct Written {
    std::vector<std::size_t> profiles{}, variables{}, config_secrets{}, orders{}, usage{};
    bool foreign = false;
    std::shared_ptr<WrittenValues> values{};
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
// throws already_exists, naming it. Progress is told after every entry: done, of all. Profiles that are coming have
// come then.
ApplyReport apply(Writing& writing, const ImportBatch& batch, OnConflict rule,
                  const std::function<void(std::size_t, std::size_t)>& progress = {});

// Compares what the report says was written with the batch, or with what its coming profiles were.
// committed_unverified when anything differs.
void verify_applied(Reading& reading, const ImportBatch& batch, const ApplyReport& report);

}  // namespace vault
