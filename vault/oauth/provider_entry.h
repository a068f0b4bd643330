// SPDX-License-Identifier: Apache-2.0
#pragma once
// What it takes to refresh a provider's logins, and the request that does it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vault/oauth/fetcher.h"

namespace vault {

struct ProviderEntry {
  std::string name;            // as custody has it: [a-z0-9][a-z0-9._-]{0,63}
  std::string token_endpoint;  // https, or http on loopback
  std::string client_id;
  EndpointRequest::Body body = EndpointRequest::Body::form;
  std::optional<std::string> device_endpoint{};
  std::optional<std::string> authorize_endpoint{};
  std::optional<std::string> client_secret_variable{};  // the environment's name for it
  std::vector<std::string> scopes{};
  std::optional<std::string> redirect{};
  bool operator==(const ProviderEntry&) const = default;
};

std::span<const ProviderEntry> shipped_entries();

// The origin of an endpoint (custody's), lower case. Empty for what no token may be sent to: neither https nor http on
// loopback, a user or password in front of the host, a host that is none, more than 2048 bytes.
std::optional<std::string> origin_of_endpoint(std::string_view url);

// bad_input, naming the member: a name, endpoint or client id that cannot be.
void require_bounds(const ProviderEntry& entry);

// `client_secret`: empty where the entry names none.
EndpointRequest refresh_request(const ProviderEntry& entry, const SecretString& refresh_token,
                                const SecretString& client_secret);

}  // namespace vault
