// SPDX-License-Identifier: Apache-2.0
#include "vault/base/error.h"

#include <utility>

namespace vault {

std::string_view name_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::bad_input: return "bad_input";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::vault_missing: return "vault_missing";
    case ErrorCode::not_a_vault: return "not_a_vault";
    case ErrorCode::already_exists: return "already_exists";
    case ErrorCode::key_needed: return "key_needed";
    case ErrorCode::wrong_key: return "wrong_key";
    case ErrorCode::damaged_slot: return "damaged_slot";
    case ErrorCode::damaged_record: return "damaged_record";
    case ErrorCode::state_mismatch: return "state_mismatch";
    case ErrorCode::rolled_back: return "rolled_back";
    case ErrorCode::tampered_schema: return "tampered_schema";
    case ErrorCode::committed_unverified: return "committed_unverified";
    case ErrorCode::newer_format: return "newer_format";
    case ErrorCode::parameters_out_of_bounds: return "parameters_out_of_bounds";
    case ErrorCode::io: return "io";
    case ErrorCode::busy: return "busy";
    case ErrorCode::denied: return "denied";
    case ErrorCode::unsafe_file: return "unsafe_file";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

Error::Error(ErrorCode code, const std::string& message, Hint hint)
    : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}

}  // namespace vault
