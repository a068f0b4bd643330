// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "vault/seal/codec.h"
#include "vault/seal/stored_name.h"

namespace vault {
namespace {

constexpr std::uint8_t kVersion = 1;

enum Tag : std::uint8_t {  // persistent: never renumber
  kProfile = 1,
  kLastUsed = 2,
  kLastFailureAt = 3,
  kCooldownUntil = 4,
  kDisabledUntil = 5,
  kBlockedUntil = 6,
  kLastProbeAt = 7,
  kErrorCount = 8,
  kFailureCounts = 9,
  kCooldownReason = 10,
  kCooldownModel = 11,
  kDisabledReason = 12,
  kForeign = 13,
};

void write_time(FieldWriter& fields, std::uint8_t tag, const std::optional<Timestamp>& time) {
  if (time) fields.number(tag, time->ms);
}

std::optional<Timestamp> read_time(FieldReader& fields, std::uint8_t tag) {
  const auto ms = fields.number(tag);
  if (!ms) return std::nullopt;
  return Timestamp{*ms};
}

// reason, count, reason, count ...: sorted by reason, as the map is.
void write_counts(FieldWriter& fields, const std::map<std::string, std::int64_t>& counts) {
  if (counts.empty()) return;
  std::vector<std::string> flat;
  for (const auto& [reason, count] : counts) {
    flat.push_back(reason);
    flat.push_back(std::to_string(count));
  }
  fields.texts(kFailureCounts, flat);
}

std::int64_t decimal(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || std::to_string(value) != text) fail_as_damaged();
  return value;
}

std::map<std::string, std::int64_t> read_counts(FieldReader& fields) {
  const auto flat = fields.texts(kFailureCounts);
  if (!flat) return {};
  if (flat->empty() || flat->size() % 2 != 0) fail_as_damaged();
  std::map<std::string, std::int64_t> counts;
  for (std::size_t i = 0; i < flat->size(); i += 2) {
    const bool ascending = counts.empty() || counts.rbegin()->first < (*flat)[i];
    if (!ascending) fail_as_damaged();
    counts.emplace((*flat)[i], decimal((*flat)[i + 1]));
  }
  return counts;
}

}  // namespace

WipedBytes encode(const ProfileUsage& usage) {
  const auto& stats = usage.stats;
  FieldWriter fields(kVersion);
  fields.text(kProfile, usage.profile.text());
  write_time(fields, kLastUsed, stats.last_used);
  write_time(fields, kLastFailureAt, stats.last_failure_at);
  write_time(fields, kCooldownUntil, stats.cooldown_until);
  write_time(fields, kDisabledUntil, stats.disabled_until);
  write_time(fields, kBlockedUntil, stats.blocked_until);
  write_time(fields, kLastProbeAt, stats.last_probe_at);
  fields.optional_number(kErrorCount, stats.error_count);
  write_counts(fields, stats.failure_counts);
  fields.optional_text(kCooldownReason, stats.cooldown_reason);
  fields.optional_text(kCooldownModel, stats.cooldown_model);
  fields.optional_text(kDisabledReason, stats.disabled_reason);
  if (!stats.foreign.empty()) fields.text(kForeign, stats.foreign);
  return fields.take();
}

ProfileUsage decode_usage(ByteView plaintext) {
  FieldReader fields(plaintext, kVersion);
  ProfileUsage usage{stored_name<ProfileId>(fields.required_text(kProfile)), {}};
  auto& stats = usage.stats;
  stats.last_used = read_time(fields, kLastUsed);
  stats.last_failure_at = read_time(fields, kLastFailureAt);
  stats.cooldown_until = read_time(fields, kCooldownUntil);
  stats.disabled_until = read_time(fields, kDisabledUntil);
  stats.blocked_until = read_time(fields, kBlockedUntil);
  stats.last_probe_at = read_time(fields, kLastProbeAt);
  stats.error_count = fields.number(kErrorCount);
  stats.failure_counts = read_counts(fields);
  stats.cooldown_reason = fields.text(kCooldownReason);
  stats.cooldown_model = fields.text(kCooldownModel);
  stats.disabled_reason = fields.text(kDisabledReason);
  if (auto foreign = fields.text(kForeign)) {
    if (foreign->empty()) fail_as_damaged();
    stats.foreign = std::move(*foreign);
  }
  fields.finish();
  return usage;
}

}  // namespace vault
