// SPDX-License-Identifier: Apache-2.0
#include "vault/model/config_secret.h"

#include "vault/base/code_points.h"

namespace vault {

bool is_config_path(std::string_view path) noexcept {
  constexpr std::size_t kLongestPath = 1024;
  if (path.empty() || path.size() > kLongestPath) return false;
  while (!path.empty()) {
    const auto point = first_code_point(path);
    if (!point.valid || is_control(point.value)) return false;
    path.remove_prefix(point.size);
  }
  return true;
}

}  // namespace vault
