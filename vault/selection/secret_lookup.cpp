// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/secret_lookup.h"

#include <algorithm>

#include "vault/base/code_points.h"
#include "vault/policy/provider_variables.h"
#include "vault/selection/child_variables.h"
#include "vault/selection/profile_ref.h"

namespace vault {
namespace {

constexpr std::size_t kLongestExecId = 256;
constexpr std::string_view kProfile = "profile/", kRef = "ref/", kProvider = "provider/", kVariable = "env/",
                           kConfig = "config/";

struct Selected {
  std::string_view name;
  std::optional<SecretField> field;
};

// "name/key" as name and key; no field when the id ends in no selector.
Selected split_selector(std::string_view text) {
  const auto slash = text.rfind('/');
  if (slash == std::string_view::npos) return {text, {}};
  const auto field = field_named(text.substr(slash + 1));
  const bool served = field == SecretField::key || field == SecretField::token || field == SecretField::access;
  return served ? Selected{text.substr(0, slash), field} : Selected{text, {}};
}

bool is_id_character(char c) noexcept {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || c == '.' || c == '_' || c == ':' || c == '/' || c == '-';
}

bool has_dot_segment(std::string_view id) noexcept {
  for (std::size_t at = 0; at <= id.size();) {
    const auto end = std::min(id.find('/', at), id.size());
    const auto segment = id.substr(at, end - at);
    if (segment == "." || segment == "..") return true;
    at = end + 1;
  }
  return false;
}

bool fits_json(std::string_view value) noexcept {
  for (std::size_t at = 0; at < value.size();) {
    const auto point = first_code_point(value.substr(at));
    if (!point.valid || point.value == 0) return false;
    at += point.size;
  }
  return true;
}

// OpenClaw keeps a line end behind a value, and a header does not.
SecretAnswer served(const SecretString& secret) {
  const auto value = trimmed(secret.reveal());
  if (value.empty() || !fits_json(value)) return ErrorCode::not_found;
  return SecretString::copy_of(value);
}

}  // namespace

bool is_exec_id(std::string_view id) noexcept {
  if (id.empty() || id.size() > kLongestExecId || !std::ranges::all_of(id, is_id_character)) return false;
  const char first = id.front();
  return first != '.' && first != '_' && first != ':' && first != '/' && first != '-' && !has_dot_segment(id);
}

std::string exec_id_of(const ProfileSheet& sheet) {
  const auto id = std::string(kProfile) + sheet.id.text();
  const bool plain = is_exec_id(id) && !split_selector(sheet.id.text()).field;
  return plain ? id : profile_ref(sheet.id);
}

std::string exec_id_of_config(std::string_view path) {
  const auto id = std::string(kConfig).append(path);
  return is_exec_id(id) ? id : config_ref(path);
}

SecretLookup::SecretLookup(Reading& reading, AgentName agent, Timestamp now)
    : reading_(reading), agent_(std::move(agent)), now_(now) {}

SecretAnswer SecretLookup::find(std::string_view id) {
  try {
    return is_exec_id(id) ? find_known(id) : ErrorCode::not_found;
  } catch (const Error& error) {
    return error.code();
  }
}

SecretAnswer SecretLookup::find_known(std::string_view id) {
  if (id.starts_with(kProfile)) return of_profile(id.substr(kProfile.size()));
  if (id.starts_with(kRef)) return agent_.is_config() ? of_config_ref(id) : of_ref(id);
  if (id.starts_with(kProvider)) return of_provider(id.substr(kProvider.size()));
  if (id.starts_with(kVariable)) return of_variable(id.substr(kVariable.size()));
  if (id.starts_with(kConfig)) return of_config_path(id.substr(kConfig.size()));
  return ErrorCode::not_found;
}

// "a/key" may be the profile "a/key" or the key of the profile "a".
SecretAnswer SecretLookup::of_profile(std::string_view name) {
  std::vector<Match> matches;
  const auto look = [&](std::string_view profile_id, std::optional<SecretField> field) {
    if (profile_id.empty()) return;
    const auto seen = reading_.find_profile(agent_, ProfileId(std::string(profile_id)));
    if (seen) add_match(matches, *seen, field);
  };
  look(name, {});
  const auto selected = split_selector(name);
  if (selected.field) look(selected.name, selected.field);
  return only(matches);
}

SecretAnswer SecretLookup::of_ref(std::string_view id) {
  const auto selected = split_selector(id);
  if (!by_ref_) {
    by_ref_.emplace();
    for (const auto& seen : view().profiles) by_ref_->emplace(profile_ref(seen.sheet.id), &seen);
  }
  std::vector<Match> matches;
  const auto [first, last] = by_ref_->equal_range(std::string(selected.name));
  for (auto at = first; at != last; ++at) add_match(matches, *at->second, selected.field);
  return only(matches);
}

SecretAnswer SecretLookup::of_provider(std::string_view name) {
  if (name.empty()) return ErrorCode::not_found;
  const ProviderId provider{std::string(name)};
  if (view().order_is_damaged(provider)) return ErrorCode::damaged_record;
  if (const auto* const next = next_static_profile(view(), provider, now_)) {
    return only({{*next, main_field(next->sheet.kind)}});
  }
  for (const auto variable : variables_of(lookup_provider(provider))) {
    const auto* const seen = view().find_variable(variable);
    if (seen != nullptr && seen->sheet.has_value()) return served(reading_.value_of(*seen));
  }
  return ErrorCode::not_found;
}

SecretAnswer SecretLookup::of_variable(std::string_view name) {
  if (!is_variable_name(name)) return ErrorCode::not_found;
  const auto seen = reading_.find_variable(agent_, name);
  if (!seen || !seen->sheet.has_value()) return ErrorCode::not_found;
  return served(reading_.value_of(*seen));
}

// No other agent is given these, whatever the key at hand opens.
SecretAnswer SecretLookup::of_config_path(std::string_view path) {
  if (!agent_.is_config()) return ErrorCode::not_found;
  const auto secret = reading_.find_config_secret(path);
  return secret ? served(reading_.value_of(*secret)) : ErrorCode::not_found;
}

SecretAnswer SecretLookup::of_config_ref(std::string_view id) {
  if (!config_by_ref_) {
    config_by_ref_.emplace();
    for (auto& sheet : reading_.own_contents(agent_).config_secrets) {
      auto ref = config_ref(sheet.path);
      config_by_ref_->emplace(std::move(ref), std::move(sheet));
    }
  }
  const auto [first, last] = config_by_ref_->equal_range(std::string(id));
  if (first == last) return reading_.damaged().empty() ? ErrorCode::not_found : ErrorCode::damaged_record;
  if (std::next(first) != last) return Ambiguous{};
  return served(reading_.value_of(first->second));
}

// What cannot be served does not make an id ambiguous: it counts as not there.
void SecretLookup::add_match(std::vector<Match>& matches, const SeenProfile& profile,
                             std::optional<SecretField> wanted) {
  const auto& sheet = profile.sheet;
  if (!wanted && sheet.kind == CredentialKind::oauth) return;
  const auto field = wanted.value_or(main_field(sheet.kind));
  if (sheet.placeholder) return;
  if (sheet.usable_fields.contains(field)) matches.push_back({profile, field});
}

SecretAnswer SecretLookup::only(const std::vector<Match>& matches) {
  if (matches.empty()) return ErrorCode::not_found;
  if (matches.size() > 1) return Ambiguous{};
  const auto credential = reading_.credential_of(matches.front().profile);
  const auto* const secret = credential.find(matches.front().field);
  return secret == nullptr ? SecretAnswer(ErrorCode::not_found) : served(*secret);
}

const AgentView& SecretLookup::view() {
  if (!view_) view_ = reading_.view(agent_);
  return *view_;
}

}  // namespace vault
