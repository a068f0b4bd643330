// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/host_checks.h"

#include <array>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/context.h"
#include "cli/process/hardening.h"
#include "cli/unlocking/paths.h"

namespace cli {
namespace {

using Path = std::filesystem::path;

constexpr std::uint64_t kEnoughLockable = 64 * 1024;  // bytes: keys of some hundred agents

std::optional<Path> own_path() {
  std::array<char, 4096> buffer{};
  const auto size = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  if (size <= 0 || std::size_t(size) == buffer.size()) return std::nullopt;
  return Path(std::string(buffer.data(), static_cast<std::size_t>(size)));
}

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
                    std::string(name) + " is set: every program started beside this one can read it",
                    "use " + std::string(name) + "_FILE, or a systemd credential"});
  }
  if (clean) into.push_back({"environment", Rating::secure, "no key lies in the environment"});
}

// OpenClaw starts no exec provider whose file is a link, belongs to another user, or may be written by others.
void check_program(Checks& into) {
  const auto path = own_path();
  struct stat status {};
  if (!path || ::lstat(path->c_str(), &status) != 0) {
    into.push_back({"program", Rating::skipped, "the system does not tell where this program lies"});
  } else if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    into.push_back({"program", Rating::insecure,
                    "others may change " + quoted(*path) + "; OpenClaw refuses to start it",
                    "chmod go-w " + quoted(*path)});
  } else if (status.st_uid != ::geteuid()) {
    into.push_back({"program", Rating::weak,
                    quoted(*path) + " belongs to another user; as an exec provider OpenClaw refuses it",
                    "for OpenClaw, copy (not link) it to a folder of your own, and name that file"});
  } else {
    into.push_back({"program", Rating::secure, quoted(*path) + " suits OpenClaw: name it so, not by a link"});
  }
}

void check_key_places(const Context& context, Checks& into) {
  if (const auto key = key_in_use(context)) {
    check_key_file(*key, context.vault_path(), into);
  } else {
    into.push_back({"key-file", Rating::skipped, "no key file, token file or passphrase file is in use"});
  }
  if (const auto state = state_folder(context.environment())) check_private_folder("state-folder", *state, into);
}

}  // namespace cli
