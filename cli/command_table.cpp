// SPDX-License-Identifier: Apache-2.0
#include "cli/command_table.h"

#include "cli/commands/commands.h"

namespace cli {
namespace {

// These two describe the table that they stand in.
std::unique_ptr<Action> make_complete();
std::unique_ptr<Action> make_man_page();

constexpr Command kCommands[] = {
    {"init", "create a vault and the key that opens it", make_init, Group::start, kMakes | kAsks | kDenied},
    {"onboard", "find what this host has and take it in", make_onboard, Group::start,
     kOpens | kFinds | kTakesInput | kMakes | kAsks},
    {"import", "take in OpenClaw, .env files, logins", make_import, Group::start,
     kOpens | kFinds | kTakesInput | kAsks},
    {"export", "write profiles and variables in another program's format", make_export, Group::start,
     kOpens | kFinds | kTakesInput | kMakes},
    {"status", "show the health of every profile", make_status, Group::everyday, kOpens | kFinds | kChecks},
    {"list", "list the profiles that the agent sees", make_list, Group::everyday, kOpens | kFinds},
    {"ls", "the same as list", make_list, Group::everyday, kOpens | kFinds, true},
    {"which", "explain which profile is used next, and why no other", make_which, Group::everyday, kOpens | kFinds},
    {"get", "print one secret", make_get, Group::everyday, kOpens | kFinds},
    {"run", "run a program with the agent's credentials in its environment", make_run, Group::everyday, kRuns},
    {"add", "add or replace a profile; the secret is asked for or read from a file", make_add, Group::everyday,
     kOpens | kFinds | kTakesInput | kMakes | kAsks},
    {"show", "print everything about a profile but its secret", make_show, Group::everyday, kOpens | kFinds},
    {"edit", "change a profile's expiry, e-mail or display name", make_edit, Group::everyday,
     kOpens | kFinds | kTakesInput | kMakes},
    {"rename", "give a profile another id", make_rename, Group::everyday, kOpens | kFinds | kMakes},
    {"copy", "copy a profile to another agent", make_copy, Group::everyday, kOpens | kFinds | kMakes},
    {"remove", "remove a profile", make_remove, Group::everyday, kOpens | kFinds | kAsks},
    {"rm", "the same as remove", make_remove, Group::everyday, kOpens | kFinds | kAsks, true},
    {"report", "record a success or failure; failures start a cooldown", make_report, Group::everyday, kOpens | kFinds},
    {"paths", "print where the vault, its key and its state are", make_paths, Group::everyday, 0},
    {"version", "print the program's version", make_version, Group::everyday, 0},
    {"completion", "print the completions for a shell", make_completion, Group::everyday, 0},
    {"__complete", "what may come next on a command line", make_complete, Group::everyday, 0, true},
    {"__man", "a page of the manual", make_man_page, Group::everyday, 0, true},
    {"help", "explain a command or a topic", nullptr, Group::everyday, 0},
    {"agent list", "list the vault's agents", make_agent_list, Group::agents, kOpens},
    {"agent add", "add an agent", make_agent_add, Group::agents, kOpens | kMakes},
    {"agent remove", "remove an agent and what only it can see", make_agent_remove, Group::agents,
     kOpens | kFinds | kAsks},
    {"agent default", "print or set the agent that is used when none is named", make_agent_default, Group::agents,
     kOpens | kFinds},
    {"agent token create", "make a token that opens one agent's records, and print it once", make_agent_token_create,
     Group::agents, kOpens | kFinds | kMakes},
    {"agent token list", "list the agents' tokens", make_agent_token_list, Group::agents, kOpens},
    {"agent token revoke", "revoke a token and renew the keys it opened", make_agent_token_revoke, Group::agents,
     kOpens | kFinds | kAsks},
    {"order get", "print the order in which a provider's profiles are tried", make_order_get, Group::agents,
     kOpens | kFinds},
    {"order set", "set that order", make_order_set, Group::agents, kOpens | kFinds},
    {"order clear", "let the order be selected automatically again", make_order_clear, Group::agents, kOpens},
    {"pin set", "pin a profile to a session", make_pin_set, Group::agents, kOpens | kFinds | kTakesInput},
    {"pin get", "print what is pinned to a session", make_pin_get, Group::agents, kOpens},
    {"pin clear", "remove a session's pin", make_pin_clear, Group::agents, kOpens},
    {"key list", "list the keys and tokens that open the vault", make_key_list, Group::keys, kOpens},
    {"key add", "add a key file, a passphrase or a recovery code", make_key_add, Group::keys,
     kOpens | kTakesInput | kMakes | kAsks},
    {"key remove", "remove a key and renew what it opened", make_key_remove, Group::keys, kOpens | kFinds | kAsks},
    {"key rotate", "renew all keys and seal everything anew", make_key_rotate, Group::keys, kOpens | kAsks},
    {"unlock", "keep the vault unlocked for some hours", make_unlock, Group::keys, kOpens},
    {"lock", "lock it again", make_lock, Group::keys, kOpens},
    {"openclaw wire", "move an OpenClaw from plaintext secrets to this vault", make_openclaw_wire, Group::programs,
     kOpens | kFinds | kTakesInput | kAsks},
    {"openclaw unwire", "move it back: today's secrets in the place of references", make_openclaw_unwire,
     Group::programs, kOpens | kFinds | kTakesInput | kAsks},
    {"openclaw note", "print a text for AGENTS.md: what agents may do with the vault", make_openclaw_note,
     Group::programs, 0},
    {"resolve", "answer an OpenClaw exec provider request", make_resolve, Group::programs, kOpens | kTakesInput},
    {"token", "print a key or token for a program that runs a command to get it", make_token, Group::programs,
     kOpens | kFinds},
    {"wire", "set up Claude Code, Codex, git and others to ask this vault", make_wire, Group::programs,
     kOpens | kFinds | kTakesInput | kAsks},
    {"wire openclaw", "the same as openclaw wire", make_openclaw_wire, Group::programs,
     kOpens | kFinds | kTakesInput | kAsks, true},
    {"git-credential", "answer git as its credential helper", make_git_credential, Group::programs,
     kOpens | kFinds | kTakesInput},
    {"docker-credential", "answer docker and podman as their credential helper", make_docker_credential,
     Group::programs, kHelps},
    {"aws-credential", "answer the AWS SDKs' credential_process", make_aws_credential, Group::programs,
     kOpens | kFinds},
    {"models status", "the same as status", make_status, Group::openclaw_verbs, kOpens | kFinds | kChecks},
    {"models auth list", "the same as list", make_list, Group::openclaw_verbs, kOpens},
    {"models auth paste-token", "store a token that was made elsewhere", make_models_paste_token, Group::openclaw_verbs,
     kOpens | kTakesInput | kMakes | kAsks},
    {"models auth paste-api-key", "store an API key", make_models_paste_api_key, Group::openclaw_verbs,
     kOpens | kTakesInput | kAsks},
    {"models auth setup-token", "make a token with Claude Code and store it", make_models_setup_token,
     Group::openclaw_verbs, kOpens | kTakesInput | kAsks},
    {"models auth order get", "the same as order get", make_order_get, Group::openclaw_verbs, kOpens | kFinds},
    {"models auth order set", "the same as order set", make_order_set, Group::openclaw_verbs, kOpens | kFinds},
    {"models auth order clear", "the same as order clear", make_order_clear, Group::openclaw_verbs, kOpens},
    {"doctor", "rate everything that keeps the vault safe, with the evidence", make_doctor, Group::safety, kOpens},
    {"verify", "compare everything in the vault with what was written", make_verify, Group::safety, kOpens},
    {"log", "list what was done to the vault, by whom and when", make_log, Group::safety, kOpens | kFinds},
    {"log enable", "log reads too", make_log_enable, Group::safety, kOpens},
    {"log disable", "log reads no more", make_log_disable, Group::safety, kOpens},
    {"repair", "give up the records that do not open", make_repair, Group::safety, kOpens | kAsks},
    {"backup", "copy the vault to a file, opened and compared", make_backup, Group::safety, kOpens | kFinds | kMakes},
    {"restore", "put a backup in the vault's place", make_restore, Group::safety,
     kOpens | kFinds | kTakesInput | kMakes | kAsks},
    {"scan", "find plaintext copies of the vault's secrets in files", make_scan, Group::safety,
     kOpens | kFinds | kAsks | kScans},
};

std::unique_ptr<Action> make_complete() { return make_complete_for(kCommands); }
std::unique_ptr<Action> make_man_page() { return make_man_page_for(kCommands); }

}  // namespace

Program product() noexcept { return {kCommands, launch}; }

}  // namespace cli
