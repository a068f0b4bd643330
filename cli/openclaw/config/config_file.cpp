// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/config_file.h"

#include <algorithm>

#include "cli/process/environment.h"
#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

// False for a file that cannot be read or parsed.
template <class Test>
bool holds(const std::filesystem::path& config, formats::JsonDialect dialect, Test&& test) {
  try {
    const auto bytes =
        vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
    const formats::JsonDocument document(vault::text_of(bytes.reveal()), dialect);
    return test(document.root());
  } catch (const vault::Error&) {
    return false;
  }
}

bool has_includes(formats::JsonValue value) {
  return value.find("$include") || std::any_of(value.begin(), value.end(), has_includes);
}

}  // namespace

std::filesystem::path openclaw_config(const Environment& environment, const std::filesystem::path& state_dir) {
  const auto path = environment.get("OPENCLAW_CONFIG_PATH");
  return path ? std::filesystem::path(*path) : state_dir / "openclaw.json";
}

bool names_providers(const std::filesystem::path& config, const std::set<std::string>& aliases) {
  return holds(config, formats::JsonDialect::json5, [&](formats::JsonValue root) {
    const auto secrets = root.find("secrets");
    const auto providers = secrets ? secrets->find("providers") : std::nullopt;
    const auto is_there = [&](const std::string& alias) {
      const auto block = providers ? providers->find(alias) : std::nullopt;
      return block && block->find_string("source") == "exec";
    };
    return std::ranges::all_of(aliases, is_there) || has_includes(root);
  });
}

bool holds_providers(const std::filesystem::path& config, const Json& providers) {
  return holds(config, formats::JsonDialect::json5, [&](formats::JsonValue root) {
    const auto secrets = root.find("secrets");
    const auto there = secrets ? secrets->find("providers") : std::nullopt;
    return std::ranges::all_of(providers.items(), [&](const auto& wanted) {
      const auto block = there ? there->find(wanted.key()) : std::nullopt;
      if (!block) return false;
      std::string text;  // a provider holds no secret
      formats::JsonWriter writer([&](std::string_view part) { text += part; }, formats::JsonLayout::compact);
      writer.value(*block);
      writer.finish();
      // Whatever the order of the members.
      return nlohmann::json::parse(text, nullptr, false) ==
             nlohmann::json::parse(wanted.value().dump(), nullptr, false);
    });
  });
}

bool loses_comments(const std::filesystem::path& config) {
  const auto anything = [](formats::JsonValue) { return true; };
  return holds(config, formats::JsonDialect::json5, anything) && !holds(config, formats::JsonDialect::strict, anything);
}

}  // namespace cli
