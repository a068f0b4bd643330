// SPDX-License-Identifier: Apache-2.0
#include "cli/words/profile_words.h"

#include "cli/arguments/duration.h"
#include "vault/base/encoding.h"

namespace cli {

std::optional<vault::Timestamp> expiry_time(const vault::ProfileSheet& sheet) {
  const auto& expiry = sheet.expiry;
  const bool usable =
      expiry.form == vault::Expiry::Form::at && expiry.time.ms > 0 && expiry.time <= vault::kLastTimestamp;
  return usable ? std::optional(expiry.time) : std::nullopt;
}

std::string expiry_words(const vault::ProfileSheet& sheet, vault::Timestamp now) {
  if (sheet.expiry.form == vault::Expiry::Form::none) return "never";
  const auto time = expiry_time(sheet);
  if (!time) return "invalid";
  return vault::to_rfc3339(*time).substr(0, 10) + " (" + relative_time(*time, now) + ")";
}

std::string end_words(const vault::ProfileSheet& sheet, vault::Timestamp now) {
  const auto time = expiry_time(sheet);
  return time ? relative_time(*time, now) : expiry_words(sheet, now);
}

std::string short_end_words(const vault::ProfileSheet& sheet, vault::Timestamp now) {
  const auto time = expiry_time(sheet);
  return time ? short_relative_time(*time, now) : expiry_words(sheet, now);
}

std::optional<std::string> fingerprint_text(const vault::Fingerprint& fingerprint) {
  if (fingerprint == vault::Fingerprint{}) return std::nullopt;
  return vault::to_hex(vault::ByteView(fingerprint).first(4));
}

std::optional<std::string> fingerprint_text(const vault::ProfileSheet& sheet) {
  return fingerprint_text(sheet.fingerprint);
}

}  // namespace cli
