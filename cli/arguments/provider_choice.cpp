// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/provider_choice.h"

#include "cli/arguments/arguments.h"
#include "vault/base/error.h"

namespace cli {

using vault::Error;
using vault::ErrorCode;

void ProviderChoice::declare(Arguments& arguments) {
  arguments.positional("PROVIDER", argument, "which provider, such as anthropic");
  if (needed) arguments.needed();
  arguments.option("--provider", "P", &option, "another way to say PROVIDER");
}

std::optional<std::string> ProviderChoice::value() const {
  if (argument && option && *argument != *option) {
    throw Error(ErrorCode::usage, "PROVIDER and --provider name two providers", "name one of them");
  }
  return argument ? argument : option;
}

std::string ProviderChoice::required() const {
  auto given = value();
  if (!given) throw Error(ErrorCode::usage, "missing PROVIDER", "name one, such as anthropic");
  return std::move(*given);
}

}  // namespace cli
