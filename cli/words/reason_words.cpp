// SPDX-License-Identifier: Apache-2.0
#include "cli/words/reason_words.h"

namespace cli {

std::string_view words_for(vault::Reason reason) noexcept {
  using vault::Reason;
  switch (reason) {
    case Reason::ok: return "fine";
    case Reason::profile_missing: return "no such profile any more";
    case Reason::setup_inactive: return "saved, but not active yet";
    case Reason::provider_mismatch: return "belongs to another provider";
    case Reason::mode_mismatch: return "of another type than declared";
    case Reason::placeholder: return "holds a placeholder, no secret";
    case Reason::missing_credential: return "holds no secret";
    case Reason::malformed_api_key: return "its key is a command line, not a key";
    case Reason::unresolved_ref: return "refers to a secret that is not here";
    case Reason::invalid_expires: return "its expiry is not a date";
    case Reason::expired: return "expired";
    case Reason::excluded_by_auth_order: return "not in the order";
  }
  return "";
}

}  // namespace cli
