// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/provider_alias.h"

#include "vault/policy/rules.h"

namespace vault {
namespace {

struct Alias {
  std::string_view from;
  std::string_view to;
};

// Those of the plugins that come with OpenClaw 2026.9.6. Plugins installed on top can bring more; we cannot know them.
constexpr Alias kAliases[] = {
    {"claude-cli", "anthropic"},
    {"minimax-api", "minimax"},
    {"minimax-api-key-cn", "minimax"},
    {"minimax-api-lightning", "minimax"},
    {"minimax-cloud", "minimax"},
    {"minimax-cn", "minimax"},
    {"minimax-portal-cn", "minimax-portal"},
    {"x-ai", "xai"},
};

}  // namespace

std::string_view lookup_key(const ProviderId& provider) noexcept {
  for (const auto& alias : kAliases) {
    if (provider.key() == alias.from) return alias.to;
  }
  return provider.key();
}

std::string lookup_provider(const ProviderId& provider) { return std::string(lookup_key(provider)); }

}  // namespace vault
