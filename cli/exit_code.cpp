// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_code.h"

namespace cli {

ExitCode exit_code_for(vault::ErrorCode code) noexcept {
  using vault::ErrorCode;
  switch (code) {
    case ErrorCode::usage: return ExitCode::usage;
    case ErrorCode::bad_input: return ExitCode::bad_input;
    case ErrorCode::not_found: return ExitCode::not_found;
    case ErrorCode::vault_missing: return ExitCode::vault_missing;
    case ErrorCode::not_a_vault: return ExitCode::bad_input;
    case ErrorCode::already_exists: return ExitCode::already_exists;
    case ErrorCode::key_needed: return ExitCode::key_needed;
    case ErrorCode::wrong_key: return ExitCode::wrong_key;
    case ErrorCode::damaged_slot:
    case ErrorCode::damaged_record:
    case ErrorCode::state_mismatch:
    case ErrorCode::rolled_back:
    case ErrorCode::tampered_schema:
    case ErrorCode::committed_unverified:
    case ErrorCode::parameters_out_of_bounds: return ExitCode::damaged;
    case ErrorCode::newer_format: return ExitCode::newer_format;
    case ErrorCode::io: return ExitCode::io;
    case ErrorCode::busy: return ExitCode::busy;
    case ErrorCode::denied:
    case ErrorCode::unsafe_file: return ExitCode::denied;
    case ErrorCode::cancelled: return ExitCode::cancelled;
    case ErrorCode::internal: return ExitCode::internal;
  }
  return ExitCode::internal;
}

}  // namespace cli
