// SPDX-License-Identifier: Apache-2.0
#pragma once
// The profiles of a store, made one at a time. For profiles.cpp only.

#include <optional>

#include "import/json/secret_json.h"
#include "vault/crypto/secret_pages.h"
#include "vault/model/batch.h"

namespace formats {

class StoreProfiles {
 public:
  explicit StoreProfiles(const JsonStretch& profiles)
      : elements_(profiles.text), listed_(profiles.kind == JsonKind::array) {}
  // The next that can be taken; those in front of it that cannot are warned of. Empty after the last one.
  std::optional<vault::ProfileDraft> next(std::vector<vault::ImportWarning>& warnings);
  std::size_t offset() const noexcept { return elements_.offset(); }  // in the profiles' text

 private:
  JsonElements elements_;
  bool listed_;  // the oldest OpenClaw takes a list, with its indices for ids
  std::size_t index_ = 0;
};

// `profiles` stands in `text`, and `count` of them can be taken. The text is theirs from now on.
std::unique_ptr<vault::ComingProfiles> coming_profiles(vault::SecretPages& text, const JsonStretch& profiles,
                                                       std::size_t count);

}  // namespace formats
