// SPDX-License-Identifier: Apache-2.0
#pragma once
// What judgement works on: sheets, usage, orders and a time. No secret, no disk.
// The rules are those of OpenClaw 2026.9.6, found by running it; its names for reasons are used word for word.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "vault/base/clock.h"
#include "vault/base/ids.h"
#include "vault/model/profile_sheet.h"
#include "vault/model/usage.h"

namespace vault {

// Why a profile is not a candidate, or is judged as it is. ok: nothing against it.
enum class Reason {
  ok,
  profile_missing,
  setup_inactive,
  provider_mismatch,
  mode_mismatch,
  missing_credential,
  malformed_api_key,
  placeholder,  // ours: OpenClaw has no word for it
  unresolved_ref,
  invalid_expires,
  expired,
  excluded_by_auth_order,
};
std::string_view name_of(Reason reason) noexcept;

// A profile as judged: its sheet, and how it has fared (null: never used). Both live elsewhere and longer.
struct ProfileView {
  const ProfileSheet* sheet = nullptr;
  const UsageStats* usage = nullptr;
};

// What an OpenClaw configuration declares of a profile (auth.profiles.<id>). The vault keeps none; readers may.
struct DeclaredProfile {
  ProfileId id;
  ProviderId provider;
  std::string mode;  // "api_key", "token", "oauth"
};

// The provider under which credentials of this one are looked up (claude-cli -> anthropic, ...).
// The result is a provider key: trimmed, lower case.
std::string lookup_provider(const ProviderId& provider);

// May this profile serve the provider now? `declared`: what the configuration says of it, or null.
Reason eligibility(const ProfileSheet& sheet, const ProviderId& provider, const DeclaredProfile* declared,
                   Timestamp now);

// Until when the profile cools down or is disabled: empty when it is not at `now`. Providers that route elsewhere
// themselves (openrouter, kilocode) never cool down.
std::optional<Timestamp> unusable_until(const ProfileView& profile, Timestamp now);

}  // namespace vault
