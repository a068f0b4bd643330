// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a token endpoint's reply says, in the few words that anything here goes by. Reading JSON is not this room's:
// whoever uses it brings a reader.

#include <optional>
#include <string>
#include <variant>

#include "vault/base/clock.h"
#include "vault/crypto/secret.h"
#include "vault/model/credential.h"

namespace vault {

struct NewTokens {
  Credential fields;                      // access, and refresh and id_token where the reply has them and not empty
  std::optional<std::int64_t> lives_s{};  // 1 s to 10 years; none where the reply says nothing or something else
  std::optional<Timestamp> ends{};        // by the access token's own claim, where it can be read
};

struct EndpointError {
  std::string code;  // ^[a-z_]{1,40}$, or empty
};

struct NotAToken {};

using OAuthReply = std::variant<NewTokens, EndpointError, NotAToken>;

class ReplyReader {
 public:
  virtual ~ReplyReader() = default;
  // Never throws for what the body holds.
  virtual OAuthReply read_token(const SecretBytes& body) const = 0;
  virtual EndpointError read_error(const SecretBytes& body) const = 0;
  // Do both say whose they are, and is that not the same? Unknown is no.
  virtual bool are_of_two_accounts(const Credential& one, const Credential& other) const = 0;
};

}  // namespace vault
