// SPDX-License-Identifier: Apache-2.0
#include "vault/model/secret_ref.h"

#include <algorithm>

namespace vault {
namespace {

constexpr std::string_view kAlias = "claviger";
constexpr std::string_view kProfile = "profile/";
constexpr std::string_view kRef = "ref/";
constexpr std::size_t kRefDigits = 12;

bool is_our_alias(std::string_view alias) noexcept {
  if (!alias.starts_with(kAlias)) return false;
  alias.remove_prefix(kAlias.size());
  return alias.empty() || alias.front() == '-';
}

std::string_view without_selector(std::string_view id) noexcept {
  for (const std::string_view selector : {"/key", "/token", "/access"}) {
    if (id.ends_with(selector)) return id.substr(0, id.size() - selector.size());
  }
  return id;
}

bool is_hash(std::string_view id) noexcept {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return id.starts_with(kRef) && id.size() == kRef.size() + kRefDigits &&
         std::ranges::all_of(id.substr(kRef.size()), is_digit);
}

bool names(std::string_view id, const ProfileId& profile) noexcept {
  return id.starts_with(kProfile) && id.substr(kProfile.size()) == profile.text();
}

}  // namespace

bool refers_to_claviger(const SecretRef& ref, const ProfileId& profile) noexcept {
  if (ref.source != "exec") return false;
  if (ref.provider && is_our_alias(*ref.provider)) return true;
  const auto bare = without_selector(ref.id);
  return is_hash(bare) || names(ref.id, profile) || names(bare, profile);
}

}  // namespace vault
