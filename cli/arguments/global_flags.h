// SPDX-License-Identifier: Apache-2.0
#pragma once
// The flags that every command understands and that may stand before or after its name. Filled by Arguments::parse();
// what they mean is decided by those who read them.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cli {

struct GlobalFlags {
  std::optional<std::string> vault;
  std::optional<std::string> agent;
  // At most one of these four is set: parse() refuses two ways of unlocking.
  std::optional<std::string> key_file;
  std::optional<std::string> token_file;
  std::optional<std::string> passphrase_file;
  std::optional<std::int64_t> passphrase_fd;  // 0 or more
  // How old this host's copy of a vault on a server may be: unasked, and while the server gives no answer.
  std::optional<std::string> fresh;
  std::optional<std::string> offline;
  bool json = false;
  bool no_input = false;
  bool quiet = false;
  bool help = false;
};

struct GlobalFlag {
  using Member = std::variant<std::optional<std::string> GlobalFlags::*, std::optional<std::int64_t> GlobalFlags::*,
                              bool GlobalFlags::*>;
  std::string_view name;
  std::string_view value_name;  // empty: takes no value
  Member member;
  std::string_view help;
  std::string_view short_name = {};  // "-j"; empty: none
};

// What may stand before a command's name, in the order in which the help lists it.
inline constexpr std::array kGlobalFlags = {
    GlobalFlag{"--vault", "PLACE", &GlobalFlags::vault,
               "the vault: PATH|postgres://... (else CLAVIGER_VAULT, else the user's own)"},
    GlobalFlag{"--agent", "ID", &GlobalFlags::agent, "the agent (else CLAVIGER_AGENT, else the vault's default)", "-a"},
    GlobalFlag{"--key-file", "FILE", &GlobalFlags::key_file, "unlock with this key file"},
    GlobalFlag{"--token-file", "FILE", &GlobalFlags::token_file, "unlock with the agent token in this file"},
    GlobalFlag{"--passphrase-file", "FILE", &GlobalFlags::passphrase_file, "unlock with the passphrase in this file"},
    GlobalFlag{"--passphrase-fd", "N", &GlobalFlags::passphrase_fd,
               "unlock with the passphrase read from this descriptor"},
    GlobalFlag{"--fresh", "D", &GlobalFlags::fresh,
               "vault on a server: answer from a copy younger than this (else CLAVIGER_FRESH, else 60s; 0: ask)"},
    GlobalFlag{"--offline", "D", &GlobalFlags::offline,
               "the same while the server does not answer (else CLAVIGER_OFFLINE, else 24h; 0: never)"},
    GlobalFlag{"--json", "", &GlobalFlags::json, "data as one JSON object", "-j"},
    GlobalFlag{"--no-input", "", &GlobalFlags::no_input, "never ask; fail at once instead"},
    GlobalFlag{"--quiet", "", &GlobalFlags::quiet, "nothing but data, warnings and errors", "-q"},
    GlobalFlag{"--help", "", &GlobalFlags::help, "explain the command", "-h"},
};

}  // namespace cli
