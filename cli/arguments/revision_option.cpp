// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/revision_option.h"

#include <algorithm>

#include "cli/arguments/arguments.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {

void RevisionOption::declare(Arguments& arguments) {
  arguments.option("--if-revision", "R", &text,
                   "only if its revision is still R, as 'show --json' gave it; else exit status 68");
}

std::optional<vault::Revision> RevisionOption::value() const {
  if (!text) return std::nullopt;
  const auto bytes = vault::from_hex(*text);
  vault::Revision revision;
  if (!bytes || bytes->size() != revision.bytes.size()) {
    throw vault::Error(vault::ErrorCode::usage, "--if-revision needs a revision, as 'show --json' prints it",
                       "32 hexadecimal digits");
  }
  std::ranges::copy(*bytes, revision.bytes.begin());
  return revision;
}

}  // namespace cli
