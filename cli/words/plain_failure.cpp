// SPDX-License-Identifier: Apache-2.0
#include "cli/words/plain_failure.h"

namespace cli {
namespace {

using vault::ErrorCode;

const char* words_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::vault_missing: return "there is no vault";
    case ErrorCode::not_a_vault: return "the file named as the vault is none";
    case ErrorCode::not_found: return "the agent or the key is not there, or this key cannot open it";
    case ErrorCode::key_needed: return "the vault is locked";
    case ErrorCode::wrong_key: return "the key does not open the vault";
    case ErrorCode::damaged_slot:
    case ErrorCode::damaged_record:
    case ErrorCode::state_mismatch:
    case ErrorCode::rolled_back:
    case ErrorCode::tampered_schema: return "the vault is damaged: see `claviger verify`";
    case ErrorCode::newer_format: return "the vault was made by a newer program";
    case ErrorCode::io: return "the vault or its key cannot be read";
    case ErrorCode::busy: return "the vault is busy: try again";
    case ErrorCode::denied: return "this key does not open that";
    case ErrorCode::unsafe_file: return "the vault's or the key's file is not safe to use: see `claviger doctor`";
    default: return "no answer was possible";
  }
}

}  // namespace

PlainFailure plain_failure(const vault::Error& error) {
  // What the call itself got wrong names flags alone, and whoever wires a program needs to read it.
  if (error.code() == ErrorCode::usage) return {error.code(), error.what()};
  return {error.code(), words_for(error.code())};
}

}  // namespace cli
