// SPDX-License-Identifier: Apache-2.0
#pragma once
// The secret part of a profile. Only who really needs a secret includes this header: not policy, not storage.

#include <array>
#include <string_view>

#include "vault/crypto/secret.h"
#include "vault/model/credential_kind.h"

namespace vault {

class Credential {
 public:
  // Null when the profile has no such field. Lives as long as the credential stays as it is.
  const SecretString* find(SecretField field) const noexcept;
  void set(SecretField field, SecretString value);
  void erase(SecretField field);

  SecretFieldSet present() const noexcept;  // fields that are there, even blank
  SecretFieldSet usable() const noexcept;   // fields that are there and not blank
  // Of this kind's own secrets (a login has two) something is there, and nothing but placeholders.
  bool holds_only_placeholders(CredentialKind kind) const noexcept;

  // Members of the source that the model has no name for, as one JSON object's text ("" when there are none). They
  // may be secret, so they travel here and go out again on export.
  const SecretString& foreign() const noexcept { return foreign_; }
  void set_foreign(SecretString json) { foreign_ = std::move(json); }

  Credential clone() const;
  bool same_as(const Credential& other) const noexcept;  // same fields, same bytes, same foreign text

 private:
  struct Slot {
    bool present = false;
    SecretString value;
  };
  std::array<Slot, std::size(kSecretFields)> fields_;
  SecretString foreign_;
};

}  // namespace vault
