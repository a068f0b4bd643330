// SPDX-License-Identifier: Apache-2.0
#include "import/openclaw/entry.h"

#include <algorithm>
#include <iterator>

#include "import/openclaw/key_aliases.h"
#include "vault/base/encoding.h"
#include "vault/model/placeholder.h"

namespace formats {
namespace {

using vault::CredentialKind;
using vault::SecretField;

constexpr std::size_t kLongestId = 1024;
constexpr std::size_t kLongestProvider = 256;
constexpr std::size_t kShortened = 64;
constexpr std::string_view kKeyAliases[] = {"apiKey", "api_key"};

std::optional<CredentialKind> kind_in_words(JsonValue word) {
  if (!word.is(JsonKind::string)) return std::nullopt;
  return word.text() == "apiKey" ? CredentialKind::api_key : vault::kind_named(word.text());
}

bool has_string(JsonValue entry, std::string_view name) { return entry.find_string(name).has_value(); }

// OpenClaw's own sequence of guesses for flat files.
std::optional<CredentialKind> inferred_kind(JsonValue entry) {
  const bool key = has_string(entry, "key") || has_string(entry, "apiKey") || has_string(entry, "api_key");
  if (key || entry.find("keyRef")) return CredentialKind::api_key;
  if (has_string(entry, "token") || entry.find("tokenRef")) return CredentialKind::token;
  const auto expires = entry.find("expires");
  const bool dated = expires && expires->is(JsonKind::number);
  if (dated && has_string(entry, "access") && has_string(entry, "refresh")) return CredentialKind::oauth;
  return std::nullopt;
}

std::optional<CredentialKind> kind_of(JsonValue entry, const EntryRules& rules) {
  if (const auto type = entry.find("type")) return kind_in_words(*type);
  if (const auto mode = entry.find("mode")) return kind_in_words(*mode);
  if (rules.default_kind) return rules.default_kind;
  return rules.infer_kind ? inferred_kind(entry) : std::nullopt;
}

std::string_view provider_of(JsonValue entry, const EntryRules& rules) {
  const auto provider = entry.find_string("provider");
  if (provider && !vault::trimmed(*provider).empty()) return *provider;
  return vault::trimmed(rules.default_provider).empty() ? std::string_view() : rules.default_provider;
}

// The member that has the key under one of its older names; empty when the key stands under its own, or is a reference.
// It is taken as the key and not kept beside it: a key has one place, and whoever replaces it replaces all of it.
std::string_view aliased_key(JsonValue entry, CredentialKind kind) {
  if (kind != CredentialKind::api_key || entry.find("key")) return {};
  if (const auto ref = entry.find("keyRef"); ref && read_secret_ref(*ref)) return {};
  for (const std::string_view alias : kKeyAliases) {
    if (has_string(entry, alias)) return alias;
  }
  return {};
}

// A line of the shell that was pasted where the key should be.
bool is_onboarding_command(std::string_view key) {
  const auto program = key.find("openclaw");
  const auto command = key.find("onboard", program == std::string_view::npos ? key.size() : program);
  return command != std::string_view::npos && key.find("--auth-choice", command) != std::string_view::npos;
}

void judge(EntryBuilder& builder) {
  auto& [sheet, credential] = builder.draft;
  sheet.usable_fields = credential.usable();
  const auto setup = builder.entry.find("setup");
  const auto replacement = setup ? setup->find("replacement") : std::nullopt;
  sheet.setup_replacement = replacement && replacement->is_true();
  const auto oauth_ref = builder.entry.find("oauthRef");
  sheet.unresolved_oauth_ref = sheet.kind == CredentialKind::oauth && oauth_ref && oauth_ref->is(JsonKind::object) &&
                               !sheet.usable_fields.contains(SecretField::access) &&
                               !sheet.usable_fields.contains(SecretField::refresh);
  if (reference_of(sheet) != nullptr && sheet.usable_fields.contains(vault::main_field(sheet.kind))) {
    builder.warn("shadowed_secret", "it has a secret and a reference; OpenClaw uses the reference: both are kept");
  }
  const auto* key = credential.find(SecretField::key);
  sheet.malformed_key = key != nullptr && is_onboarding_command(key->reveal());
  if (sheet.malformed_key) builder.warn("malformed_key", "its key is a command line: kept as it is");
  for (const auto field : vault::kSecretFields) {
    const auto* value = credential.find(field);
    if (value == nullptr || !vault::is_placeholder(value->reveal())) continue;
    builder.warn("placeholder",
                 "its '" + std::string(vault::name_of(field)) + "' holds a placeholder, no secret: kept as it is");
  }
}

std::optional<std::pair<std::string, std::string>> reason_to_reject(std::string_view id, JsonValue entry,
                                                                    const EntryRules& rules) {
  using Reason = std::pair<std::string, std::string>;
  if (id.empty()) return Reason("missing_id", "its name is empty");
  if (id.size() > kLongestId) return Reason("id_too_long", "its name is longer than 1024 bytes");
  if (!entry.is(JsonKind::object)) return Reason("non_object", "it is no object");
  if (!kind_of(entry, rules)) return Reason("invalid_type", "its type is none of api_key, token and oauth");
  const auto provider = provider_of(entry, rules);
  if (provider.empty()) return Reason("missing_provider", "it names no provider");
  if (provider.size() > kLongestProvider) return Reason("provider_too_long", "its provider is longer than 256 bytes");
  return std::nullopt;
}

}  // namespace

vault::SecretString without_key_aliases(const vault::SecretString& foreign) {
  if (foreign.empty()) return {};
  const JsonDocument document(foreign.reveal());
  JsonMembers kept;
  for (const JsonValue member : document.root()) {
    if (std::ranges::find(kKeyAliases, member.name()) == std::end(kKeyAliases)) kept.add(member);
  }
  return kept.take();
}

void EntryBuilder::warn(std::string reason, std::string text) {
  warnings->push_back({std::move(reason), draft.sheet.id.text(), std::move(text), false});
}

std::string shortened(std::string_view name) {
  if (name.size() <= kShortened) return std::string(name);
  std::size_t size = kShortened;
  while (size > 0 && !vault::is_utf8(name.substr(0, size))) --size;
  return std::string(name.substr(0, size)) + "...";
}

std::optional<vault::ProfileDraft> read_openclaw_entry(std::string_view id, JsonValue entry, const EntryRules& rules,
                                                       std::vector<vault::ImportWarning>& warnings) {
  if (auto reason = reason_to_reject(id, entry, rules)) {
    warnings.push_back({std::move(reason->first), shortened(id), "left out: " + reason->second, true});
    return std::nullopt;
  }
  const vault::ProviderId provider{std::string(provider_of(entry, rules))};
  vault::ProfileSheet sheet{
      .id = vault::ProfileId(std::string(id)), .provider = provider, .kind = *kind_of(entry, rules)};
  EntryBuilder builder{{std::move(sheet), {}}, entry, &warnings};
  JsonMembers foreign;
  const auto alias = aliased_key(entry, builder.draft.sheet.kind);
  for (const JsonValue member : entry) {
    if (!alias.empty() && member.name() == alias) {
      builder.draft.credential.set(SecretField::key, vault::SecretString::copy_of(member.text()));
    } else if (!take_openclaw_member(builder, member)) {
      foreign.add(member);
    }
  }
  builder.draft.credential.set_foreign(foreign.take());
  judge(builder);
  return std::move(builder.draft);
}

}  // namespace formats
