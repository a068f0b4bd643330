// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/key_cache.h"
#include "vault/vault_file.h"

namespace cli {

ExitCode run_lock(Context& context, Arguments& arguments) {
  arguments.about("Drops the key that 'claviger unlock' left with the kernel for this vault. Takes no key.").parse();
  const auto locked = vault::open_vault_file(context.vault_path(), vault::Access::read, context.vault_options());
  const bool dropped = forget_cached_key(locked.id());
  context.terminal().note(dropped ? "Locked." : "No key was cached.");
  return ExitCode::done;
}

}  // namespace cli
