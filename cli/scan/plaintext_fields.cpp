// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/plaintext_fields.h"

#include "import/openclaw/config/config_secrets.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_file.h"

namespace cli {

namespace {
constexpr std::size_t kLargestConfig = std::size_t{16} << 20;
}

bool is_openclaw_config(const std::filesystem::path& path) { return path.filename() == "openclaw.json"; }

std::vector<std::string> plaintext_fields(const std::filesystem::path& path) {
  const auto text = vault::read_secret_file(path, kLargestConfig, vault::Links::refuse, vault::Privacy::any);
  std::vector<std::string> paths;
  for (const auto& field : formats::read_config_secrets(vault::text_of(text.reveal())).fields) {
    if (field.state == formats::ConfigState::secret) paths.push_back(field.path);
  }
  return paths;
}

}  // namespace cli
