// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a string in openclaw.json is, where a secret can stand. OpenClaw fills in ${NAME} wherever it stands in a string
// when it reads the file ($${NAME} is how a literal one is written), and takes a whole "${NAME}" or "$NAME" in such a
// field as a reference to the variable. For the readers of this room only.

#include <cstdint>
#include <optional>
#include <string_view>

#include "vault/model/secret_ref.h"

namespace formats {

enum class ConfigText : std::uint8_t {
  literal,      // what OpenClaw uses as it stands, blanks around it aside
  variable,     // whole a reference to a variable
  templated,    // text with ${NAME} in it: the secret is elsewhere, at least in part
  escaped,      // text with $${NAME} in it, of which OpenClaw makes another one
  placeholder,  // what redaction, examples and OpenClaw itself put in the place of a secret
  blank,
};

ConfigText judge_config_text(std::string_view text) noexcept;

// The variable of ConfigText::variable, as the reference that OpenClaw makes of it; empty for any other text.
std::optional<vault::SecretRef> variable_ref(std::string_view text);

// Can a reference name it, to a variable or to an entry of the secrets store: [A-Z][A-Z0-9_]{0,127}?
bool is_reference_name(std::string_view name) noexcept;

// What stands where a secret should be: vault::is_placeholder, and what OpenClaw itself refuses to keep.
bool is_openclaw_placeholder(std::string_view text) noexcept;

// Has the text ${NAME} or $${NAME} in it? Such a value is none that OpenClaw uses as it stands.
bool has_template(std::string_view text) noexcept;

// Is the key of a model provider none at all, but one of OpenClaw's words for credentials it gets elsewhere, or the
// name of a variable such as OPENAI_API_KEY? Blanks around it aside.
bool is_model_key_marker(std::string_view text) noexcept;

}  // namespace formats
