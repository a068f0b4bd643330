// SPDX-License-Identifier: Apache-2.0
#pragma once
// The environment variables, as the program may use them. The real one is read in place and never copied as a whole,
// because it may hold a passphrase; tests bring their own. A variable that is set to nothing counts as unset.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/crypto/secret.h"

namespace cli {

class Environment {
 public:
  static Environment of_process();
  static Environment containing(std::map<std::string, std::string> variables);  // for tests: nothing else is seen

  // The value lives until the variable is taken or the environment changes.
  std::optional<std::string_view> get(std::string_view name) const;

  // The value, removed: wiped in place and unset, so that neither children nor /proc/self/environ show it any more.
  std::optional<vault::SecretString> take_secret(std::string_view name);

  struct Variable {
    std::string_view name;
    std::string_view value;  // may be empty; may be secret
  };
  // Every variable, in the environment's order. The views live as those of get().
  std::vector<Variable> variables() const;

 private:
  Environment() = default;
  std::optional<std::map<std::string, std::string>> injected_;  // none: the process's own
};

}  // namespace cli
