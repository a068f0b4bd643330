// SPDX-License-Identifier: Apache-2.0
#include "vault/base/outcome.h"

namespace vault {

std::optional<Outcome> outcome_of(const Error& error) noexcept {
  if (error.code() == ErrorCode::committed_unverified) return Outcome::kept;
  if (error.hint().remedy() == Remedy::find_out_what_counts) return Outcome::unknown;
  if (error.hint().remedy() == Remedy::try_the_same_again) return Outcome::unchanged;
  return std::nullopt;
}

std::string_view name_of(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kept: return "kept";
    case Outcome::unchanged: return "unchanged";
    case Outcome::unknown: return "unknown";
  }
  return "unknown";
}

bool may_count(const Error& error) noexcept {
  const auto outcome = outcome_of(error);
  return outcome == Outcome::kept || outcome == Outcome::unknown;
}

}  // namespace vault
