// SPDX-License-Identifier: Apache-2.0
#pragma once
// A pointer to a secret kept elsewhere, as OpenClaw writes it: {source, provider, id}.

#include <optional>
#include <string>

namespace vault {

struct SecretRef {
  std::string source;                   // "env", "file", "exec" or "store"
  std::optional<std::string> provider;  // absent: the source's default alias
  std::string id;
  bool operator==(const SecretRef&) const = default;
};

}  // namespace vault
