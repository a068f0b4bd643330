// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one who asks a token endpoint and the helper program that speaks to it say to each other, on top of
// vault/helper/frame.h. Both ends.
//
// `request` tells where to, and not what. `connected` answers it once nothing but the request is left to send: names
// are found, the connection stands, the certificate is good. Only then comes `body`, with what is secret; `reply` or a
// failure answers that. So whoever has not given the body away knows that the endpoint has not had a byte of it,
// whatever became of the helper.

#include <cstdint>
#include <optional>
#include <string>

#include "vault/helper/frame.h"

namespace vault::fetching {

inline constexpr char kProgram[] = "claviger-fetch";
inline constexpr char kPackage[] = "claviger-oauth";
inline constexpr std::size_t kLongestEndpoint = 2048;                // bytes
inline constexpr std::size_t kLongestBody = std::size_t{1} << 20;    // of a request, bytes
inline constexpr std::size_t kLongestReply = std::size_t{64} << 10;  // its body, bytes

namespace frame {
inline constexpr std::uint8_t request = 16;
inline constexpr std::uint8_t connected = 17;
inline constexpr std::uint8_t body = 18;
inline constexpr std::uint8_t reply = 19;
}  // namespace frame

// By CLOCK_BOOTTIME, which goes on while a machine sleeps and is the same for both ends.
std::int64_t boot_time_ms() noexcept;

struct Request {
  enum class Body : std::uint8_t { form = 0, json = 1 };
  std::string endpoint;
  Body body_kind = Body::form;
  std::uint64_t body_size = 0;
  std::int64_t send_by_ms = 0;    // boot time: from then on the request is not begun
  std::int64_t answer_by_ms = 0;  // boot time
  bool operator==(const Request&) const = default;
};

struct Reply {
  std::uint16_t status = 0;                      // 100 to 999
  std::optional<std::uint32_t> retry_after_s{};  // from now
  FrameBytes body;
  bool operator==(const Reply&) const = default;
};

// Decoders refuse as io whatever is another frame, or beyond a bound.
Frame encode(const Request& request);
Request decode_request(const vault::Frame& frame);
Frame connected_frame();
void require_connected(const Frame& frame);
Frame encode_body(std::string_view body);
FrameBytes decode_body(const Frame& frame);
Frame encode(const Reply& reply);
Reply decode_reply(const Frame& frame);

}  // namespace vault::fetching
