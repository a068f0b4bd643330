// SPDX-License-Identifier: Apache-2.0
#pragma once
// The providers of this vault in OpenClaw's configuration, each run as OpenClaw runs it: does it answer?

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/process/environment.h"

namespace cli {

struct ProviderTrial {
  enum class Outcome { answers, silent, untried };
  std::string alias;
  Outcome outcome = Outcome::answers;
  std::string why{};   // of the other two: a sentence that names the provider
  std::string hint{};  // likewise; may be empty
};

// `asked`: per alias the ids that must be answered; with none, any answer will do. All of them together take no longer
// than `patience`: one that had less time than OpenClaw gives it and did not use less is untried. A command that
// OpenClaw would refuse is silent and never started. Throws as reading the configuration does.
std::vector<ProviderTrial> try_providers(const Environment& environment, const std::filesystem::path& config,
                                         const std::map<std::string, std::vector<std::string>>& asked,
                                         std::chrono::milliseconds patience);

}  // namespace cli
