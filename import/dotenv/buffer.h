// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text that grows while secrets are written into it. A vector, not a string: a short string keeps its bytes inside the
// object, where no allocator wipes them.

#include <string_view>
#include <vector>

#include "vault/crypto/secret.h"

namespace formats {

class SecretBuffer {
 public:
  void append(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }
  void append(char c) { bytes_.push_back(c); }
  void clear() noexcept { bytes_.clear(); }
  // Lives until the next change.
  std::string_view reveal() const noexcept { return {bytes_.data(), bytes_.size()}; }

 private:
  std::vector<char, vault::WipingAllocator<char>> bytes_;
};

}  // namespace formats
