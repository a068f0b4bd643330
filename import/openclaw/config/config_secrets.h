// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every secret that openclaw.json itself holds: the fields where a reference can take its place, and the variables it
// sets, for which OpenClaw takes no reference anywhere. What is taken, and what is told, is the caller's to decide.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/openclaw/config/config_fields.h"
#include "vault/crypto/secret.h"
#include "vault/model/batch.h"
#include "vault/model/secret_ref.h"

namespace formats {

inline constexpr std::size_t kLongestConfigSecret = std::size_t{512} << 10;  // bytes; a vault's entry holds 1 MiB

enum class ConfigState : std::uint8_t {
  secret,       // in plain text
  reference,    // an object {source, provider?, id}, "${NAME}" or "$NAME"
  templated,    // text with ${NAME} in it: not as it stands, see config_text.h
  escaped,      // text with $${NAME} in it: a secret perhaps, but another one than stands there
  placeholder,  // "[REDACTED]" and the like, where a secret should be
  marker,       // of a model's key: "ollama-local", the name of a variable; nothing is wrong with it
  not_secret,   // a header such as User-Agent that never carries one
  not_text,     // a number, a list, an object that is no reference: nothing that can be taken
  too_long,     // more than kLongestConfigSecret
  blank,        // or null
};

struct ConfigEntry {
  ConfigSegments segments;
  std::string path;                    // the segments as text (config_path.h)
  const ConfigField* field = nullptr;  // lives as long as the ConfigFields
  ConfigState state = ConfigState::blank;
  // Of `secret` alone, without the blanks around it, as OpenClaw uses it; of an account that is an object its JSON.
  vault::SecretString value;
  // The reference. Beside a `secret`: the one in the field's ref_member, which OpenClaw uses instead of it.
  std::optional<vault::SecretRef> ref;
};

// A string of env.<NAME>, env.vars.<NAME> or skills.entries.<skill>.env.<NAME>, in no need of being a secret.
struct ConfigVariable {
  ConfigSegments segments;
  std::string path;
  std::string name;           // one that a shell can hold; OpenClaw sets no other
  vault::SecretString value;  // as it stands: neither blank, nor a placeholder, nor with a ${NAME} in it
  bool of_skill = false;      // set only while that skill runs
};

struct ConfigReading {
  std::vector<ConfigEntry> fields;  // in the file's order
  // As OpenClaw ranks them: env.<NAME>, env.vars.<NAME>, then the skills'. A name can come up more than once.
  std::vector<ConfigVariable> variables;
  // config_include (an $include: what that file holds was not read), config_path (a place whose name is too long or has
  // other characters: not taken), config_variable (one that cannot be taken, with the reason in its text).
  std::vector<vault::ImportWarning> warnings;
};

// Throws bad_input for text that is no JSON5 object.
ConfigReading read_config_secrets(std::string_view text, const ConfigFields& fields = ConfigFields::known());

}  // namespace formats
