// SPDX-License-Identifier: Apache-2.0
#pragma once
// What can be rated of a vault's server and of the helper programs: facts, no judgement.

#include <filesystem>
#include <optional>
#include <string>

#include "vault/base/hint.h"
#include "vault/storage/postgres/server_facts.h"

namespace vault {

struct HelperReport {
  std::filesystem::path path;
  std::optional<std::string> unfit;  // why it will not be run
  Hint hint{};
};

// The helper for vaults on servers and the one that asks token endpoints, judged and not started. Empty: none is
// installed.
std::optional<HelperReport> examine_server_helper();
std::optional<HelperReport> examine_fetching_helper();

}  // namespace vault
