// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/server_report.h"

#include "vault/base/error.h"
#include "vault/helper/helper_program.h"
#include "vault/oauth/fetching/messages.h"
#include "vault/storage/postgres/messages.h"

namespace vault {
namespace {

std::optional<HelperReport> examine(const char* name) {
  const auto path = find_helper(helper_places(name));
  if (!path) return {};
  try {
    judge_helper(*path);
    return HelperReport{*path, std::nullopt};
  } catch (const Error& error) {
    return HelperReport{*path, error.what(), error.hint()};
  }
}

}  // namespace

std::optional<HelperReport> examine_server_helper() { return examine(postgres::kProgram); }
std::optional<HelperReport> examine_fetching_helper() { return examine(fetching::kProgram); }

}  // namespace vault
