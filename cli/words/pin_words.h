// SPDX-License-Identifier: Apache-2.0
#pragma once
// "model@profile", as a session's choice is written.

#include <optional>
#include <string_view>

namespace cli {

struct PinWords {
  std::string_view model;
  std::string_view profile;  // neither is empty
};

// The text is cut at the first '@' behind its last '/'. One before eight digits (a date) or a quantisation tag (q4_k_m,
// 8bit) belongs to the model, and the next one counts. Empty: it names no profile. Views into the text.
std::optional<PinWords> split_pin(std::string_view text) noexcept;

}  // namespace cli
