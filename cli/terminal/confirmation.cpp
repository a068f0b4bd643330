// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/confirmation.h"

#include "cli/terminal/surroundings.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"

namespace cli {

void confirm_removal(const Surroundings& around, const std::string& name, const std::string& what) {
  const bool confirmed = around.terminal().confirm_by_typing(
      name, "This removes the " + what + " " + in_quotes(name) + " for good. Type its name to go on: ",
      {vault::ErrorCode::usage, "needs confirmation", "add --yes"});
  if (!confirmed) throw vault::Error(vault::ErrorCode::cancelled, "not confirmed; nothing was removed");
}

}  // namespace cli
