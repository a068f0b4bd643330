// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/unlocking/key_cache.h"
#include "cli/unlocking/unlock.h"
#include "cli/words/json_output.h"
#include "vault/access/kept_keyring.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::int64_t kLongestMs = std::int64_t{30} * 24 * 60 * 60 * 1000;

// Rounded up: a second is the kernel's smallest.
std::chrono::seconds lifetime_of(const std::string& text) {
  const auto ms = parse_duration_ms(text);
  if (ms <= 0 || ms > kLongestMs) throw Error(ErrorCode::usage, "--for takes at least 1s and at most 30 days");
  return std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(ms));
}

// The cache is passed over: an agent's key in it could not become the root's.
vault::UnlockedVault open_afresh(const Context& context) {
  auto locked = context.open_locked(vault::Access::read);
  return unlock(std::move(locked), context, CachedKey::passed_over);
}

struct Unlock final : Action {
  std::string lifetime = "8h";
  std::optional<std::string> given;
  bool root = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Unlock::declare(Arguments& arguments) {
  arguments
      .about(
          "Keeps a key in the kernel, so that the commands of the next hours need no other: by default the one of "
          "an agent, which opens what that agent sees and nothing else. All processes of the user can use it; it is "
          "never on disk, and `claviger lock` or a restart drops it earlier.")
      .option("--for", "D", &given, "how long: 8h (the default), 30m, 1d; at most 30 days")
      .flag("--root", root, "the key of the whole vault instead of an agent's")
      .example("claviger unlock --for 1h")
      .example("claviger --agent worker unlock");
}

ExitCode Unlock::run(Context& context) {
  const auto seconds = lifetime_of(given.value_or(lifetime));
  if (root && context.flags().agent) throw Error(ErrorCode::usage, "--root and --agent exclude each other");
  auto vault = open_afresh(context);
  auto agent = vault::AgentName::shared();
  if (!root) {
    auto reading = vault.read();
    agent = context.agent(reading);
  }
  cache_key(vault.id(), to_bytes(root ? kept_root(vault) : kept_for_agent(vault, agent)), seconds);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(seconds).count();
  context.terminal().note("Unlocked for " + span_in_words(ms) +
                          (root ? ": the whole vault." : ", for agent " + in_quotes(agent.text()) + " alone."));
  if (context.flags().json) {
    Json document = json_document();
    document["vaultId"] = vault::to_hex(vault.id().bytes);
    document["agent"] = root ? Json(nullptr) : Json(agent.text());
    document["root"] = root;
    document["expiresAtMs"] = context.now().ms + ms;
    print_json(context.out(), document);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_unlock() { return std::make_unique<Unlock>(); }

}  // namespace cli
