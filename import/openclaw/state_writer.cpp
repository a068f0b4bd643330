// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "import/openclaw/state.h"
#include "import/openclaw/usage.h"

namespace formats {
namespace {

using Names = std::set<std::string_view>;

void write_orders(JsonWriter& writer, std::span<const vault::ProviderOrder> orders, Names& written) {
  for (const auto& order : orders) {
    if (!order.ids || !written.insert(order.provider.text()).second) continue;
    writer.name(order.provider.text());
    writer.begin_array();
    for (const auto& id : *order.ids) writer.string(id.text());
    writer.end_array();
  }
}

void write_last_good(JsonWriter& writer, std::span<const vault::ProviderOrder> orders, Names& written) {
  for (const auto& order : orders) {
    if (!order.last_good || !written.insert(order.provider.text()).second) continue;
    writer.string_member(order.provider.text(), order.last_good->text());
  }
}

void write_usage(JsonWriter& writer, std::span<const vault::ProfileUsage> usage, Names& written) {
  for (const auto& [profile, stats] : usage) {
    if (!written.insert(profile.text()).second) continue;
    writer.name(profile.text());
    write_usage_stats(writer, stats);
  }
}

// One of the three tables: what the model has, then what only the foreign one has.
template <class WriteOwn>
void write_table(JsonWriter& writer, std::string_view name, bool has_own, std::optional<JsonValue> foreign,
                 WriteOwn write_own) {
  const auto rest = foreign ? foreign->find(name) : std::nullopt;
  if (!has_own && rest) return writer.member(*rest);
  if (!has_own) return;
  Names written;
  writer.name(name);
  writer.begin_object();
  write_own(written);
  if (rest && rest->is(JsonKind::object)) {
    for (const JsonValue member : *rest) {
      if (!written.contains(member.name())) writer.member(member);
    }
  }
  writer.end_object();
}

bool has_ids(std::span<const vault::ProviderOrder> orders) {
  return std::ranges::any_of(orders, [](const auto& order) { return order.ids.has_value(); });
}

bool has_last_good(std::span<const vault::ProviderOrder> orders) {
  return std::ranges::any_of(orders, [](const auto& order) { return order.last_good.has_value(); });
}

}  // namespace

bool has_openclaw_state(std::span<const vault::ProviderOrder> orders, std::span<const vault::ProfileUsage> usage,
                        std::optional<JsonValue> foreign) {
  if (has_ids(orders) || has_last_good(orders) || !usage.empty()) return true;
  return foreign && (foreign->find("order") || foreign->find("lastGood") || foreign->find("usageStats"));
}

void write_openclaw_state(JsonWriter& writer, std::span<const vault::ProviderOrder> orders,
                          std::span<const vault::ProfileUsage> usage, std::optional<JsonValue> foreign) {
  write_table(writer, "order", has_ids(orders), foreign, [&](Names& names) { write_orders(writer, orders, names); });
  write_table(writer, "lastGood", has_last_good(orders), foreign,
              [&](Names& names) { write_last_good(writer, orders, names); });
  write_table(writer, "usageStats", !usage.empty(), foreign, [&](Names& names) { write_usage(writer, usage, names); });
}

}  // namespace formats
