// SPDX-License-Identifier: Apache-2.0
#pragma once
// --if-revision R: change it only if nobody has since it was read.

#include <optional>
#include <string>

#include "vault/base/ids.h"

namespace cli {

class Arguments;

struct RevisionOption {
  std::optional<std::string> text;

  void declare(Arguments& arguments);
  bool given() const noexcept { return text.has_value(); }
  std::optional<vault::Revision> value() const;  // usage when it is no revision
};

}  // namespace cli
