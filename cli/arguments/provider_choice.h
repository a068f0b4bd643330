// SPDX-License-Identifier: Apache-2.0
#pragma once
// PROVIDER as an argument, or --provider P: two ways to say one thing.

#include <optional>
#include <string>

namespace cli {

class Arguments;

struct ProviderChoice {
  std::optional<std::string> argument;
  std::optional<std::string> option;

  bool needed = false;  // for the help: one of the two has to be given

  void declare(Arguments& arguments);
  // Empty when neither was given; usage when the two differ.
  std::optional<std::string> value() const;
  std::string required() const;  // usage when neither was given
};

}  // namespace cli
