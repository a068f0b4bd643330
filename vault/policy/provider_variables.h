// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which environment variables carry a provider's credential, and which provider a variable speaks for. Providers go
// by their key (trimmed, lower case); aliases such as claude-cli have entries of their own. Says nothing about
// values: whether a variable is set, and blank, is for the caller to see.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vault/model/credential_kind.h"

namespace vault {

// Every provider that has variables, its other names too. In no order to rely on.
std::vector<std::string_view> providers_with_variables();

// In the order in which OpenClaw tries them; the first that is not blank wins. Empty for a provider it has no
// variables for. Lives for ever.
std::span<const std::string_view> variables_of(std::string_view provider_key) noexcept;

// The name to write a credential under. A token or a login takes the provider's *_OAUTH_TOKEN where there is one;
// a provider without variables gets <PROVIDER>_API_KEY in capitals, '_' for all but ASCII letters and digits (so the
// name can start with a digit, which dotenv reads and a shell does not).
std::string primary_variable(std::string_view provider_key, CredentialKind kind);

// Is this a login for a program that asks for it itself - git:HOST, docker:SERVER -, and for no environment?
bool is_asked_for_by_name(std::string_view provider_key) noexcept;

// The one provider that a variable's value belongs to when several read it: who writes its API keys there, or else
// who tries it earliest. Empty for a name that no provider reads. Names are compared as they are, case and all.
std::optional<std::string_view> provider_of_variable(std::string_view name) noexcept;

}  // namespace vault
