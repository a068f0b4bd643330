// SPDX-License-Identifier: Apache-2.0
#pragma once
// The flags that every command understands and that may stand before or after its name. Filled by Arguments::parse();
// what they mean is decided by those who read them.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

struct GlobalFlags {
  std::optional<std::string> vault;
  std::optional<std::string> agent;
  // At most one of these four is set: parse() refuses two ways of unlocking.
  std::optional<std::string> key_file;
  std::optional<std::string> token_file;
  std::optional<std::string> passphrase_file;
  std::optional<std::int64_t> passphrase_fd;  // 0 or more
  bool json = false;
  bool no_input = false;
  bool quiet = false;
};

struct GlobalFlagName {
  std::string_view name;
  std::string_view value_name;  // empty: takes no value
  std::string_view help;
};

// What may stand before a command's name, in the order in which the help lists it.
inline constexpr std::array kGlobalFlagNames = {
    GlobalFlagName{"--vault", "PATH", "the vault (else CLAVIGER_VAULT, else the user's own)"},
    GlobalFlagName{"--agent", "ID", "the agent (else CLAVIGER_AGENT, else the vault's default)"},
    GlobalFlagName{"--key-file", "FILE", "unlock with this key file"},
    GlobalFlagName{"--token-file", "FILE", "unlock with the agent token in this file"},
    GlobalFlagName{"--passphrase-file", "FILE", "unlock with the passphrase in this file"},
    GlobalFlagName{"--passphrase-fd", "N", "unlock with the passphrase read from this descriptor"},
    GlobalFlagName{"--json", "", "data as one JSON object"},
    GlobalFlagName{"--no-input", "", "never ask; fail at once instead"},
    GlobalFlagName{"--quiet", "", "no words beside data, warnings and errors"},
    GlobalFlagName{"--help", "", "explain the command"},
};

}  // namespace cli
