// SPDX-License-Identifier: Apache-2.0
#include "cli/command_table.h"

#include "cli/commands/commands.h"

namespace cli {
namespace {

constexpr Command kCommands[] = {
    {"init", "create a vault and the key that opens it", make_init},
    {"onboard", "find what this host has and take it in", make_onboard},
    {"add", "add or replace a profile; the secret is asked for or read from a file", make_add},
    {"get", "print one secret", make_get},
    {"show", "print everything about a profile but its secret", make_show},
    {"list", "list the profiles that the agent sees", make_list},
    {"ls", "the same as list", make_list, true},
    {"edit", "change a profile's expiry, e-mail or display name", make_edit},
    {"rename", "give a profile another id", make_rename},
    {"copy", "copy a profile to another agent", make_copy},
    {"remove", "remove a profile", make_remove},
    {"rm", "the same as remove", make_remove, true},
    {"import", "take in auth-profiles.json, a state directory, .env, logins", make_import},
    {"export", "write profiles and variables in another program's format", make_export},
    {"order get", "print the order in which a provider's profiles are tried", make_order_get},
    {"order set", "set that order", make_order_set},
    {"order clear", "let the order be selected automatically again", make_order_clear},
    {"which", "explain which profile is used next, and why no other", make_which},
    {"run", "run a program with the agent's credentials in its environment", make_run},
    {"token", "print a key or token for a program that runs a command to get it", make_token},
    {"wire", "tell Claude Code, Codex, git and others to ask this vault", make_wire},
    {"wire openclaw", "the same as openclaw wire", make_openclaw_wire, true},
    {"git-credential", "answer git as its credential helper", make_git_credential},
    {"docker-credential", "answer docker and podman as their credential helper", make_docker_credential},
    {"aws-credential", "answer the AWS SDKs' credential_process", make_aws_credential},
    {"pin set", "pin a profile to a session", make_pin_set},
    {"pin get", "print what is pinned to a session", make_pin_get},
    {"pin clear", "remove a session's pin", make_pin_clear},
    {"report", "record a success or failure; failures start a cooldown", make_report},
    {"status", "show the health of every profile", make_status},
    {"agent list", "list the vault's agents", make_agent_list},
    {"agent add", "add an agent", make_agent_add},
    {"agent remove", "remove an agent and what only it can see", make_agent_remove},
    {"agent default", "print or set the agent that is used when none is named", make_agent_default},
    {"resolve", "answer an OpenClaw exec provider request", make_resolve},
    {"openclaw wire", "move an OpenClaw from plaintext secrets to this vault", make_openclaw_wire},
    {"openclaw unwire", "move it back: today's secrets in the place of references", make_openclaw_unwire},
    {"openclaw note", "print a text for AGENTS.md: what agents may do with the vault", make_openclaw_note},
    {"agent token create", "make a token that opens one agent's records, and print it once", make_agent_token_create},
    {"agent token list", "list the agents' tokens", make_agent_token_list},
    {"agent token revoke", "revoke a token and renew the keys it opened", make_agent_token_revoke},
    {"key list", "list the keys and tokens that open the vault", make_key_list},
    {"key add", "add a key file, a passphrase or a recovery code; also the way in with a recovery code", make_key_add},
    {"key remove", "remove a key and renew what it opened", make_key_remove},
    {"key rotate", "renew all keys and seal everything anew", make_key_rotate},
    {"unlock", "keep the vault unlocked for some hours", make_unlock},
    {"lock", "lock it again", make_lock},
    {"models status", "OpenClaw's words for: status", make_status},
    {"models auth list", "OpenClaw's words for: list", make_list},
    {"models auth paste-token", "keep a token that was made elsewhere", make_models_paste_token},
    {"models auth paste-api-key", "keep an API key", make_models_paste_api_key},
    {"models auth setup-token", "make a token with Claude Code and keep it", make_models_setup_token},
    {"models auth order get", "OpenClaw's words for: order get", make_order_get},
    {"models auth order set", "OpenClaw's words for: order set", make_order_set},
    {"models auth order clear", "OpenClaw's words for: order clear", make_order_clear},
    {"backup", "copy the vault to a file, opened and compared", make_backup},
    {"restore", "put a backup in the vault's place", make_restore},
    {"verify", "compare everything in the vault with what was written", make_verify},
    {"repair", "give up the records that do not open, and nothing else", make_repair},
    {"scan", "find plaintext copies of the vault's secrets in files", make_scan},
    {"doctor", "rate everything that keeps the vault safe, with the evidence", make_doctor},
    {"paths", "print where the vault, its key and its state lie", make_paths},
    {"help", "explain a command or a topic", nullptr},
};

}  // namespace

Program product() noexcept { return {kCommands, launch}; }

}  // namespace cli
