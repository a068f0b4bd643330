// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_text.h"

#include <algorithm>
#include <array>

#include "vault/base/ids.h"
#include "vault/model/placeholder.h"

namespace formats {
namespace {

constexpr std::size_t kLongestName = 128;

// Beyond those of vault::is_placeholder: OpenClaw refuses to keep them, or reads them as an old form of reference.
constexpr std::array<std::string_view, 5> kRedacted = {"REDACTED", "xoxb-REDACTED", "xapp-REDACTED",
                                                       "[REDACTED_PRIVATE_KEY]", "[REDACTED CREDENTIAL]"};
constexpr std::string_view kOldVariable = "__env__:";

// OpenClaw's own, and those that its plugins declare (nonSecretAuthMarkers).
constexpr std::array<std::string_view, 9> kMarkers = {
    "custom-local",  "codex-app-server",  "gcp-vertex-credentials",
    "ollama-local",  "apple-fm-local",    "lmstudio-local",
    "minimax-oauth", "secretref-managed", "openclaw:claude-cli-native-auth"};
constexpr std::string_view kLoginMarker = "oauth:";
constexpr std::array<std::string_view, 5> kVariableEnds = {"_API_KEY", "_TOKEN", "_KEY", "_ACCESS_KEY_ID", "_PROFILE"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_name_character(char c) { return is_upper(c) || (c >= '0' && c <= '9') || c == '_'; }

// What "${" begins: [A-Z_][A-Z0-9_]* and "}".
bool is_filled_in(std::string_view text) {
  if (!text.starts_with("${")) return false;
  const auto name = text.substr(2, text.substr(2).find('}'));
  const bool is_name =
      !name.empty() && (is_upper(name[0]) || name[0] == '_') && std::ranges::all_of(name, is_name_character);
  return is_name && name.size() + 2 < text.size();
}

struct Templates {
  bool filled_in = false;
  bool escaped = false;
};

Templates templates_in(std::string_view text) {
  Templates found;
  for (auto at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    const auto rest = text.substr(at);
    if (rest.starts_with("$$") && is_filled_in(rest.substr(1))) {
      found.escaped = true;
      ++at;  // its second '$' begins nothing
    } else if (is_filled_in(rest)) {
      found.filled_in = true;
    }
  }
  return found;
}

std::string_view variable_in(std::string_view text) {
  text = vault::trimmed(text);
  if (!text.starts_with('$')) return {};
  text.remove_prefix(1);
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  return is_reference_name(text) ? text : std::string_view();
}

}  // namespace

ConfigText judge_config_text(std::string_view text) noexcept {
  if (vault::trimmed(text).empty()) return ConfigText::blank;
  if (!variable_in(text).empty()) return ConfigText::variable;
  const auto templates = templates_in(text);
  if (templates.filled_in) return ConfigText::templated;
  if (templates.escaped) return ConfigText::escaped;
  return is_openclaw_placeholder(text) ? ConfigText::placeholder : ConfigText::literal;
}

std::optional<vault::SecretRef> variable_ref(std::string_view text) {
  const auto name = variable_in(text);
  if (name.empty()) return std::nullopt;
  return vault::SecretRef{"env", std::nullopt, std::string(name)};
}

bool is_reference_name(std::string_view name) noexcept {
  return !name.empty() && name.size() <= kLongestName && is_upper(name[0]) &&
         std::ranges::all_of(name, is_name_character);
}

bool is_openclaw_placeholder(std::string_view text) noexcept {
  const auto whole = vault::trimmed(text);
  return vault::is_placeholder(text) || whole.starts_with(kOldVariable) ||
         std::ranges::find(kRedacted, whole) != kRedacted.end();
}

bool has_template(std::string_view text) noexcept {
  const auto templates = templates_in(text);
  return templates.filled_in || templates.escaped;
}

bool is_model_key_marker(std::string_view text) noexcept {
  text = vault::trimmed(text);
  if (text.starts_with(kLoginMarker) || std::ranges::find(kMarkers, text) != kMarkers.end()) return true;
  return is_reference_name(text) &&
         std::ranges::any_of(kVariableEnds, [text](std::string_view end) { return text.ends_with(end); });
}

}  // namespace formats
