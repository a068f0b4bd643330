// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which OpenClaw is meant, and whether it is ours to change.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "import/openclaw/config/config_fields.h"

namespace cli {

class Context;

struct OpenclawPlace {
  std::filesystem::path state_dir;
  std::filesystem::path home;  // what a leading ~ in its configuration stands for; may be empty
  std::filesystem::path config;
  // Which of the configuration's fields can hold a reference; outlives the place.
  const formats::ConfigFields* fields = &formats::ConfigFields::known();
};

// Lexically; throws io when the current folder is gone.
std::filesystem::path absolute_path(std::string_view path);

// As named, else OPENCLAW_STATE_DIR, else ~/.openclaw. usage when nothing tells.
std::filesystem::path openclaw_state_dir(const Context& context, const std::optional<std::string>& named);

// denied for somebody else's folder or file: OpenClaw run by us would leave its files ours, unreadable for whom they
// belong to.
void require_own(const std::filesystem::path& path);

}  // namespace cli
