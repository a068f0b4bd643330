// SPDX-License-Identifier: Apache-2.0
#include "tests/import/openclaw/support.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace formats::test {
namespace {

using Json = nlohmann::json;

std::string missing(const Json& larger, const Json& smaller, const std::string& path) {
  if (!smaller.is_structured()) return larger == smaller ? "" : path;
  if (larger.type() != smaller.type()) return path;
  for (const auto& [name, value] : smaller.items()) {
    const std::string inner = path + "/" + name;
    const bool there = smaller.is_object() ? larger.contains(name) : std::stoul(name) < larger.size();
    if (!there) return inner;
    const Json& other = smaller.is_object() ? larger[name] : larger[std::stoul(name)];
    if (auto found = missing(other, value, inner); !found.empty()) return found;
  }
  return "";
}

std::vector<std::string> listed(const std::vector<vault::ImportWarning>& warnings, bool rejected) {
  std::vector<std::string> list;
  for (const auto& warning : warnings) {
    if (warning.rejected == rejected) list.push_back(warning.reason + " " + warning.subject);
  }
  return list;
}

}  // namespace

std::string sample(std::string_view name) {
  std::ifstream file(std::string(CLAVIGER_SAMPLES) + "/openclaw/" + std::string(name), std::ios::binary);
  if (!file) throw std::runtime_error("no sample " + std::string(name));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string json_difference(std::string_view left, std::string_view right) {
  const Json patch = Json::diff(Json::parse(left), Json::parse(right));
  return patch.empty() ? "" : patch.dump();
}

std::string json_missing(std::string_view larger, std::string_view smaller) {
  return missing(Json::parse(larger), Json::parse(smaller), "");
}

std::string exported(const vault::AgentBatch& batch, OpenclawGeneration generation) {
  std::string text;
  OpenclawProfilesWriter writer([&text](std::string_view piece) { text += piece; }, generation);
  for (const auto& [sheet, credential] : batch.profiles) writer.add(sheet, credential);
  writer.finish(batch.orders, batch.usage, batch.foreign);
  return text;
}

std::string exported_state(const vault::AgentBatch& batch) {
  return std::string(write_auth_state(batch.orders, batch.usage, batch.foreign).reveal());
}

vault::AgentBatch read(std::string_view text) { return read_openclaw_profiles(text, vault::AgentName::shared()); }

std::string store_of(std::string_view members) {
  return R"({"version":1,"profiles":{"p:x":{)" + std::string(members) + "}}}";
}

const vault::ProfileDraft& profile(const vault::AgentBatch& batch, std::string_view id) {
  for (const auto& draft : batch.profiles) {
    if (draft.sheet.id.text() == id) return draft;
  }
  throw std::runtime_error("no profile " + std::string(id));
}

std::string secret(const vault::ProfileDraft& draft, vault::SecretField field) {
  const auto* value = draft.credential.find(field);
  return value == nullptr ? "(none)" : std::string(value->reveal());
}

std::string foreign(const vault::ProfileDraft& draft) { return std::string(draft.credential.foreign().reveal()); }

std::vector<std::string> rejected(const std::vector<vault::ImportWarning>& warnings) { return listed(warnings, true); }
std::vector<std::string> noted(const std::vector<vault::ImportWarning>& warnings) { return listed(warnings, false); }

}  // namespace formats::test
