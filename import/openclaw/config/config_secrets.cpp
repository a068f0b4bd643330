// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_secrets.h"

#include <algorithm>
#include <array>

#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config_includes.h"
#include "import/openclaw/config/config_text.h"
#include "import/openclaw/config/config_variables.h"
#include "import/openclaw/entry.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using Candidates = std::vector<const ConfigField*>;

// Headers that name the caller or the shape of a request, and nothing that opens anything.
constexpr std::array<std::string_view, 12> kPlainHeaders = {
    "user-agent",        "referer",        "http-referer",        "origin",         "x-title", "accept", "content-type",
    "anthropic-version", "anthropic-beta", "openai-organization", "openai-project", "x-app"};
// Names that OpenClaw refuses in a path.
constexpr std::array<std::string_view, 3> kRefusedNames = {"__proto__", "prototype", "constructor"};

ConfigState state_of(ConfigText text) {
  switch (text) {
    case ConfigText::literal: return ConfigState::secret;
    case ConfigText::variable: return ConfigState::reference;
    case ConfigText::templated: return ConfigState::templated;
    case ConfigText::escaped: return ConfigState::escaped;
    case ConfigText::placeholder: return ConfigState::placeholder;
    case ConfigText::blank: return ConfigState::blank;
  }
  return ConfigState::not_text;
}

bool is_plain_header(const ConfigField& field, const std::string& name) {
  return is_header(field) && std::ranges::find(kPlainHeaders, vault::ascii_lower(name)) != kPlainHeaders.end();
}

ConfigState state_of_string(std::string_view text, const ConfigField& field, const std::string& name) {
  const auto state = state_of(judge_config_text(text));
  if (state != ConfigState::secret) return state;
  if (is_plain_header(field, name)) return ConfigState::not_secret;
  if (is_model_key(field) && is_model_key_marker(text)) return ConfigState::marker;
  return vault::trimmed(text).size() > kLongestConfigSecret ? ConfigState::too_long : ConfigState::secret;
}

bool has_template_in(JsonValue value) {
  if (value.is(JsonKind::string)) return has_template(value.text());
  return std::any_of(value.begin(), value.end(), has_template_in);
}

class FieldWalk {
 public:
  FieldWalk(const ConfigFields& fields, ConfigReading& reading) : reading_(reading) {
    for (const auto& field : fields.all()) all_.push_back(&field);
  }

  void walk(JsonValue root) { walk_into(root, all_); }

 private:
  // Only as deep as some pattern reaches: `candidates` are those that fit so far.
  void walk_into(JsonValue value, const Candidates& candidates) {
    std::size_t number = 0;
    parents_.push_back(value);
    for (const JsonValue part : value) {
      const bool is_element = value.is(JsonKind::array);
      segments_.push_back(is_element ? std::to_string(number++) : std::string(part.name()));
      visit(part, fitting(candidates, is_element));
      segments_.pop_back();
    }
    if (value.is(JsonKind::object)) find_lone_references(value, candidates);
    parents_.pop_back();
  }

  void visit(JsonValue value, const Candidates& candidates) {
    Candidates deeper;
    for (const ConfigField* field : candidates) {
      if (field->pattern.size() == segments_.size()) {
        add(value, *field);
      } else {
        deeper.push_back(field);
      }
    }
    if (!deeper.empty()) walk_into(value, deeper);
  }

  Candidates fitting(const Candidates& candidates, bool is_element) const {
    const auto& name = segments_.back();
    const auto depth = segments_.size() - 1;
    Candidates found;
    std::ranges::copy_if(candidates, std::back_inserter(found), [&](const ConfigField* field) {
      const auto& wanted = field->pattern[depth];
      return is_element ? wanted == "[]" : wanted == name || (wanted == "*" && !name.empty());
    });
    return found;
  }

  void add(JsonValue value, const ConfigField& field) {
    ConfigEntry entry{segments_, {}, &field, ConfigState::not_text, {}, read_secret_ref(value)};
    if (entry.ref) {
      entry.state = ConfigState::reference;
    } else if (value.is(JsonKind::null)) {
      entry.state = ConfigState::blank;
    } else if (value.is(JsonKind::string)) {
      entry.state = state_of_string(value.text(), field, segments_.back());
      entry.ref = variable_ref(value.text());
    }
    if (entry.state == ConfigState::secret) {
      entry.value = vault::SecretString::copy_of(vault::trimmed(value.text()));
    } else if (!entry.ref && value.is(JsonKind::object) && is_account_object(field)) {
      take_account(value, entry);
    }
    if (entry.state == ConfigState::secret) entry.ref = reference_beside(field);
    keep(std::move(entry));
  }

  // As one text, which OpenClaw takes there as well.
  static void take_account(JsonValue account, ConfigEntry& entry) {
    if (account.empty()) {
      entry.state = ConfigState::blank;
    } else if (has_template_in(account)) {
      entry.state = ConfigState::templated;
    } else {
      SecretText text;
      JsonWriter writer(text.sink(), JsonLayout::compact);
      writer.value(account);
      writer.finish();
      auto whole = text.take();
      entry.value = vault::SecretString::copy_of(vault::trimmed(whole.reveal()));
      entry.state = entry.value.size() > kLongestConfigSecret ? ConfigState::too_long : ConfigState::secret;
      if (entry.state == ConfigState::too_long) entry.value = {};
    }
  }

  std::optional<vault::SecretRef> reference_beside(const ConfigField& field) const {
    const auto member = field.ref_member.empty() ? std::nullopt : parents_.back().find(field.ref_member);
    return member ? read_secret_ref(*member) : std::nullopt;
  }

  // A field that is not there, with its reference in the member beside it.
  void find_lone_references(JsonValue object, const Candidates& candidates) {
    for (const ConfigField* field : candidates) {
      const bool is_here = field->pattern.size() == segments_.size() + 1 && !field->ref_member.empty();
      if (!is_here || object.find(field->pattern.back())) continue;
      const auto member = object.find(field->ref_member);
      auto ref = member ? read_secret_ref(*member) : std::nullopt;
      if (!ref) continue;
      segments_.push_back(field->pattern.back());
      keep({segments_, {}, field, ConfigState::reference, {}, std::move(ref)});
      segments_.pop_back();
    }
  }

  void keep(ConfigEntry entry) {
    require_room(reading_);
    auto path = config_path_text(entry.segments);
    const bool is_refused = std::ranges::any_of(entry.segments, [](const std::string& name) {
      return std::ranges::find(kRefusedNames, name) != kRefusedNames.end();
    });
    if (!path || is_refused) {
      reading_.warnings.push_back({"config_path", shortened(entry.segments.back()),
                                   "left out: its path is too long or has other characters, in " + entry.field->type,
                                   true});
      return;
    }
    entry.path = std::move(*path);
    reading_.fields.push_back(std::move(entry));
  }

  ConfigReading& reading_;
  Candidates all_;
  ConfigSegments segments_;         // down to the value at hand
  std::vector<JsonValue> parents_;  // from the root to what the value at hand lies in
};

}  // namespace

ConfigReading read_config_secrets(std::string_view text, const ConfigFields& fields) {
  const JsonDocument document(text, JsonDialect::json5);
  const JsonValue root = document.root();
  if (!root.is(JsonKind::object)) throw vault::Error(vault::ErrorCode::bad_input, "the document is no object");
  ConfigReading reading;
  FieldWalk(fields, reading).walk(root);
  read_config_variables(root, reading);
  report_includes(root, reading.warnings);
  return reading;
}

}  // namespace formats
