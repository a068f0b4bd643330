// SPDX-License-Identifier: Apache-2.0
#include "import/logins/login_draft.h"

#include "import/openclaw/entry.h"
#include "vault/model/placeholder.h"

namespace formats {

constexpr std::size_t kLongestEmail = 4096;

LoginDraft::LoginDraft(std::string_view id, std::string_view provider, vault::CredentialKind kind)
    : draft_{
          {.id = vault::ProfileId(std::string(id)), .provider = vault::ProviderId(std::string(provider)), .kind = kind},
          {}} {}

void LoginDraft::secret(vault::SecretField field, std::string_view value) {
  if (vault::is_placeholder(value)) {
    warn("placeholder",
         "its '" + std::string(vault::name_of(field)) + "' holds a placeholder, no secret: kept as it is");
  }
  draft_.credential.set(field, vault::SecretString::copy_of(value));
}

void LoginDraft::email(std::optional<std::string_view> address) {
  if (address && !address->empty() && address->size() <= kLongestEmail) draft_.sheet.email = std::string(*address);
}

void LoginDraft::keep(std::string_view name, std::optional<std::string_view> value) {
  if (value && !vault::trimmed(*value).empty()) foreign_.open().string_member(name, *value);
}

void LoginDraft::warn(std::string reason, std::string text) {
  warnings_.push_back({std::move(reason), draft_.sheet.id.text(), std::move(text), false});
}

vault::AgentBatch LoginDraft::finish(const vault::AgentName& agent) {
  draft_.sheet.usable_fields = draft_.credential.usable();
  draft_.credential.set_foreign(foreign_.take());
  vault::AgentBatch batch(agent);
  batch.profiles.push_back(std::move(draft_));
  batch.warnings = std::move(warnings_);
  return batch;
}

vault::AgentBatch left_out(const vault::AgentName& agent, std::string_view id, std::string reason, std::string text) {
  vault::AgentBatch batch(agent);
  batch.warnings.push_back({std::move(reason), std::string(id), "left out: " + std::move(text), true});
  return batch;
}

std::optional<std::string_view> filled(JsonValue object, std::string_view name) noexcept {
  const auto text = object.find_string(name);
  return text && !vault::trimmed(*text).empty() ? text : std::nullopt;
}

std::optional<vault::Timestamp> time_in(JsonValue object, std::string_view name) {
  const auto member = object.find(name);
  if (!member || !member->is(JsonKind::number)) return std::nullopt;
  const auto expiry = read_expiry(*member);
  const bool sound =
      expiry.form == vault::Expiry::Form::at && expiry.time.ms > 0 && expiry.time <= vault::kLastTimestamp;
  return sound ? std::optional(expiry.time) : std::nullopt;
}

}  // namespace formats
