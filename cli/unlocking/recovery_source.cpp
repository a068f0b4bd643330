// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/recovery_source.h"

#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/context.h"
#include "vault/crypto/secret_file.h"
#include "vault/keys/recovery_code.h"

namespace cli {
namespace {

constexpr std::size_t kLongestCode = 512;  // bytes read in search of a recovery code

}  // namespace

void RecoverySource::declare(Arguments& arguments) {
  arguments.flag("--with-recovery-code", asked, "unlock with the recovery code, asked for unseen")
      .flag("--recovery-code-stdin", on_stdin, "likewise, read from standard input");
}

vault::UnlockedVault RecoverySource::unlock(vault::Vault locked, const Context& context) const {
  const auto code = on_stdin
                        ? vault::SecretString(vault::read_secret_stream(STDIN_FILENO, kLongestCode))
                        : context.terminal().ask_secret("Recovery code: ", {vault::ErrorCode::key_needed,
                                                                            "nobody is there to type the recovery code",
                                                                            "--recovery-code-stdin reads it"});
  return std::move(locked).unlock(vault::RecoveryUnlocker(vault::parse_recovery_code(vault::trimmed(code.reveal()))));
}

}  // namespace cli
