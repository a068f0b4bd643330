// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/key_cache.h"
#include "vault/vault_file.h"

namespace cli {
namespace {

struct Lock final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Lock::declare(Arguments& arguments) {
  arguments.about("Drops the key that 'claviger unlock' left with the kernel for this vault. Takes no key.");
}

ExitCode Lock::run(Context& context) {
  const auto locked = vault::open_vault_file(context.vault_path(), vault::Access::read, context.vault_options());
  const bool dropped = forget_cached_key(locked.id());
  context.terminal().note(dropped ? "Locked." : "No key was cached.");
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_lock() { return std::make_unique<Lock>(); }

}  // namespace cli
