// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request on standard input, read to its end - or as far as it came when the time is over.

#include <chrono>
#include <string>
#include <string_view>

namespace cli {

struct RequestText {
  std::string text;
  bool too_large = false;  // `text` is cut at the limit
  bool ended = true;       // false: time was over before the input was closed
};

// `is_whole`: tells when nothing more is to come although the input stays open. Throws io.
RequestText read_request(int fd, std::size_t limit, std::chrono::steady_clock::time_point until,
                         bool (*is_whole)(std::string_view) noexcept = nullptr);

}  // namespace cli
