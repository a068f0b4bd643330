// SPDX-License-Identifier: Apache-2.0
#pragma once
// onboard --json: one object, whose recovery code, where there is one, is out before the vault counts.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/onboarding/offer.h"
#include "cli/words/shown_once.h"
#include "vault/storage/place.h"

namespace cli {

// What the readers remarked about what can be taken, one sentence each, safe to print.
std::vector<std::string> notes_of(const OfferedSource& source);

class OnboardingReport {
 public:
  OnboardingReport(const vault::VaultPlace& vault, bool dry_run);
  OnboardingReport(const OnboardingReport&) = delete;
  ~OnboardingReport();  // an object that was begun ends with what was taken until then

  void vault_is_made_with(const std::optional<std::filesystem::path>& key_file);
  // Prints the object as far as it is known, with the code as its last member. Throws io.
  void begin_with(const Surroundings& around, const vault::SecretString& code);

  // The report's agents are those of the source's batch.
  void add(const OfferedSource& source, const vault::ApplyReport& report);
  void add_trouble(const KnownPlace& place);
  void add_absent(SourceKind kind);
  struct After {
    Json wired, monitor;
    std::vector<std::string> next;  // commands
  };
  void finish(const Surroundings& around, const After& after);  // once

 private:
  Json begun() const;

  Json vault_;
  bool dry_run_;
  Json sources_ = Json::array();
  std::optional<JsonWithSecret> open_;
};

}  // namespace cli
