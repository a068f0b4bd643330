// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_variables.h"

#include "import/openclaw/config/config_text.h"
#include "import/openclaw/entry.h"
#include "vault/base/error.h"
#include "vault/model/variable.h"

namespace formats {
namespace {

constexpr std::size_t kMostEntries = std::size_t{1} << 16;

const char* why_not_taken(std::string_view name, JsonValue value) {
  if (!value.is(JsonKind::string)) return "it is no text";
  if (!vault::is_shell_variable_name(name) || !vault::is_variable_name(name)) return "no variable can have this name";
  if (value.text().size() > kLongestConfigSecret) return "it is longer than 512 KiB";
  if (judge_config_text(value.text()) == ConfigText::placeholder) return "it is a placeholder, not a value";
  return nullptr;
}

bool is_unset(JsonValue value) {
  if (value.is(JsonKind::null)) return true;
  return value.is(JsonKind::string) && (vault::trimmed(value.text()).empty() || has_template(value.text()) ||
                                        judge_config_text(value.text()) == ConfigText::variable);
}

class Variables {
 public:
  explicit Variables(ConfigReading& reading) : reading_(reading) {}

  void add(const ConfigSegments& front, JsonValue value, bool of_skill) {
    if (is_unset(value)) return;
    require_room(reading_);
    auto segments = front;
    segments.emplace_back(value.name());
    auto path = config_path_text(segments);
    const char* why = path ? why_not_taken(value.name(), value) : "the names on the way to it cannot be used in a path";
    if (why) {
      reading_.warnings.push_back({"config_variable", shortened(value.name()),
                                   "left out: a variable in openclaw.json, below " + front.front() + ": " + why, true});
      return;
    }
    reading_.variables.push_back({std::move(segments), std::move(*path), std::string(value.name()),
                                  vault::SecretString::copy_of(value.text()), of_skill});
  }

 private:
  ConfigReading& reading_;
};

std::optional<JsonValue> object_in(JsonValue value, std::string_view name) {
  const auto member = value.find(name);
  return member && member->is(JsonKind::object) ? member : std::nullopt;
}

// env has members of its own beside the variables: shellEnv, and vars with more of them.
void read_env(JsonValue env, Variables& variables) {
  for (const JsonValue member : env) {
    if (member.is(JsonKind::string)) variables.add({"env"}, member, false);
  }
  const auto table = object_in(env, "vars");
  if (!table) return;
  for (const JsonValue member : *table) variables.add({"env", "vars"}, member, false);
}

}  // namespace

void read_config_variables(JsonValue root, ConfigReading& reading) {
  Variables variables(reading);
  if (const auto env = object_in(root, "env")) read_env(*env, variables);
  const auto skills = object_in(root, "skills");
  const auto entries = skills ? object_in(*skills, "entries") : std::nullopt;
  if (!entries) return;
  for (const JsonValue skill : *entries) {
    const auto table = object_in(skill, "env");
    if (!table) continue;
    const ConfigSegments front = {"skills", "entries", std::string(skill.name()), "env"};
    for (const JsonValue member : *table) variables.add(front, member, true);
  }
}

void require_room(const ConfigReading& reading) {
  if (reading.fields.size() + reading.variables.size() + reading.warnings.size() < kMostEntries) return;
  throw vault::Error(vault::ErrorCode::bad_input, "there are more than 65536 secrets and variables in it");
}

}  // namespace formats
