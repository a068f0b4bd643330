// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agent token: "clv1_" and base64url of the slot's id (16 bytes), a random slot key (32) and a checksum (4), which
// tells a mistyped token from a revoked one.

#include "vault/crypto/secret.h"
#include "vault/keys/key_slot.h"

namespace vault {

inline constexpr std::string_view kTokenPrefix = "clv1_";
inline constexpr std::size_t kLongestToken = 256;  // bytes of a file or variable that may hold one

struct AgentToken {
  SlotId slot;
  SlotKey key;
};

AgentToken make_agent_token();
SecretString to_text(const AgentToken& token);
AgentToken parse_agent_token(std::string_view text);  // bad_input; one line end behind it is ignored

// When the token ought to end, or never: kept in the slot's parameters, where anybody can read it. Advisory.
Bytes token_parameters(std::optional<Timestamp> expires_at);
std::optional<Timestamp> token_expiry(ByteView parameters);  // parameters_out_of_bounds

class TokenUnlocker : public Unlocker {
 public:
  explicit TokenUnlocker(AgentToken token) : token_(std::move(token)) {}
  std::optional<SlotKey> key_for(const KeySlot& slot, const VaultId& vault) const override;

 private:
  AgentToken token_;
};

}  // namespace vault
