// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the program says to scripts. Persistent: never renumber.

#include "vault/base/error.h"

namespace cli {

enum class ExitCode : int {
  done = 0,
  expired_or_missing = 1,  // `status --check` only
  plaintext_found = 1,     // `scan --check` only
  helper_failed = 1,       // `docker-credential`: that protocol has no other
  expiring = 2,            // `status --check` only
  usage = 64,
  bad_input = 65,
  not_found = 66,
  vault_missing = 67,
  already_exists = 68,
  key_needed = 69,
  internal = 70,
  wrong_key = 71,
  damaged = 72,  // damaged, tampered or rolled back
  newer_format = 73,
  io = 74,
  busy = 75,
  denied = 77,
  run_failed = 125,  // `run`: ours, before the child started
  run_not_executable = 126,
  run_not_found = 127,
  cancelled = 130,
};

ExitCode exit_code_for(vault::ErrorCode code) noexcept;

}  // namespace cli
