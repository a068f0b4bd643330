// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an endpoint has answered, as it is put outside the vault before anything else is done with it: the login's new
// record, sealed as the vault's rows are, and what it takes to put it in its place later (vault/FORMAT.md, section 12).

#include <optional>

#include "vault/base/clock.h"
#include "vault/ledger/agent_ledger.h"
#include "vault/model/credential.h"
#include "vault/model/custody.h"

namespace vault {

struct KeptReply {
  AgentId agent;
  Lookup lookup;  // of the login's record, by the name that it had when it was claimed
  AttemptId attempt;
  Revision spent;   // of the secret whose refresh token was spent for this
  Timestamp asked;  // before the request went out
  Bytes sealed_sheet;
  Bytes sealed_secret;
  std::array<std::uint8_t, 32> proof{};  // by the agent's key, over all of the above
  bool operator==(const KeptReply&) const = default;
};

// The longest that is read or written: two sealed fields and what stands around them.
inline constexpr std::size_t kLongestKeptReply = (std::size_t{4} << 20) + 4096;

// The keys that seal it, as they were when the login was claimed: the vault may be out of reach by now.
struct KeepingKeys {
  VaultId vault;
  AgentId agent;
  AgentReadKeys read;
  FingerprintKey fingerprint;
};
KeepingKeys keeping_keys(const OpenAgent& agent);  // denied without the agent's write keys

struct NewLogin {
  ProfileSheet sheet;  // secret_revision and fingerprint are set on the way
  Credential credential;
};

KeptReply seal_reply(const KeepingKeys& keys, const AttemptId& attempt, const Revision& spent, Timestamp asked,
                     const NewLogin& login);
// Empty when it is not this agent's, was changed, or was sealed under other keys.
std::optional<NewLogin> open_reply(const OpenAgent& agent, const KeptReply& reply);

Bytes encode(const KeptReply& reply);
// From the front of a file that may be longer. Empty for anything else, zeros to begin with.
std::optional<KeptReply> decode_kept_reply(ByteView bytes);

}  // namespace vault
