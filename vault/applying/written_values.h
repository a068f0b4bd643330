// SPDX-License-Identifier: Apache-2.0
#pragma once
// What was written and has to read back the same: no values, but a digest of each under a key that is drawn for this
// list alone, 28 bytes an entry. Of each name the value that was noted last counts. For apply.cpp.

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "vault/crypto/short_hash.h"
#include "vault/model/batch.h"
#include "vault/model/record_kind.h"
#include "vault/seal/fields.h"

namespace vault {

// As it is kept: without a reference to the vault itself.
ProfileSheet kept_sheet(ProfileSheet sheet);

class WrittenValues {
 public:
  using Digest = std::array<std::uint8_t, 12>;

  WrittenValues();
  void reserve(std::size_t more);
  void note(const ProfileDraft& draft);
  void note(const VariableDraft& draft);
  void note(const ConfigSecretDraft& draft);
  std::size_t size();

  // Nothing is noted any more once this was called.
  void settle();
  // Where it was noted; none: it was not. After settle().
  std::optional<std::size_t> place_of(RecordKind kind, std::string_view name) const;
  // Does what is stored say what was noted there?
  bool agrees(std::size_t place, const ProfileSheet& stored, const Credential& held) const;
  bool agrees(std::size_t place, const SecretString& held) const;

 private:
  struct Entry {
    Digest name;
    Digest value;
    std::uint32_t number;
  };
  Digest digest() const;
  Digest digest_of(RecordKind kind, std::string_view name) const;
  Digest digest_of(const ProfileSheet& sheet, const Credential& credential) const;
  Digest digest_of(const SecretString& text) const;
  void note(const Digest& name, const Digest& value);

  ShortHashKey key_;
  std::vector<Entry> entries_;  // sorted by name once they are settled
  bool settled_ = false;
  mutable WipedBytes scratch_;  // what is hashed, which may be secret
};

}  // namespace vault
