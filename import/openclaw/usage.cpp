// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/usage.h"

#include <charconv>

namespace formats {
namespace {

using vault::Timestamp;
using vault::UsageStats;

struct TimeMember {
  std::string_view name;
  std::optional<Timestamp> UsageStats::*field;
};
constexpr TimeMember kTimes[] = {
    {"lastUsed", &UsageStats::last_used},           {"lastFailureAt", &UsageStats::last_failure_at},
    {"cooldownUntil", &UsageStats::cooldown_until}, {"disabledUntil", &UsageStats::disabled_until},
    {"blockedUntil", &UsageStats::blocked_until},   {"lastProbeAt", &UsageStats::last_probe_at},
};

struct TextMember {
  std::string_view name;
  std::optional<std::string> UsageStats::*field;
};
constexpr TextMember kTexts[] = {
    {"cooldownReason", &UsageStats::cooldown_reason},
    {"cooldownModel", &UsageStats::cooldown_model},
    {"disabledReason", &UsageStats::disabled_reason},
};

// Only numbers that come out again as they went in.
std::optional<std::int64_t> whole_number(JsonValue value) {
  if (!value.is(JsonKind::number)) return std::nullopt;
  std::int64_t number = 0;
  const auto text = value.text();
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || text == "-0") return std::nullopt;
  return number;
}

bool take_counts(UsageStats& stats, JsonValue counts) {
  if (!counts.is(JsonKind::object) || counts.empty()) return false;
  for (const JsonValue count : counts) {
    if (!whole_number(count)) return false;
  }
  for (const JsonValue count : counts) stats.failure_counts[std::string(count.name())] = *whole_number(count);
  return true;
}

bool take_member(UsageStats& stats, JsonValue member) {
  if (member.name() == "failureCounts") return take_counts(stats, member);
  if (member.name() == "errorCount") return (stats.error_count = whole_number(member)).has_value();
  for (const auto& [name, field] : kTexts) {
    if (member.name() != name || !member.is(JsonKind::string)) continue;
    stats.*field = std::string(member.text());
    return true;
  }
  for (const auto& [name, field] : kTimes) {
    if (member.name() != name) continue;
    const auto number = whole_number(member);
    if (number) stats.*field = Timestamp{*number};
    return number.has_value();
  }
  return false;
}

// Does the model hold this member itself? Then the foreign one of that name is out of date.
bool holds(const UsageStats& stats, std::string_view member) {
  if (member == "failureCounts") return !stats.failure_counts.empty();
  if (member == "errorCount") return stats.error_count.has_value();
  for (const auto& [name, field] : kTexts) {
    if (member == name) return (stats.*field).has_value();
  }
  for (const auto& [name, field] : kTimes) {
    if (member == name) return (stats.*field).has_value();
  }
  return false;
}

void write_counts(JsonWriter& writer, const UsageStats& stats) {
  if (stats.error_count) {
    writer.name("errorCount");
    writer.integer(*stats.error_count);
  }
  if (stats.failure_counts.empty()) return;
  writer.name("failureCounts");
  writer.begin_object();
  for (const auto& [reason, count] : stats.failure_counts) {
    writer.name(reason);
    writer.integer(count);
  }
  writer.end_object();
}

}  // namespace

UsageStats read_usage_stats(JsonValue value) {
  UsageStats stats;
  JsonMembers foreign;
  for (const JsonValue member : value) {
    if (!take_member(stats, member)) foreign.add(member);
  }
  stats.foreign = foreign.take().reveal();
  return stats;
}

void write_usage_stats(JsonWriter& writer, const UsageStats& stats) {
  writer.begin_object();
  for (const auto& [name, field] : kTimes) {
    if (!(stats.*field)) continue;
    writer.name(name);
    writer.integer((stats.*field)->ms);
  }
  write_counts(writer, stats);
  for (const auto& [name, field] : kTexts) {
    if (stats.*field) writer.string_member(name, *(stats.*field));
  }
  if (!stats.foreign.empty()) {
    const JsonDocument foreign(stats.foreign);
    for (const JsonValue member : foreign.root()) {
      if (!holds(stats, member.name())) writer.member(member);
    }
  }
  writer.end_object();
}

}  // namespace formats
