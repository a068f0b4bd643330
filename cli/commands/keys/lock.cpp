// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/key_cache.h"
#include "cli/words/json_output.h"
#include "vault/base/encoding.h"

namespace cli {
namespace {

struct Lock final : Action {
  bool all = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Lock::declare(Arguments& arguments) {
  arguments.about("Drops the key that `claviger unlock` keeps in the kernel for this vault. Takes no key.")
      .about("With --all the keys of every vault go, also of those that were moved, deleted or cannot be read.")
      .flag("--all", all, "the keys of all vaults of this user")
      .example("claviger lock --all");
}

std::vector<vault::VaultId> forget_this(const Context& context) {
  const auto locked = context.open_locked(vault::Access::read);
  if (!forget_cached_key(locked.id())) return {};
  return {locked.id()};
}

ExitCode Lock::run(Context& context) {
  const auto dropped = all ? forget_all_cached_keys() : forget_this(context);
  const std::string count = all && dropped.size() > 1 ? " " + std::to_string(dropped.size()) + " keys dropped." : "";
  context.terminal().note(dropped.empty() ? "No key was cached." : "Locked." + count);
  if (!context.flags().json) return ExitCode::done;
  Json document = json_document();
  document["dropped"] = Json::array();
  for (const auto& vault : dropped) document["dropped"].push_back(vault::to_hex(vault.bytes));
  print_json(context.out(), document);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_lock() { return std::make_unique<Lock>(); }

}  // namespace cli
