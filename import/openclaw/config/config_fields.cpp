// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config_fields.h"

#include <algorithm>

#include "import/json/secret_json.h"
#include "import/openclaw/config/config_fields_data.h"
#include "vault/base/error.h"

namespace formats {
namespace {

constexpr std::size_t kLargestMatrix = std::size_t{1} << 20;
constexpr std::size_t kMostFields = 4096;
constexpr std::size_t kMostSegments = 32;
constexpr std::size_t kLongestPath = 1024;
constexpr const char* kExcluded = "excludedMutableOrRuntimeManaged";

[[noreturn]] void refuse(const std::string& why) {
  throw vault::Error(vault::ErrorCode::bad_input, "this is no list of OpenClaw's secret fields: " + why);
}

// "agents.list[].x" is agents, list, [], x. Names in these lists have no dots of their own.
ConfigSegments pattern_of(std::string_view path) {
  if (path.empty() || path.size() > kLongestPath) refuse("a path that is empty or too long");
  ConfigSegments pattern;
  while (true) {
    const auto dot = path.find('.');
    std::string_view name = path.substr(0, dot);
    const bool is_array = name.ends_with("[]");
    if (is_array) name.remove_suffix(2);
    if (name.empty()) refuse("a path with an empty name");
    pattern.emplace_back(name);
    if (is_array) pattern.emplace_back("[]");
    if (pattern.size() > kMostSegments) refuse("a path with too many names");
    if (dot == std::string_view::npos) return pattern;
    path.remove_prefix(dot + 1);
  }
}

std::string joined(const ConfigSegments& pattern, bool with_stars) {
  std::string text;
  for (const auto& name : pattern) {
    if (name == "*" && !with_stars) continue;
    if (!text.empty() && name != "[]") text += '.';
    text += name;
  }
  return text;
}

bool begins(const ConfigSegments& pattern, const ConfigSegments& front) {
  return pattern.size() >= front.size() && std::equal(front.begin(), front.end(), pattern.begin());
}

// OpenClaw's registered names are the patterns themselves, but for these three families.
std::string type_of(const ConfigSegments& pattern) {
  if (begins(pattern, {"models", "providers", "*"}) || begins(pattern, {"skills", "entries", "*"})) {
    return joined(pattern, false);
  }
  if (begins(pattern, {"channels", "googlechat", "accounts", "*", "serviceAccount"})) {
    return "channels.googlechat.serviceAccount";
  }
  return joined(pattern, true);
}

bool fits(const std::string& wanted, const std::string& segment) {
  if (wanted == "[]") {
    const bool is_number = std::ranges::all_of(segment, [](char c) { return c >= '0' && c <= '9'; });
    return is_number && !segment.empty() && (segment == "0" || segment[0] != '0');
  }
  return wanted == segment || (wanted == "*" && !segment.empty());
}

// A wider one would take anything for a secret, the providers that answer for them included.
void require_sense(const ConfigSegments& pattern) {
  const auto& outermost = pattern.front();
  if (outermost == "*" || outermost == "secrets") refuse("a path that is no secret's");
}

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('.') + 1); }

}  // namespace

const ConfigFields& ConfigFields::known() {
  static const ConfigFields fields = [] {
    ConfigFields read;
    std::string_view text = known_config_fields();
    while (!text.empty()) {
      const auto line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), line.size() + 1));
      if (line.empty() || line.starts_with('#')) continue;
      const auto blank = std::min(line.find(' '), line.size());
      read.add(line.substr(0, blank), line.substr(std::min(line.size(), blank + 1)));
    }
    read.sort();
    return read;
  }();
  return fields;
}

ConfigFields ConfigFields::from_matrix(std::string_view json) {
  if (json.size() > kLargestMatrix) refuse("larger than 1 MiB");
  const JsonDocument document(json);
  const auto entries = document.root().find("entries");
  if (!entries || !entries->is(JsonKind::array)) refuse("no entries");
  ConfigFields read;
  for (const JsonValue entry : *entries) {
    const auto path = entry.find_string("path");
    if (!path || entry.find_string("configFile") != "openclaw.json") continue;
    read.add(*path, last_name(entry.find_string("refPath").value_or("")));
    require_sense(read.fields_.back().pattern);
  }
  if (read.fields_.empty()) refuse("no entries for openclaw.json");
  const auto excluded = document.root().find(kExcluded);
  if (excluded && excluded->is(JsonKind::array)) {
    for (const JsonValue path : *excluded) {
      if (read.excluded_.size() == kMostFields) refuse("too many entries");
      if (path.is(JsonKind::string)) read.excluded_.push_back(pattern_of(path.text()));
    }
  }
  read.sort();
  return read;
}

ConfigFields ConfigFields::known_and(const ConfigFields& installed) {
  ConfigFields both = known();
  for (const auto& field : installed.fields_) {
    if (std::ranges::find(known().fields_, field.pattern, &ConfigField::pattern) == known().fields_.end())
      both.fields_.push_back(field);
  }
  std::erase_if(both.fields_, [&](const ConfigField& field) { return installed.excludes(field); });
  both.sort();
  return both;
}

bool ConfigFields::excludes(const ConfigField& field) const {
  const auto same = [](const std::string& wanted, const std::string& name) { return wanted == name || wanted == "*"; };
  return std::ranges::any_of(
      excluded_, [&](const ConfigSegments& pattern) { return std::ranges::equal(pattern, field.pattern, same); });
}

void ConfigFields::add(std::string_view path, std::string_view ref_member) {
  if (fields_.size() == kMostFields) refuse("too many entries");
  auto pattern = pattern_of(path);
  auto type = type_of(pattern);
  fields_.push_back({std::move(pattern), std::move(type), std::string(ref_member)});
}

void ConfigFields::sort() { std::ranges::sort(fields_, {}, &ConfigField::pattern); }

const ConfigField* ConfigFields::match(const ConfigSegments& segments) const {
  const auto at = std::ranges::find_if(
      fields_, [&](const ConfigField& field) { return std::ranges::equal(field.pattern, segments, fits); });
  return at == fields_.end() ? nullptr : &*at;
}

bool is_model_key(const ConfigField& field) { return field.type == "models.providers.apiKey"; }

bool is_account_object(const ConfigField& field) { return field.type == "channels.googlechat.serviceAccount"; }

bool is_header(const ConfigField& field) {
  return field.type == "models.providers.headers" || field.type == "models.providers.request.headers";
}

}  // namespace formats
