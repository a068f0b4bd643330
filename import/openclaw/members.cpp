// SPDX-License-Identifier: Apache-2.0
// The members of a credential that the model has names for.
#include <charconv>
#include <cmath>

#include "import/openclaw/entry.h"

namespace formats {
namespace {

using vault::CredentialKind;
using vault::Expiry;
using vault::SecretField;

constexpr std::size_t kLongestText = 4096;  // e-mail, display name
constexpr std::size_t kLongestRefPart = 1024;
constexpr std::size_t kLongestExpiry = 64;                    // what Expiry::json may hold
constexpr std::int64_t kLeastMilliseconds = 100'000'000'000;  // 1973 in milliseconds, the year 5138 in seconds
constexpr double kTooLargeForTime = 9.2e18;

using Take = bool (*)(EntryBuilder&, JsonValue);

bool is_kind(const EntryBuilder& builder, CredentialKind kind) { return builder.draft.sheet.kind == kind; }

bool take_secret(EntryBuilder& builder, JsonValue member, CredentialKind kind, SecretField field) {
  if (!is_kind(builder, kind)) return false;
  if (!member.is(JsonKind::string)) {
    if (!read_secret_ref(member)) {
      builder.warn("wrong_type", "its '" + std::string(member.name()) + "' is no string: kept, but no credential");
    }
    return false;
  }
  builder.draft.credential.set(field, vault::SecretString::copy_of(member.text()));
  return true;
}

// OpenClaw 2026.4 moves a reference that stands where the secret should be; a reference of its own wins.
bool take_secret_or_ref(EntryBuilder& builder, JsonValue member, CredentialKind kind, SecretField field,
                        std::optional<vault::SecretRef>& ref) {
  if (is_kind(builder, kind) && !ref) ref = read_secret_ref(member);
  return take_secret(builder, member, kind, field);
}

bool take_ref(EntryBuilder& builder, JsonValue member, CredentialKind kind, std::optional<vault::SecretRef>& ref) {
  auto read = read_secret_ref(member);
  if (is_kind(builder, CredentialKind::oauth) && read) {
    builder.warn("oauth_ref", "an OAuth profile cannot refer to a secret elsewhere: kept, but not used");
  }
  if (!is_kind(builder, kind)) return false;
  if (!read) {
    builder.warn("invalid_ref", "its '" + std::string(member.name()) + "' is no valid reference: kept, but not used");
    return false;
  }
  ref = std::move(read);
  return true;
}

bool take_text(JsonValue member, std::optional<std::string>& text) {
  if (!member.is(JsonKind::string) || member.text().size() > kLongestText) return false;
  text = std::string(member.text());
  return true;
}

bool take_expiry(EntryBuilder& builder, JsonValue member) {
  auto& expiry = builder.draft.sheet.expiry;
  expiry = read_expiry(member);
  if (expiry.form == Expiry::Form::invalid) {
    builder.warn("invalid_expires", "its 'expires' is no number of milliseconds: kept as it is");
  } else if (expiry.time.ms > 0 && expiry.time.ms < kLeastMilliseconds) {
    builder.warn("expires_in_seconds", "its 'expires' looks like seconds, but counts milliseconds: kept as it is");
  }
  return expiry.form == Expiry::Form::at || !expiry.json.empty();
}

bool take_copy_flag(EntryBuilder& builder, JsonValue member) {
  if (!member.is(JsonKind::boolean)) return false;
  builder.draft.sheet.copy_to_agents = member.is_true();
  return true;
}

struct Member {
  std::string_view name;
  Take take;
};

constexpr Member kMembers[] = {
    {"type", [](EntryBuilder&, JsonValue) { return true; }},
    {"provider", [](EntryBuilder&, JsonValue) { return true; }},
    {"key",
     [](EntryBuilder& b, JsonValue m) {
       return take_secret_or_ref(b, m, CredentialKind::api_key, SecretField::key, b.draft.sheet.key_ref);
     }},
    {"token",
     [](EntryBuilder& b, JsonValue m) {
       return take_secret_or_ref(b, m, CredentialKind::token, SecretField::token, b.draft.sheet.token_ref);
     }},
    {"keyRef",
     [](EntryBuilder& b, JsonValue m) { return take_ref(b, m, CredentialKind::api_key, b.draft.sheet.key_ref); }},
    {"tokenRef",
     [](EntryBuilder& b, JsonValue m) { return take_ref(b, m, CredentialKind::token, b.draft.sheet.token_ref); }},
    {"access",
     [](EntryBuilder& b, JsonValue m) { return take_secret(b, m, CredentialKind::oauth, SecretField::access); }},
    {"refresh",
     [](EntryBuilder& b, JsonValue m) { return take_secret(b, m, CredentialKind::oauth, SecretField::refresh); }},
    {"idToken",
     [](EntryBuilder& b, JsonValue m) { return take_secret(b, m, CredentialKind::oauth, SecretField::id_token); }},
    {"expires", take_expiry},
    {"email", [](EntryBuilder& b, JsonValue m) { return take_text(m, b.draft.sheet.email); }},
    {"displayName", [](EntryBuilder& b, JsonValue m) { return take_text(m, b.draft.sheet.display_name); }},
    {"copyToAgents", take_copy_flag},
};

bool is_ref_part(std::optional<std::string_view> part) {
  return part && part->size() <= kLongestRefPart && !vault::trimmed(*part).empty();
}

bool is_ref_source(std::string_view source) {
  return source == "env" || source == "file" || source == "exec" || source == "store";
}

}  // namespace

bool take_openclaw_member(EntryBuilder& builder, JsonValue member) {
  for (const Member& known : kMembers) {
    if (known.name == member.name()) return known.take(builder, member);
  }
  return false;
}

std::optional<vault::SecretRef> read_secret_ref(JsonValue value) {
  const auto source = value.find_string("source");
  const auto id = value.find_string("id");
  if (!source || !is_ref_source(*source) || !is_ref_part(id)) return std::nullopt;
  vault::SecretRef ref{std::string(*source), std::nullopt, std::string(*id)};
  for (const JsonValue member : value) {
    if (member.name() == "source" || member.name() == "id") continue;
    if (member.name() != "provider" || !is_ref_part(value.find_string("provider"))) return std::nullopt;
    ref.provider = std::string(member.text());
  }
  return ref;
}

Expiry read_expiry(JsonValue value) {
  // Decided before it is written out: a long value may be a secret in the wrong place.
  std::string json =
      value.node_count() <= kLongestExpiry && value.text().size() <= kLongestExpiry ? json_text_of(value) : "";
  if (json.empty() || json.size() > kLongestExpiry) return Expiry::invalid({});
  if (!value.is(JsonKind::number)) return Expiry::invalid(std::move(json));
  std::int64_t whole = 0;
  const char* const end = json.data() + json.size();
  if (const auto read = std::from_chars(json.data(), end, whole); read.ec == std::errc{} && read.ptr == end) {
    if (std::to_string(whole) == json) json.clear();
    return {Expiry::Form::at, {whole}, std::move(json)};
  }
  double number = 0;
  const auto read = std::from_chars(json.data(), end, number);
  if (read.ec != std::errc{} || std::abs(number) >= kTooLargeForTime) return Expiry::invalid(std::move(json));
  return {Expiry::Form::at, {static_cast<std::int64_t>(std::ceil(number))}, std::move(json)};
}

}  // namespace formats
