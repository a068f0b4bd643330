// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a credential ends, as its source wrote it. Judging it is policy's business: a source may hold 0, a negative
// number or a word, and must get it back unchanged.

#include <optional>
#include <string>

#include "vault/base/clock.h"

namespace vault {

struct Expiry {
  enum class Form : unsigned char { none = 0, at = 1, invalid = 2 };  // persistent: never renumber
  Form form = Form::none;
  Timestamp time;    // for `at`: any integer, even 0 or negative
  std::string json;  // the source's own JSON text (at most 64 bytes) where `time` alone would not give it back

  static Expiry none() { return {}; }
  static Expiry at(Timestamp time) { return {Form::at, time, {}}; }
  static Expiry invalid(std::string json) { return {Form::invalid, {}, std::move(json)}; }
  bool operator==(const Expiry&) const = default;
};

}  // namespace vault
