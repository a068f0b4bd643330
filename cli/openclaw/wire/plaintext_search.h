// SPDX-License-Identifier: Apache-2.0
#pragma once
// Copies of known secrets in plain files. Looks for their exact bytes, and for what JSON makes of them.

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "vault/crypto/secret.h"

namespace cli {

class KnownSecrets {
 public:
  // Secrets of less than 8 bytes are not looked for: they are found by chance.
  explicit KnownSecrets(std::span<const vault::SecretString* const> secrets);
  bool any_in(std::string_view text) const;

 private:
  std::vector<vault::SecretString> spellings_;
};

struct SearchResult {
  std::vector<std::filesystem::path> found;  // files that hold one; sorted, as the others
  std::vector<std::filesystem::path>
      not_searched;  // unreadable, larger than 256 MiB, or a folder that cannot be listed
};

// The regular files below `folder`, however deep. Links are not followed.
SearchResult files_with(const KnownSecrets& secrets, const std::filesystem::path& folder);

}  // namespace cli
