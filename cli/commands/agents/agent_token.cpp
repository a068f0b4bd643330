// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/arguments/expiry_options.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/confirmation.h"
#include "cli/terminal/typed_here.h"
#include "cli/unlocking/host_copies.h"
#include "cli/unlocking/rekeying.h"
#include "cli/unlocking/token_file.h"
#include "cli/words/recovery_words.h"
#include "cli/words/slot_words.h"
#include "vault/base/error.h"
#include "vault/base/outcome.h"
#include "vault/keys/agent_token.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

std::vector<vault::SlotInfo> tokens_of(vault::UnlockedVault& vault) {
  auto slots = list_slots(vault);
  std::erase_if(slots, [](const vault::SlotInfo& slot) { return slot.kind != vault::SlotKind::agent_token; });
  return slots;
}

Json token_json(const vault::TokenRequest& request, bool dry_run) {
  Json document = json_receipt(dry_run);
  document["agent"] = request.agent.text();
  document["withShared"] = request.shared == vault::SharedProfiles::readable;
  document["expiresAtMs"] = ms_or_null(request.expires_at);
  return document;
}

void show_token(const Context& context, const vault::TokenRequest& request, const vault::SecretString& token) {
  context.terminal().note("A token for agent " + in_quotes(request.agent.text()) + ", shown this once:");
  if (!context.flags().json) return print_secret_line(context, token);
  Json document = token_json(request, false);
  document["slot"] = short_name(vault::parse_agent_token(token.reveal()).slot);
  document["token"] = nullptr;
  JsonWithSecret(context, document, token).finish();
}

void print_table(const Context& context, const std::vector<vault::SlotInfo>& tokens) {
  Table table({{"TOKEN"},
               {"AGENT", Align::left, Shrink::allowed, 10},
               {"READS"},
               {"SINCE", Align::left, Shrink::goes},
               {"ENDS"}});
  for (const auto& token : tokens) {
    table.add_row(
        {short_name(token.id),
         token.agent ? token.agent->text() : "?",
         token.reads_shared ? "own and shared" : "own",
         to_rfc3339(token.created).substr(0, 10),
         {token_expiry_words(token, context.now()), is_over(token, context.now()) ? Style::red : Style::plain}});
  }
  context.out().write(table.render(context.terminal().table_look()));
  if (tokens.empty())
    context.terminal().note(
        typed_here("No tokens yet. To make one: `claviger agent token create AGENT`", context.flags()));
}

// On a server the right to write is the role's, whatever the token opens.
void warn_of_a_writing_role(const Context& context, const vault::TokenRequest& request) {
  if (context.vault_file() || request.shared != vault::SharedProfiles::readable) return;
  context.terminal().warn(
      "a host with this token should connect to the server as a role that only reads: with the right to write it could "
      "forge the shared profiles; `claviger vault sql --reader ROLE` prints what an administrator grants");
}

struct AgentTokenCreate final : Action {
  std::string name;
  std::optional<std::string> output;
  bool with_shared = false, force = false, dry_run = false;
  ExpiryOptions expiry;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  void print(Context& context, const vault::TokenRequest& request, vault::Writing& writing,
             const vault::SecretString& token);
  void write(Context& context, const vault::TokenRequest& request, vault::Writing& writing,
             const vault::SecretString& token);
};

void AgentTokenCreate::declare(Arguments& arguments) {
  arguments
      .about(
          "Makes a token that opens one agent's records and no other's, and prints it once. Its holder lists, gets, "
          "runs, resolves, sets the agent's order and reports usage. Keep it in a file that only that agent can "
          "read - --output makes one, for you alone - and name it with --token-file or CLAVIGER_TOKEN_FILE.")
      .about("The end is a reminder, not a lock: an expired token still works, with a warning, until it is revoked.")
      .positional("AGENT", name, "the agent that it is for")
      .flag("--with-shared", with_shared, "let it read main's profiles too, as an agent that inherits does");
  expiry.declare(arguments);
  arguments.option("--output", "FILE", &output, "write it there (0600) instead of printing it")
      .flag("--force", force, "replace a token that is in FILE; nothing else is ever replaced")
      .dry_run(dry_run)
      .example("claviger agent token create worker --expires-in 90d --output ~/.config/claviger/worker.token");
}

ExitCode AgentTokenCreate::run(Context& context) {
  vault::TokenRequest request{vault::AgentName(name), vault::SharedProfiles::excluded, std::nullopt};
  if (with_shared) request.shared = vault::SharedProfiles::readable;
  if (const auto end = expiry.value(context.now())) request.expires_at = end->time;
  auto& vault = context.open(vault::Access::write);
  auto writing = vault.write();
  if (force && !output) throw Error(ErrorCode::usage, "--force is about the file that --output names");
  const auto token = issue_token(writing, vault.keyring(), request);
  if (dry_run) {
    context.finish(writing, dry_run);
    context.note_change("Made", "make", "a token for agent " + in_quotes(name));
    if (context.flags().json) print_json(context.out(), token_json(request, dry_run));
  } else if (output) {
    write(context, request, writing, token);
  } else {
    print(context, request, writing, token);
  }
  warn_of_a_writing_role(context, request);
  return ExitCode::done;
}

// It is out before it counts.
void AgentTokenCreate::print(Context& context, const vault::TokenRequest& request, vault::Writing& writing,
                             const vault::SecretString& token) {
  show_token(context, request, token);
  try {
    context.finish(writing, false);
  } catch (const Error&) {
    say_that_it_does_not_count("token");
  }
}

void AgentTokenCreate::write(Context& context, const vault::TokenRequest& request, vault::Writing& writing,
                             const vault::SecretString& token) {
  NewTokenFile file(*output, token, force ? OldToken::replace : OldToken::keep);
  try {
    context.finish(writing, false);
  } catch (const Error& error) {
    if (may_count(error)) file.counts();
    throw;
  }
  file.counts();
  context.terminal().note("A token for agent " + in_quotes(request.agent.text()) + " is in " + in_quotes(*output) +
                          ", readable by you alone.");
  if (!context.flags().json) return;
  Json document = token_json(request, false);
  document["slot"] = short_name(vault::parse_agent_token(token.reveal()).slot);
  document["token"] = nullptr;
  document["file"] = *output;
  print_json(context.out(), document);
}

struct AgentTokenList final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AgentTokenList::declare(Arguments& arguments) {
  arguments.about("Lists the agents' tokens; --agent narrows it to one. Takes a key of the whole vault.");
}

ExitCode AgentTokenList::run(Context& context) {
  auto tokens = tokens_of(context.open(vault::Access::read));
  if (context.flags().agent) {
    const vault::AgentName only(*context.flags().agent);
    std::erase_if(tokens, [&](const vault::SlotInfo& token) { return token.agent != only; });
  }
  if (!context.flags().json) {
    print_table(context, tokens);
    return ExitCode::done;
  }
  Json document = json_document();
  document["tokens"] = Json::array();
  for (const auto& token : tokens) document["tokens"].push_back(slot_json(token, context.now()));
  print_json(context.out(), document);
  return ExitCode::done;
}

struct AgentTokenRevoke final : Action {
  std::string name;
  bool yes = false, dry_run = false, keep_keys = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AgentTokenRevoke::declare(Arguments& arguments) {
  arguments
      .about(
          "Revokes a token. Its holder may have kept the keys it opened, and so the agent (and main, where the token "
          "read the shared profiles) is given new ones; other tokens stay valid.")
      .positional("TOKEN", name, "its digits, as `claviger agent token list` shows them")
      .flag("--keep-keys", keep_keys, "revoke it only: enough when nobody can have used it")
      .yes(yes)
      .dry_run(dry_run);
}

ExitCode AgentTokenRevoke::run(Context& context) {
  auto& vault = context.open(vault::Access::write);
  const auto tokens = tokens_of(vault);
  const auto& token = slot_named(tokens, name);
  vault::RekeyPlan plan;
  plan.remove.push_back(token.id);
  if (!keep_keys) {
    auto writing = vault.write();
    plan = plan_removal(writing, vault.keyring(), token.id);
  }
  if (!yes && !dry_run) confirm_removal(context, short_name(token.id), "agent token");
  RekeyOptions options;
  options.yes = true;  // no root key goes with a token
  options.dry_run = dry_run;
  change_keys(context, vault, std::move(plan), options, {{"revoked", short_name(token.id)}});
  if (dry_run) return ExitCode::done;
  context.terminal().note("Revoked the " + slot_words(token) + ".");
  if (context.copies() != nullptr) {
    const auto times = copy_times(context);
    context.terminal().note(
        "A host that has a copy of what the token opens goes on with it until it asks the server: for " +
        span_in_words(times.fresh.count()) + ", or for " + span_in_words(times.offline.count()) +
        " while it cannot reach it, unless it was told otherwise.");
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_agent_token_create() { return std::make_unique<AgentTokenCreate>(); }
std::unique_ptr<Action> make_agent_token_list() { return std::make_unique<AgentTokenList>(); }
std::unique_ptr<Action> make_agent_token_revoke() { return std::make_unique<AgentTokenRevoke>(); }

}  // namespace cli
