// SPDX-License-Identifier: Apache-2.0
#pragma once
// One request to a token endpoint, and what came back. Whoever implements it speaks to the network; nobody else does.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "vault/crypto/secret.h"

namespace vault {

inline constexpr std::size_t kLongestReply = std::size_t{64} << 10;  // bytes; a longer one is no reply
inline constexpr std::int64_t kConnectWithinMs = 5'000;
inline constexpr std::int64_t kReplyWithinMs = 30'000;  // the whole request, from its start

struct EndpointRequest {
  enum class Body { form, json };
  std::string endpoint;  // https, or http on loopback
  Body body_kind = Body::form;
  SecretString body;
};

struct HttpReply {
  int status = 0;
  std::optional<std::int64_t> retry_after_s;  // seconds from now; a date has been turned into them
  SecretBytes body;                           // at most kLongestReply
};

// There is none. `nothing`: the endpoint has not had one byte of the request, so that it can be sent again.
struct NoReply {
  enum class Sent { nothing, unknown };
  enum class Phase { none, name, connecting, tls, speaking };
  Sent sent = Sent::unknown;
  Phase phase = Phase::none;  // how far it came
};

using FetchOutcome = std::variant<HttpReply, NoReply>;

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // Sends the request once, over TLS 1.2 or later where it is https; no redirect is followed, no cookie kept. Returns
  // within kReplyWithinMs. Throws nothing that could mean that the request was sent: that is NoReply.
  virtual FetchOutcome post(const EndpointRequest& request) = 0;
};

}  // namespace vault
