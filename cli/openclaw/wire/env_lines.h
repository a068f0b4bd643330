// SPDX-License-Identifier: Apache-2.0
#pragma once
// Lines of the state directory's .env that hold a secret which is a reference by now. OpenClaw's `secrets apply`
// removes such lines where it knows the name; these are the others.

#include <filesystem>
#include <string>
#include <vector>

#include "cli/openclaw/wire/remains.h"
#include "vault/crypto/secret.h"

namespace cli {

struct EnvLine {
  std::filesystem::path file;
  std::string name;
  bool removed = false;
  std::string reason{};  // why it stays, where removing was asked for
};

enum class EnvLineRule { tell, remove };

// Compares whole values, blanks around them aside; secrets of less than 8 bytes are not looked for. A line stays whose
// variable OpenClaw's configuration or a profile names, whatever the rule. The file is rewritten in one step and only
// where it is a regular file, not a link. Without a .env: none. Throws io and as read_openclaw_state_dir.
std::vector<EnvLine> clear_env_lines(const std::filesystem::path& state_dir, const std::filesystem::path& home,
                                     const std::filesystem::path& config,
                                     const std::vector<const vault::SecretString*>& secrets, EnvLineRule rule);

}  // namespace cli
