// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent token in a file that its holder alone can read.

#include <filesystem>
#include <optional>

#include "vault/crypto/secret.h"

namespace cli {

enum class OldToken { keep, replace };

// Writes the token, 0600, whole or not at all; missing folders are made 0700. already_exists when something is there:
// with OldToken::replace a file that holds an agent token makes way, and nothing else ever does. Destroyed before the
// token counts, it takes the file back.
class NewTokenFile {
 public:
  NewTokenFile(const std::filesystem::path& path, const vault::SecretString& token, OldToken old);
  NewTokenFile(const NewTokenFile&) = delete;
  ~NewTokenFile();
  void counts() noexcept { counts_ = true; }

 private:
  std::filesystem::path path_;
  std::optional<vault::SecretString> former_;  // what the file held
  bool counts_ = false;
};

}  // namespace cli
