// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a program is handed that asks for one secret and nothing else: the key, static token or stored access token of a
// profile, or of the best one that a provider has. Nothing is refreshed and nothing is written.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vault/reading.h"

namespace vault {

inline constexpr std::int64_t kTokenMinValidMs = 60'000;

struct TokenQuestion {
  std::vector<CredentialKind> kinds;               // these alone; empty: any. A variable counts as an api_key
  std::int64_t min_valid_ms = kTokenMinValidMs;    // what ends sooner counts as ended
  std::function<bool(const ProfileSheet&)> suits;  // of a provider's profiles those alone; empty: all
};

struct Token {
  std::string id;  // of the profile, or env/NAME
  CredentialKind kind = CredentialKind::api_key;
  std::string email;
  std::optional<Timestamp> expires;
  SecretString value;  // without the blanks around it
};

// Why there is none. The first that is true of the profile; of a provider, that of its best profile.
enum class NoToken {
  unknown,
  ambiguous_ref,
  wrong_kind,
  kept_elsewhere,
  placeholder,
  ended,
  login_ended,
  not_one_line
};
std::string_view words_for(NoToken reason) noexcept;  // a half-sentence that names no id; lives for ever

using TokenAnswer = std::variant<Token, NoToken>;

// By profile id, ref/<12 hex> or env/NAME. Reads no more than it needs.
TokenAnswer token_of(Reading& reading, const AgentName& agent, const std::string& id, const TokenQuestion& question,
                     Timestamp now);

// The first usable one in the agent's order, `pinned` before all; a profile that cools down comes after those that do
// not. Then the provider's variables. Throws damaged_record where the order does not open: it may have left out
// whatever else would be given.
TokenAnswer token_for(Reading& reading, const AgentView& view, const ProviderId& provider,
                      const TokenQuestion& question, Timestamp now, std::optional<ProfileId> pinned = {});

}  // namespace vault
