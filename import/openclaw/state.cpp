// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/state.h"

#include <set>
#include <unordered_map>

#include "import/openclaw/entry.h"
#include "import/openclaw/usage.h"

namespace formats {
namespace {

constexpr std::size_t kLongestId = 1024;
constexpr std::size_t kLongestProvider = 256;

bool is_id(JsonValue value) {
  return value.is(JsonKind::string) && value.text().size() <= kLongestId && !vault::trimmed(value.text()).empty();
}

bool is_provider(std::string_view text) { return text.size() <= kLongestProvider && !vault::trimmed(text).empty(); }

// The batch's orders by provider. Null for a second spelling of a provider: it stays foreign JSON,
// because one order cannot be written under two names.
class Orders {
 public:
  explicit Orders(std::vector<vault::ProviderOrder>& orders) : orders_(orders) {}

  vault::ProviderOrder* find_or_add(std::string_view name) {
    vault::ProviderId provider{std::string(name)};
    const auto [at, added] = places_.try_emplace(provider.key(), orders_.size());
    if (added) orders_.push_back({std::move(provider), std::nullopt, std::nullopt});
    auto& order = orders_[at->second];
    return order.provider.text() == name ? &order : nullptr;
  }

 private:
  std::vector<vault::ProviderOrder>& orders_;
  std::unordered_map<std::string, std::size_t> places_;
};

// Trimmed, without what is no id: what OpenClaw makes of a list.
std::vector<vault::ProfileId> ids_in(JsonValue list) {
  std::vector<vault::ProfileId> ids;
  for (const JsonValue element : list) {
    if (is_id(element)) ids.emplace_back(std::string(vault::trimmed(element.text())));
  }
  return ids;
}

std::size_t count_of(JsonValue list) { return static_cast<std::size_t>(std::distance(list.begin(), list.end())); }

// A warning's reason when OpenClaw ignores the order or part of it, else empty.
std::string_view flaw_of(JsonValue list, std::size_t ids) {
  if (!list.is(JsonKind::array)) return "invalid_order";
  if (count_of(list) == 0) return "empty_order";
  return ids < count_of(list) ? "invalid_order" : std::string_view();
}

void read_order(JsonValue list, Orders& orders, vault::AgentBatch& batch, JsonMembers& foreign) {
  const auto warn = [&](std::string_view reason, const char* text) {
    batch.warnings.push_back({std::string(reason), shortened(list.name()), text, false});
  };
  auto ids = list.is(JsonKind::array) ? ids_in(list) : std::vector<vault::ProfileId>();
  if (const auto flaw = flaw_of(list, ids.size()); !flaw.empty()) {
    warn(flaw, "OpenClaw ignores what is no profile id in this order, and an order without any");
  }
  if (ids.empty() || !is_provider(list.name())) return foreign.add(list);
  auto* order = orders.find_or_add(list.name());
  if (order == nullptr) {
    warn("repeated_order", "a second order for a provider that is only spelt differently: kept, but not used");
    return foreign.add(list);
  }
  order->ids = std::move(ids);
}

void read_last_good(JsonValue id, Orders& orders, JsonMembers& foreign) {
  auto* order = is_id(id) && is_provider(id.name()) ? orders.find_or_add(id.name()) : nullptr;
  if (order == nullptr) return foreign.add(id);
  order->last_good = vault::ProfileId(std::string(id.text()));
}

void read_usage_of(JsonValue stats, vault::AgentBatch& batch, JsonMembers& foreign) {
  const bool legal = !stats.name().empty() && stats.name().size() <= kLongestId && stats.is(JsonKind::object);
  if (!legal) return foreign.add(stats);
  batch.usage.push_back({vault::ProfileId(std::string(stats.name())), read_usage_stats(stats)});
}

// `read_one` for each member of `part`; what it cannot take stands in `foreign` under the part's name.
template <class ReadOne>
void read_part(std::optional<JsonValue> part, JsonMembers& foreign, ReadOne read_one) {
  if (!part) return;
  if (!part->is(JsonKind::object)) return foreign.add(*part);
  JsonMembers rest;
  for (const JsonValue member : *part) read_one(member, rest);
  if (rest.empty()) return;
  foreign.open().name(part->name());
  foreign.open().literal(rest.take().reveal());
}

}  // namespace

bool is_state_member(std::string_view name) noexcept {
  return name == "order" || name == "lastGood" || name == "usageStats";
}

bool is_own_member(std::string_view name) noexcept { return name == "version" || name == "profiles"; }

void read_openclaw_state(JsonValue root, vault::AgentBatch& batch, JsonMembers& foreign) {
  Orders orders(batch.orders);
  read_part(root.find("order"), foreign,
            [&](JsonValue list, JsonMembers& rest) { read_order(list, orders, batch, rest); });
  read_part(root.find("lastGood"), foreign, [&](JsonValue id, JsonMembers& rest) { read_last_good(id, orders, rest); });
  read_part(root.find("usageStats"), foreign,
            [&](JsonValue stats, JsonMembers& rest) { read_usage_of(stats, batch, rest); });
}

void warn_of_dangling_orders(vault::AgentBatch& batch, std::span<const vault::ProviderOrder> orders) {
  std::set<std::string_view> named, known;
  for (const auto& order : orders) {
    if (!order.ids) continue;
    for (const auto& id : *order.ids) named.insert(id.text());
  }
  if (named.empty()) return;
  if (batch.coming) known = batch.coming->those_among(named);
  for (const auto& profile : batch.profiles) known.insert(profile.sheet.id.text());
  for (const auto& order : orders) {
    if (!order.ids) continue;
    for (const auto& id : *order.ids) {
      if (!known.insert(id.text()).second) continue;  // each id once
      batch.warnings.push_back(
          {"dangling_order", id.text(),
           "the order of '" + order.provider.text() + "' names it, but there is no such profile here", false});
    }
  }
}

}  // namespace formats
