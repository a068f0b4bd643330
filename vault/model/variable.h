// SPDX-License-Identifier: Apache-2.0
#pragma once
// A line of a .env file: a name, and a value that is treated as a secret. The sheet is what list may see.

#include <cstdint>
#include <string>

#include "vault/base/clock.h"
#include "vault/model/profile_sheet.h"

namespace vault {

struct VariableSheet {
  std::string name{};        // 1 to 256 bytes of [A-Za-z0-9_.-], as dotenv reads names
  bool blank = false;        // empty or only blanks: present, but no credential
  bool placeholder = false;  // not blank, but a template's or a redaction's text stands where the value should be
  Timestamp created{};       // this and the rest are kept by the vault
  Timestamp updated{};
  std::uint64_t position = 0;
  Revision secret_revision{};
  Fingerprint fingerprint{};
  bool operator==(const VariableSheet&) const = default;

  bool has_value() const noexcept { return !blank && !placeholder; }  // something that can be used
};

// Is it a name that dotenv can read: 1 to 256 bytes of [A-Za-z0-9_.-]?
bool is_variable_name(std::string_view name) noexcept;
// Is it a name that every shell can hold: [A-Za-z_][A-Za-z0-9_]*?
bool is_shell_variable_name(std::string_view name) noexcept;

}  // namespace vault
