// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/host_checks.h"

#include <system_error>
#include <unistd.h>

#include "cli/context.h"
#include "cli/process/fit_command.h"
#include "cli/process/hardening.h"
#include "cli/unlocking/paths.h"

namespace cli {
namespace {

using Path = std::filesystem::path;

constexpr std::uint64_t kEnoughLockable = 64 * 1024;  // bytes: keys of some hundred agents

// The key that would be used, when it is a file. Descriptors, cached keys and passphrases are none.
std::optional<Path> key_in_use(const Context& context) {
  const auto& flags = context.flags();
  const auto& environment = context.environment();
  for (const auto* flag : {&flags.key_file, &flags.token_file, &flags.passphrase_file}) {
    if (*flag) return Path(**flag);
  }
  if (flags.passphrase_fd) return std::nullopt;
  for (const char* name : {"CLAVIGER_TOKEN_FILE", "CLAVIGER_KEY_FILE", "CLAVIGER_PASSPHRASE_FILE"}) {
    if (const auto path = environment.get(name)) return Path(*path);
  }
  for (const char* suffix : {"token", "key", "passphrase"}) {
    const auto path = systemd_credential(environment, suffix);
    if (path && ::access(path->c_str(), F_OK) == 0) return path;
  }
  const auto usual = default_key_file(environment);
  if (usual && ::access(usual->c_str(), F_OK) == 0) return usual;
  return std::nullopt;
}

bool is_token_in_use(const Context& context) {
  const auto& flags = context.flags();
  const auto& environment = context.environment();
  if (flags.token_file) return true;
  if (flags.key_file || flags.passphrase_file || flags.passphrase_fd) return false;
  if (environment.get("CLAVIGER_TOKEN_FILE") || environment.get("CLAVIGER_TOKEN")) return true;
  if (environment.get("CLAVIGER_KEY_FILE") || environment.get("CLAVIGER_PASSPHRASE_FILE")) return false;
  const auto token = systemd_credential(environment, "token");
  return token && ::access(token->c_str(), F_OK) == 0;
}

// Whoever holds the token reaches what its process reaches.
void check_reach_of_token(const Context& context, Checks& into) {
  const auto usual = default_key_file(context.environment());
  if (!is_token_in_use(context) || !usual) return;
  if (::access(usual->c_str(), R_OK) == 0) {
    into.push_back({"token-reach", Rating::insecure,
                    "the token opens one agent, but the key file of a whole vault, " + std::string("'") +
                        usual->string() + "', can be read with it: it keeps its holder from nothing",
                    "run the agent as another user, or keep the key file where that user cannot read it"});
  } else {
    into.push_back({"token-reach", Rating::secure, "the token's holder cannot read the default key file"});
  }
}

std::string quoted(const Path& path) { return "'" + path.string() + "'"; }

}  // namespace

void check_process(Checks& into) {
  const auto report = examine_process();
  if (report.core_dumps_off && report.not_dumpable) {
    into.push_back({"core-dumps", Rating::secure, "this program leaves no core dumps, and others cannot trace it"});
  } else {
    into.push_back({"core-dumps", Rating::weak, "the system would let this program leave a core dump", "ulimit -c 0"});
  }
  if (report.lockable_bytes < kEnoughLockable) {
    into.push_back({"memory-limit", Rating::weak,
                    "only " + std::to_string(report.lockable_bytes) + " bytes may be locked into memory",
                    "raise the limit on locked memory (ulimit -l, LimitMEMLOCK=)"});
  } else {
    into.push_back({"memory-limit", Rating::secure, "enough memory may be locked"});
  }
}

void check_environment(const Context& context, Checks& into) {
  bool clean = true;
  for (const char* name : {"CLAVIGER_PASSPHRASE", "CLAVIGER_TOKEN"}) {
    if (!context.environment().get(name)) continue;
    clean = false;
    into.push_back({"environment", Rating::weak,
                    std::string(name) + " is set: every program started from the same place can read it",
                    "use " + std::string(name) + "_FILE, or a systemd credential"});
  }
  if (!context.vault_file() && context.environment().get("PGPASSWORD")) {
    clean = false;
    into.push_back({"environment", Rating::weak,
                    "PGPASSWORD is set: every program started from the same place can read it",
                    "put it into ~/.pgpass with mode 0600, or among the service's credentials as claviger.pgpass"});
  }
  if (clean) into.push_back({"environment", Rating::secure, "no key is in the environment"});
}

// As wiring judges it.
void check_program(Checks& into) {
  std::error_code failure;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) {
    into.push_back({"program", Rating::skipped, "the system does not say where this program is"});
  } else if (const auto unfit = unfit_for_openclaw(path)) {
    into.push_back({"program", unfit->open_to_others ? Rating::insecure : Rating::weak,
                    "OpenClaw would refuse to start " + quoted(path) + " as an exec provider: " + unfit->why,
                    unfit->open_to_others
                        ? "chmod go-w " + quoted(path)
                        : "install -D -m 755 -t ~/.local/bin " + quoted(path) + ", and run that copy"});
  } else {
    into.push_back({"program", Rating::secure, quoted(path) + " suits OpenClaw: name it so, not by a link"});
  }
}

void check_key_places(const Context& context, Checks& into) {
  if (const auto key = key_in_use(context)) {
    check_key_file(*key, context.vault_file(), into);
  } else {
    into.push_back({"key-file", Rating::skipped, "no key file, token file or passphrase file is in use"});
  }
  check_reach_of_token(context, into);
  if (const auto state = state_folder(context.environment())) check_private_folder("state-folder", *state, into);
}

void check_export_places(const Context& context, Checks& into) {
  const auto vault = context.vault_file();
  std::vector<Path> folders;
  if (vault) folders.push_back(vault->parent_path());
  std::error_code unknown;
  if (auto here = std::filesystem::current_path(unknown); !unknown) folders.push_back(std::move(here));
  const auto home = context.environment().get("HOME");
  const auto state = context.environment().get("OPENCLAW_STATE_DIR");
  if (home) folders.emplace_back(*home);
  if (state || home) folders.push_back((state ? Path(*state) : Path(*home) / ".openclaw") / "agents/main/agent");
  check_export_remains(folders, vault, into);
}

}  // namespace cli
