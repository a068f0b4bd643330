// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the verbs that change one thing of the vault: which references of an OpenClaw lead to it, and what follows from
// that for whoever changes it. Looking never fails: what cannot be read refers to nothing here, and doctor tells of it.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/openclaw/references.h"
#include "cli/words/json_output.h"
#include "vault/reading.h"

namespace cli {

class Context;
class Terminal;

// The references to one thing. Words go to stderr and are notes: silent with --quiet and --json.
class Wired {
 public:
  Wired() = default;
  // `named`: those that name it. `by_provider`: others may lead to it. `has_stand_in`: without it, main has another one
  // of this name for whoever asks.
  Wired(std::filesystem::path state_dir, std::vector<Reference> named, bool by_provider, bool has_stand_in)
      : state_dir_(std::move(state_dir)),
        named_(std::move(named)),
        by_provider_(by_provider),
        has_stand_in_(has_stand_in) {}

  bool any() const noexcept { return !named_.empty() || by_provider_; }
  const std::vector<Reference>& named() const noexcept { return named_; }

  // Another secret is given from now on, and another date perhaps.
  void tell_new_secret(const Terminal& terminal, const vault::Expiry& expiry) const;
  void tell_new_secret(const Terminal& terminal) const { tell_new_secret(terminal, vault::Expiry::invalid("")); }
  // The date alone; without a word when OpenClaw has the same.
  void tell_new_date(const Terminal& terminal, const vault::Expiry& expiry) const;
  // It is about to go, or gone: which references lead nowhere then, and how to take them out.
  void tell_gone(const Terminal& terminal) const;

  // "wiredIn": the state directories. Not there when nothing refers to it.
  void add_to(Json& receipt) const;

 private:
  bool has_another_date(const vault::Expiry& expiry) const;
  std::string openclaw() const;

  std::filesystem::path state_dir_;
  std::vector<Reference> named_;
  bool by_provider_ = false;
  bool has_stand_in_ = false;
};

class WiredCopies {
 public:
  // Looks into OPENCLAW_STATE_DIR, else ~/.openclaw; before a writing is begun, so that nobody waits for it.
  explicit WiredCopies(const Context& context) noexcept;
  WiredCopies(std::filesystem::path state_dir, std::vector<Reference> references)
      : state_dir_(std::move(state_dir)), references_(std::move(references)) {}

  // What leads to the owner's profile, as it stands in `reading`: of the owner's provider, and of agents' that inherit.
  Wired to_profile(vault::Reading& reading, const vault::AgentName& owner, const vault::ProfileSheet& sheet) const;
  // Likewise for env/NAME and config/PATH.
  Wired to_text(vault::Reading& reading, const vault::AgentName& owner, const std::string& id) const;

 private:
  std::filesystem::path state_dir_;
  std::vector<Reference> references_;
};

}  // namespace cli
