// SPDX-License-Identifier: Apache-2.0
#pragma once
// The secrets of a vault, ready to be looked for: of every agent that the key opens, each value once. All of them are
// in memory while this lives, and in wiped memory alone.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/matching/matcher.h"
#include "cli/matching/spellings.h"
#include "vault/crypto/secret.h"
#include "vault/reading.h"

namespace cli {

struct SecretName {
  std::string agent;
  std::string_view kind;  // "profile", "variable", "config"
  std::string id;         // as `get` takes it: a profile's, env/NAME, config/PATH
  std::string field;      // of a profile: "key", "token", "access", "refresh", "idToken"; else empty
};

struct KnownSecret {
  vault::SecretString value;
  std::vector<SecretName> names;  // one or more: the same value may be kept in several places
};

struct PassedOver {
  SecretName name;
  std::string_view reason;  // "shorter than 8 bytes", "too common", "damaged"
};

class SecretIndex {
 public:
  // Blanks around a value do not count; placeholders and empty values are no secrets. Records that are
  // damaged whole are left to the reading to tell. Throws as the reading does, and bad_input as Matcher::add.
  explicit SecretIndex(vault::Reading& reading);

  const std::vector<KnownSecret>& all() const noexcept { return secrets_; }
  const std::vector<PassedOver>& passed_over() const noexcept { return passed_over_; }
  bool damaged() const noexcept { return damaged_; }  // a secret does not open: it is among those passed over
  const Matcher& matcher() const noexcept { return matcher_; }

  struct Form {
    std::size_t secret;  // in all()
    Spelling spelling;
  };
  const Form& form(std::uint32_t label) const { return forms_.at(label); }

 private:
  void take_profiles(vault::Reading& reading, const vault::AgentName& agent, const vault::OwnContents& own);
  void take_texts(vault::Reading& reading, const vault::AgentName& agent, const vault::OwnContents& own);
  template <class Open>
  auto opened(const SecretName& name, const Open& open) -> std::optional<decltype(open())>;
  void take(SecretName name, std::string_view value);
  void join_equal_ones();
  void prepare();

  std::vector<KnownSecret> secrets_;
  std::vector<PassedOver> passed_over_;
  std::vector<Form> forms_;
  Matcher matcher_;
  bool damaged_ = false;
};

}  // namespace cli
