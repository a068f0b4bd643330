// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/server_report.h"

#include "vault/base/error.h"
#include "vault/helper/helper_program.h"
#include "vault/storage/postgres/messages.h"

namespace vault {

std::optional<HelperReport> examine_server_helper() {
  const auto path = find_helper(helper_places(postgres::kProgram));
  if (!path) return {};
  try {
    judge_helper(*path);
    return HelperReport{*path, std::nullopt};
  } catch (const Error& error) {
    return HelperReport{*path, error.what(), error.hint()};
  }
}

}  // namespace vault
