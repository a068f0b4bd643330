// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/key_shape.h"

#include "vault/base/ids.h"

namespace cli {
namespace {

struct Prefix {
  std::string_view text;
  KeyShape shape;
};

using vault::CredentialKind;

// The longer before the shorter.
constexpr Prefix kPrefixes[] = {
    {"sk-ant-oat01-", {"anthropic", CredentialKind::token}},
    {"sk-ant-", {"anthropic", CredentialKind::api_key}},
    {"sk-or-", {"openrouter", CredentialKind::api_key}},
    {"sk-proj-", {"openai", CredentialKind::api_key}},
    {"sk-svcacct-", {"openai", CredentialKind::api_key}},
    {"AIzaSy", {"google", CredentialKind::api_key}},
    {"gsk_", {"groq", CredentialKind::api_key}},
    {"xai-", {"xai", CredentialKind::api_key}},
    {"pplx-", {"perplexity", CredentialKind::api_key}},
    {"hf_", {"huggingface", CredentialKind::api_key}},
    {"nvapi-", {"nvidia", CredentialKind::api_key}},
    {"csk-", {"cerebras", CredentialKind::api_key}},
};

}  // namespace

std::optional<KeyShape> shape_of(std::string_view secret) noexcept {
  const auto text = vault::trimmed(secret);
  for (const auto& prefix : kPrefixes) {
    if (text.starts_with(prefix.text)) return prefix.shape;
  }
  return std::nullopt;
}

}  // namespace cli
