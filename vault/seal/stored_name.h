// SPDX-License-Identifier: Apache-2.0
#pragma once
// Names out of a sealed field: what the writer cannot have put there is damage, not bad input.

#include <string>
#include <utility>

#include "vault/base/error.h"
#include "vault/base/ids.h"
#include "vault/seal/fields.h"

namespace vault {

template <class Name>
Name stored_name(std::string text) {
  try {
    return Name(std::move(text));
  } catch (const Error&) {
    fail_as_damaged();
  }
}

// An agent's name is stored in its one form.
inline AgentName stored_agent_name(const std::string& text) {
  auto name = stored_name<AgentName>(text);
  if (name.text() != text) fail_as_damaged();
  return name;
}

}  // namespace vault
