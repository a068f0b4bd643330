// SPDX-License-Identifier: Apache-2.0
#pragma once
// Fields of openclaw.json as a plan has them, made by hand.

#include "cli/openclaw/wire/config_plan.h"

namespace cli::testing {

inline ServedField field_at(const formats::ConfigSegments& segments, std::string_view secret,
                            const std::string& ref_member = "") {
  const auto path = formats::config_path_text(segments).value();
  return {segments,   path,
          path,       {"exec", "claviger-config", "config/" + path},
          ref_member, vault::SecretString::copy_of(secret)};
}

template <class... Fields>
std::vector<ServedField> fields(Fields&&... given) {
  std::vector<ServedField> all;
  (all.push_back(std::forward<Fields>(given)), ...);
  return all;
}

}  // namespace cli::testing
