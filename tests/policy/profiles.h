// SPDX-License-Identifier: Apache-2.0
#pragma once
// Builders of what policy judges: profiles with their usage, stores of them, and orders.

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "vault/policy/order.h"

namespace vault::testing {

inline constexpr std::int64_t kSecond = 1000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr Timestamp kNow{1'763'700'000'000};

inline Timestamp after_now(std::int64_t milliseconds) { return {kNow.ms + milliseconds}; }

struct Profile {
  ProfileSheet sheet;
  UsageStats usage{};

  Profile& expires(Expiry expiry) { return sheet.expiry = std::move(expiry), *this; }
  Profile& expires_in(std::int64_t milliseconds) { return expires(Expiry::at(after_now(milliseconds))); }
  Profile& last_used(std::int64_t ms) { return usage.last_used = Timestamp{ms}, *this; }
  Profile& cools_down_for(std::int64_t ms) { return usage.cooldown_until = after_now(ms), *this; }
  Profile& disabled_for(std::int64_t ms) { return usage.disabled_until = after_now(ms), *this; }
  Profile& without_secret() { return sheet.usable_fields = SecretFieldSet(), *this; }
  Profile& with(SecretField field) { return sheet.usable_fields.insert(field), *this; }
  Profile& with_key_ref() { return sheet.key_ref = SecretRef{"env", "default", "SOME_KEY"}, *this; }
  Profile& with_token_ref() { return sheet.token_ref = SecretRef{"env", "default", "SOME_TOKEN"}, *this; }
  ProfileView view() const { return {&sheet, &usage}; }
};

inline Profile profile(CredentialKind kind, std::string id, std::string provider = "p") {
  Profile made{ProfileSheet{.id = ProfileId(std::move(id)), .provider = ProviderId(std::move(provider)), .kind = kind}};
  return made.with(main_field(kind));
}
inline Profile api_key(std::string id, std::string provider = "p") {
  return profile(CredentialKind::api_key, std::move(id), std::move(provider));
}
inline Profile token(std::string id, std::string provider = "p") {
  return profile(CredentialKind::token, std::move(id), std::move(provider));
}
// With an access and a refresh token, and good for 30 days.
inline Profile oauth(std::string id, std::string provider = "p") {
  auto made = profile(CredentialKind::oauth, std::move(id), std::move(provider));
  return made.with(SecretField::refresh).expires_in(30 * kDay);
}

// The views live as long as the profiles stay where they are.
inline std::vector<ProfileView> views_of(const std::vector<Profile>& profiles) {
  std::vector<ProfileView> views;
  for (const auto& profile : profiles) views.push_back(profile.view());
  return views;
}

inline std::vector<ProfileId> ids(std::initializer_list<const char*> texts) {
  std::vector<ProfileId> ids;
  for (const auto* text : texts) ids.emplace_back(text);
  return ids;
}

inline std::vector<std::string> candidate_ids(const ResolvedOrder& order) {
  std::vector<std::string> texts;
  for (const auto& candidate : order.candidates) texts.push_back(candidate.sheet->id.text());
  return texts;
}

// As "id reason", in the order given.
inline std::vector<std::string> exclusions(const ResolvedOrder& order) {
  std::vector<std::string> texts;
  for (const auto& exclusion : order.excluded) {
    texts.push_back(exclusion.id.text() + " " + std::string(name_of(exclusion.reason)));
  }
  return texts;
}

}  // namespace vault::testing
