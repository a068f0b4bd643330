// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/token_choice.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/policy/provider_variables.h"
#include "vault/selection/profile_ref.h"

namespace vault {
namespace {

constexpr std::string_view kVariable = "env/", kRef = "ref/";

bool is_asked_for(CredentialKind kind, const TokenQuestion& question) {
  return question.kinds.empty() || std::ranges::find(question.kinds, kind) != question.kinds.end();
}

// No end, or none that can be read, is no reason to hold a secret back: the endpoint decides.
bool has_ended(const Expiry& expiry, const TokenQuestion& question, Timestamp now) {
  return expiry.form == Expiry::Form::at && expiry.time.ms - now.ms < question.min_valid_ms;
}

// What keeps a sheet's secret from being given, before it is opened.
std::optional<NoToken> obstacle(const ProfileSheet& sheet, const TokenQuestion& question, Timestamp now) {
  if (!is_asked_for(sheet.kind, question)) return NoToken::wrong_kind;
  if (sheet.placeholder) return NoToken::placeholder;
  if (!sheet.usable_fields.contains(main_field(sheet.kind))) return NoToken::kept_elsewhere;
  if (!has_ended(sheet.expiry, question, now)) return {};
  return sheet.kind == CredentialKind::oauth ? NoToken::login_ended : NoToken::ended;
}

// In a line protocol a second line would be somebody else's answer.
bool is_one_line(std::string_view value) { return value.find_first_of(std::string_view("\n\r\0", 3)) == value.npos; }

std::optional<SecretString> one_line(const SecretString& secret) {
  const auto value = trimmed(secret.reveal());
  if (value.empty() || !is_one_line(value)) return std::nullopt;
  return SecretString::copy_of(value);
}

TokenAnswer opened(Reading& reading, const SeenProfile& seen) {
  const auto credential = reading.credential_of(seen);
  const auto* const secret = credential.find(main_field(seen.sheet.kind));
  if (secret == nullptr) return NoToken::kept_elsewhere;
  auto value = one_line(*secret);
  if (!value) return NoToken::not_one_line;
  const auto& expiry = seen.sheet.expiry;
  const auto ends = expiry.form == Expiry::Form::at ? std::optional(expiry.time) : std::nullopt;
  return Token{seen.sheet.id.text(), seen.sheet.kind, seen.sheet.email.value_or(""), ends, std::move(*value)};
}

TokenAnswer of_variable(Reading& reading, const SeenVariable* seen, const TokenQuestion& question) {
  if (seen == nullptr) return NoToken::unknown;
  if (!is_asked_for(CredentialKind::api_key, question)) return NoToken::wrong_kind;
  if (!seen->sheet.has_value()) return NoToken::placeholder;
  auto value = one_line(reading.value_of(*seen));
  if (!value) return NoToken::not_one_line;
  return Token{std::string(kVariable) + seen->sheet.name, CredentialKind::api_key, "", {}, std::move(*value)};
}

std::variant<SeenProfile, NoToken> find_by_ref(Reading& reading, const AgentName& agent, const std::string& ref) {
  auto view = reading.view(agent);
  std::erase_if(view.profiles, [&](const SeenProfile& seen) { return profile_ref(seen.sheet.id) != ref; });
  if (view.profiles.size() > 1) return NoToken::ambiguous_ref;
  if (!view.profiles.empty()) return std::move(view.profiles.front());
  if (!view.damaged.empty()) throw Error(ErrorCode::damaged_record, "a record does not open that may be the one");
  return NoToken::unknown;
}

std::variant<SeenProfile, NoToken> find_profile(Reading& reading, const AgentName& agent, const std::string& id) {
  if (id.starts_with(kRef)) return find_by_ref(reading, agent, id);
  auto seen = reading.find_profile(agent, ProfileId(id));
  if (!seen) return NoToken::unknown;
  return std::move(*seen);
}

}  // namespace

std::string_view words_for(NoToken reason) noexcept {
  switch (reason) {
    case NoToken::unknown: return "the agent sees none";
    case NoToken::ambiguous_ref: return "more than one profile has this reference";
    case NoToken::wrong_kind: return "it is of another type than was asked for";
    case NoToken::kept_elsewhere: return "it has no secret in this vault";
    case NoToken::placeholder: return "it holds a placeholder and no secret";
    case NoToken::ended: return "it has expired, or is about to";
    case NoToken::login_ended: return "the login has expired, or is about to: the program that made it renews it";
    case NoToken::not_one_line: return "its value is not one line of text";
  }
  return "";
}

TokenAnswer token_of(Reading& reading, const AgentName& agent, const std::string& id, const TokenQuestion& question,
                     Timestamp now) {
  if (id.starts_with(kVariable)) {
    const auto seen = reading.find_variable(agent, id.substr(kVariable.size()));
    return of_variable(reading, seen ? &*seen : nullptr, question);
  }
  const auto found = find_profile(reading, agent, id);
  if (const auto* const reason = std::get_if<NoToken>(&found)) return *reason;
  const auto& seen = std::get<SeenProfile>(found);
  if (const auto reason = obstacle(seen.sheet, question, now)) return *reason;
  return opened(reading, seen);
}

TokenAnswer token_for(Reading& reading, const AgentView& view, const ProviderId& provider,
                      const TokenQuestion& question, Timestamp now, std::optional<ProfileId> pinned) {
  if (view.order_is_damaged(provider)) throw Error(ErrorCode::damaged_record, "the provider's order does not open");
  auto first_reason = NoToken::unknown;
  const auto note = [&](NoToken reason) {
    if (first_reason == NoToken::unknown) first_reason = reason;
  };
  for (const auto& candidate : view.resolve(provider, now, std::move(pinned)).candidates) {
    if (question.suits && !question.suits(*candidate.sheet)) continue;
    const auto reason = obstacle(*candidate.sheet, question, now);
    if (!reason) return opened(reading, *view.find(candidate.sheet->id));
    note(*reason);
  }
  for (const auto name : variables_of(lookup_provider(provider))) {
    const auto* const seen = view.find_variable(name);
    if (seen == nullptr || seen->sheet.blank) continue;
    auto answer = of_variable(reading, seen, question);
    if (std::holds_alternative<Token>(answer)) return answer;
    note(std::get<NoToken>(answer));
  }
  return first_reason;
}

}  // namespace vault
