// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/config_references.h"

#include <unistd.h>

#include "cli/openclaw/provider_block.h"
#include "cli/unlocking/paths.h"
#include "import/json/secret_json.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using formats::JsonKind;
using formats::JsonValue;

// Calls `read` with the root; not at all without a file. Errors get the file's name.
template <class Read>
void with_config(const fs::path& config, Read&& read) {
  if (::access(config.c_str(), F_OK) != 0) return;
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  try {
    const formats::JsonDocument document(vault::text_of(bytes.reveal()), formats::JsonDialect::json5);
    read(document.root());
  } catch (const vault::Error& error) {
    throw vault::Error(error.code(), path_in_quotes(config) + ": " + error.what());
  }
}

std::optional<vault::SecretRef> reference(JsonValue value) {
  const auto source = value.find_string("source"), id = value.find_string("id");
  if (!source || !id) return std::nullopt;
  const auto provider = value.find_string("provider");
  return vault::SecretRef{std::string(*source), provider ? std::optional(std::string(*provider)) : std::nullopt,
                          std::string(*id)};
}

// As deep as the JSON reader goes.
void collect(JsonValue value, formats::ConfigSegments& segments, ConfigReferences& found) {
  if (value.find("$include")) found.has_includes = true;
  if (auto ref = reference(value)) found.all.push_back({segments, std::move(*ref)});
  std::size_t number = 0;
  for (const JsonValue part : value) {
    segments.push_back(value.is(JsonKind::array) ? std::to_string(number++) : std::string(part.name()));
    collect(part, segments, found);
    segments.pop_back();
  }
}

}  // namespace

VaultProviders::Place VaultProviders::of(const vault::SecretRef* ref) const {
  if (ref == nullptr || ref->source != "exec") return by_alias.end();
  return by_alias.find(ref->provider ? *ref->provider : default_alias.value_or("default"));
}

VaultProviders vault_providers(const fs::path& config, const std::string& vault) {
  VaultProviders providers;
  with_config(config, [&](JsonValue root) {
    providers.by_alias = wired_providers(config, vault);
    const auto secrets = root.find("secrets");
    const auto defaults = secrets ? secrets->find("defaults") : std::nullopt;
    if (const auto alias = defaults ? defaults->find_string("exec") : std::nullopt) providers.default_alias = *alias;
  });
  return providers;
}

ConfigReferences references_in(const fs::path& config) {
  ConfigReferences found;
  formats::ConfigSegments segments;
  with_config(config, [&](JsonValue root) { collect(root, segments, found); });
  return found;
}

}  // namespace cli
