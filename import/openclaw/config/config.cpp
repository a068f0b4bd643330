// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/config/config.h"

#include <algorithm>
#include <array>

#include "import/openclaw/entry.h"
#include "vault/base/error.h"

namespace formats {
namespace {

constexpr std::size_t kLongestId = 1024;
constexpr std::size_t kLongestProvider = 256;
constexpr std::array<std::string_view, 8> kSecretMembers = {"key",    "apiKey",  "api_key", "token",
                                                            "access", "refresh", "keyRef",  "tokenRef"};

std::optional<JsonValue> find_below(JsonValue root, std::string_view outer, std::string_view inner) {
  const auto part = root.find(outer);
  return part ? part->find(inner) : std::nullopt;
}

void add_agent(OpenclawConfig& config, std::string_view id, JsonValue entry) {
  if (vault::trimmed(id).empty()) return;
  auto name = vault::AgentName::normalised(id);
  const auto same = [&name](const ConfiguredAgent& agent) { return agent.name == name; };
  if (std::ranges::any_of(config.agents, same)) return;
  const auto chosen = entry.find("default");
  config.agents.push_back(
      {std::move(name), std::string(entry.find_string("agentDir").value_or("")), chosen && chosen->is_true()});
}

// The newest OpenClaw keeps a table of agents, the older ones a list.
void read_agents(JsonValue root, OpenclawConfig& config) {
  const auto table = find_below(root, "agents", "entries");
  if (table && table->is(JsonKind::object)) {
    for (const JsonValue entry : *table) add_agent(config, entry.name(), entry);
  }
  const auto list = find_below(root, "agents", "list");
  if (!list || !list->is(JsonKind::array)) return;
  for (const JsonValue entry : *list) add_agent(config, entry.find_string("id").value_or(""), entry);
}

bool is_provider(std::optional<std::string_view> text) {
  return text && text->size() <= kLongestProvider && !vault::trimmed(*text).empty();
}

bool holds_a_secret(JsonValue entry) {
  return std::ranges::any_of(kSecretMembers, [entry](std::string_view name) { return entry.find(name).has_value(); });
}

void read_profile(JsonValue entry, OpenclawConfig& config) {
  const auto id = entry.name();
  const auto provider = entry.find_string("provider");
  if (id.empty() || id.size() > kLongestId || !is_provider(provider)) return;
  config.profiles.push_back({vault::ProfileId(std::string(id)), vault::ProviderId(std::string(*provider)),
                             std::string(entry.find_string("mode").value_or(""))});
  if (!holds_a_secret(entry)) return;
  auto draft = read_openclaw_entry(id, entry, {.infer_kind = true}, config.warnings);
  if (draft) config.credentials.push_back(std::move(*draft));
}

void read_order(JsonValue list, OpenclawConfig& config) {
  if (!is_provider(list.name()) || !list.is(JsonKind::array)) {
    config.warnings.push_back(
        {"invalid_order", shortened(list.name()), "an order in the configuration is no list", true});
    return;
  }
  vault::ProviderOrder order{vault::ProviderId(std::string(list.name())), std::vector<vault::ProfileId>(),
                             std::nullopt};
  const auto same = [&order](const vault::ProviderOrder& other) { return other.provider == order.provider; };
  if (std::ranges::any_of(config.orders, same)) return;  // a second spelling of the provider: OpenClaw takes the first
  for (const JsonValue element : list) {
    const auto id = vault::trimmed(element.text());
    if (element.is(JsonKind::string) && !id.empty() && id.size() <= kLongestId)
      order.ids->emplace_back(std::string(id));
  }
  config.orders.push_back(std::move(order));
}

}  // namespace

OpenclawConfig read_openclaw_config(std::string_view text) {
  const JsonDocument document(text, JsonDialect::json5);
  const JsonValue root = document.root();
  if (!root.is(JsonKind::object)) throw vault::Error(vault::ErrorCode::bad_input, "the document is no object");
  OpenclawConfig config;
  read_agents(root, config);
  const auto profiles = find_below(root, "auth", "profiles");
  if (profiles && profiles->is(JsonKind::object)) {
    for (const JsonValue entry : *profiles) read_profile(entry, config);
  }
  const auto orders = find_below(root, "auth", "order");
  if (orders && orders->is(JsonKind::object)) {
    for (const JsonValue list : *orders) read_order(list, config);
  }
  return config;
}

}  // namespace formats
