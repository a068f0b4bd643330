// SPDX-License-Identifier: Apache-2.0
// Shells. In single quotes all of them take bytes as they are; only the names they keep for themselves stand in the
// way: read-only ones, ones whose value they compute, and in zsh numbers, whose assignment evaluates the text.

#include <algorithm>
#include <iterator>

#include "import/dotenv/dialects.h"

namespace formats {
namespace {

// Of bash, dash and zsh.
constexpr std::string_view kShellNames[] = {
    "_",
    "ARGC",
    "BASHOPTS",
    "BASHPID",
    "BASH_ALIASES",
    "BASH_ARGC",
    "BASH_ARGV",
    "BASH_ARGV0",
    "BASH_CMDS",
    "BASH_COMMAND",
    "BASH_LINENO",
    "BASH_SOURCE",
    "BASH_SUBSHELL",
    "BASH_VERSINFO",
    "BAUD",
    "COLUMNS",
    "COMP_WORDBREAKS",
    "DIRSTACK",
    "DIRSTACKSIZE",
    "EGID",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "ERRNO",
    "EUID",
    "FUNCNAME",
    "FUNCNEST",
    "GID",
    "GROUPS",
    "HISTCMD",
    "HISTSIZE",
    "IFS",
    "KEYTIMEOUT",
    "LINENO",
    "LINES",
    "LISTMAX",
    "LOGCHECK",
    "MAILCHECK",
    "OPTIND",
    "PIPESTATUS",
    "PPID",
    "PS4",
    "RANDOM",
    "REPORTMEMORY",
    "REPORTTIME",
    "SAVEHIST",
    "SECONDS",
    "SHELLOPTS",
    "SHLVL",
    "SRANDOM",
    "TMOUT",
    "TRY_BLOCK_ERROR",
    "TRY_BLOCK_INTERRUPT",
    "TTY",
    "TTYIDLE",
    "UID",
    "USERNAME",
    "ZSH_EVAL_CONTEXT",
    "ZSH_SUBSHELL",
    "aliases",
    "argv",
    "builtins",
    "cdpath",
    "commands",
    "dirstack",
    "fignore",
    "fpath",
    "functions",
    "funcstack",
    "galiases",
    "histchars",
    "history",
    "historywords",
    "jobdirs",
    "jobstates",
    "jobtexts",
    "mailpath",
    "manpath",
    "module_path",
    "modules",
    "nameddirs",
    "options",
    "parameters",
    "path",
    "patchars",
    "pipestatus",
    "prompt",
    "psvar",
    "reswords",
    "saliases",
    "signals",
    "status",
    "termcap",
    "terminfo",
    "userdirs",
    "usergroups",
    "watch",
    "widgets",
    "zsh_eval_context",
    "zsh_scheduled_events",
};

constexpr std::string_view kFishNames[] = {
    "_",
    "COLUMNS",
    "FISH_VERSION",
    "LINES",
    "PWD",
    "SHLVL",
    "argv",
    "fish_kill_signal",
    "fish_killring",
    "fish_pid",
    "history",
    "hostname",
    "last_pid",
    "pipestatus",
    "status",
    "status_generation",
    "umask",
    "version",
};

constexpr Obstacle kOwnName = "its name is one that a shell keeps for itself";

template <class Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

Obstacle append_sh(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (const auto obstacle = environment_obstacle(name, value); !obstacle.empty()) return obstacle;
  if (contains(kShellNames, name)) return kOwnName;
  out.append("export ");
  out.append(name);
  out.append("='");
  for (const char c : value) c == '\'' ? out.append("'\\''") : out.append(c);
  out.append("'\n");
  return {};
}

Obstacle append_fish(SecretBuffer& out, std::string_view name, std::string_view value) {
  if (const auto obstacle = environment_obstacle(name, value); !obstacle.empty()) return obstacle;
  if (contains(kFishNames, name)) return kOwnName;
  out.append("set -gx ");
  out.append(name);
  out.append(" '");
  for (const char c : value) {
    if (c == '\'' || c == '\\') out.append('\\');
    out.append(c);
  }
  out.append("'\n");
  return {};
}

}  // namespace formats
