// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one error type of the project. Expected outcomes (absent, not my key) are values, not errors; whatever
// cannot go on is an Error with a code from this closed list. Callers branch on code(), people read what() and hint().
// Neither text ever carries secret bytes, nor the text of a third-party exception.

#include <stdexcept>
#include <string>
#include <string_view>

#include "vault/base/hint.h"

namespace vault {

enum class ErrorCode {
  usage,          // the call itself makes no sense
  bad_input,      // foreign data or a value that is refused
  not_found,      // profile, agent, slot or file
  vault_missing,  // no file at the vault's path
  not_a_vault,    // something else lies at the vault's path
  already_exists,
  key_needed,                // locked, and nothing to unlock it with
  wrong_key,                 // no slot opens with what was offered
  damaged_slot,              // the key fits the slot, its contents do not
  damaged_record,            // a sealed field or row does not open
  state_mismatch,            // rows were added, removed or replayed behind our back
  rolled_back,               // the file is older than the mark kept outside it
  tampered_schema,           // the file carries tables, triggers or views that we did not make
  committed_unverified,      // written, but reading it back gave something else
  newer_format,              // made by a newer program; untouched
  parameters_out_of_bounds,  // key derivation costs or lengths beyond the format's limits
  io,                        // the system refused: disk full, permissions, ...
  busy,                      // somebody else is writing; try again
  denied,                    // the key at hand does not cover this
  unsafe_file,               // type, owner, mode or link make a file unfit to trust
  cancelled,                 // the person said no
  internal,                  // a bug
};

// The code's name, as written above: for logs, test output and JSON. Lives for ever.
std::string_view name_of(ErrorCode code) noexcept;

class Error : public std::runtime_error {
 public:
  // message: lower case, what failed, then why.
  Error(ErrorCode code, const std::string& message, Hint hint = {});

  ErrorCode code() const noexcept { return code_; }
  const Hint& hint() const noexcept { return hint_; }

 private:
  ErrorCode code_;
  Hint hint_;
};

}  // namespace vault
