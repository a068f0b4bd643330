// SPDX-License-Identifier: Apache-2.0
#pragma once
// The recovery code as a way in: typed unseen, or read from standard input. Never part of the usual order of keys; the
// commands that take it say so.

#include "vault/vault.h"

namespace cli {

class Arguments;
class Context;

struct RecoverySource {
  bool asked = false;
  bool on_stdin = false;

  void declare(Arguments& arguments);  // --with-recovery-code, --recovery-code-stdin
  bool named() const noexcept { return asked || on_stdin; }
  // key_needed when nobody can be asked; bad_input for a code that cannot be, wrong_key for one of another vault.
  vault::UnlockedVault unlock(vault::Vault locked, const Context& context) const;
};

}  // namespace cli
