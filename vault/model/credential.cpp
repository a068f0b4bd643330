// SPDX-License-Identifier: Apache-2.0
#include "vault/model/credential.h"

#include "vault/base/ids.h"
#include "vault/model/placeholder.h"

namespace vault {

const SecretString* Credential::find(SecretField field) const noexcept {
  const Slot& slot = fields_[std::size_t(field)];
  return slot.present ? &slot.value : nullptr;
}

void Credential::set(SecretField field, SecretString value) { fields_[std::size_t(field)] = {true, std::move(value)}; }

void Credential::erase(SecretField field) { fields_[std::size_t(field)] = {}; }

SecretFieldSet Credential::present() const noexcept {
  SecretFieldSet set;
  for (const auto field : kSecretFields) {
    if (find(field) != nullptr) set.insert(field);
  }
  return set;
}

SecretFieldSet Credential::usable() const noexcept {
  SecretFieldSet set;
  for (const auto field : kSecretFields) {
    const auto* value = find(field);
    if (value != nullptr && !trimmed(value->reveal()).empty()) set.insert(field);
  }
  return set;
}

bool Credential::holds_only_placeholders(CredentialKind kind) const noexcept {
  const auto set = usable();
  bool found = false;
  for (const auto field : kSecretFields) {
    const bool own = field == main_field(kind) || (kind == CredentialKind::oauth && field == SecretField::refresh);
    if (!own || !set.contains(field)) continue;
    if (!is_placeholder(find(field)->reveal())) return false;
    found = true;
  }
  return found;
}

Credential Credential::clone() const {
  Credential copy;
  for (const auto field : kSecretFields) {
    if (const auto* value = find(field)) copy.set(field, value->clone());
  }
  copy.set_foreign(foreign_.clone());
  return copy;
}

bool Credential::same_as(const Credential& other) const noexcept {
  bool same = present() == other.present() && foreign_.same_as(other.foreign_);
  for (const auto field : kSecretFields) {
    const auto* mine = find(field);
    const auto* theirs = other.find(field);
    if (mine != nullptr && theirs != nullptr) same = mine->same_as(*theirs) && same;
  }
  return same;
}

}  // namespace vault
