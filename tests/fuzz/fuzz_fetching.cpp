// SPDX-License-Identifier: Apache-2.0
// Any bytes as a frame of what is said with the program that fetches: refused as io, or it goes out again the same to
// the byte and keeps to its bounds. The first byte is the frame's kind, so that every decoder is met.
#include <cstdint>
#include <cstdlib>
#include <functional>

#include "vault/oauth/fetching/messages.h"

namespace {

using namespace vault;
using namespace vault::fetching;

void refused_as_io(const std::function<void()>& decode) {
  try {
    decode();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) std::abort();
  }
}

void require(bool holds) {
  if (!holds) std::abort();
}

void judge(const Frame& frame) {
  refused_as_io([&] {
    const auto request = decode_request(frame);
    require(encode(request) == frame && request.endpoint.size() <= kLongestEndpoint);
    require(request.endpoint.find('\0') == std::string::npos && request.body_size <= kLongestBody);
  });
  refused_as_io([&] { require((require_connected(frame), connected_frame() == frame)); });
  refused_as_io([&] { require(encode_body(text_of(decode_body(frame))) == frame); });
  refused_as_io([&] {
    const auto reply = decode_reply(frame);
    require(encode(reply) == frame && reply.body.size() <= kLongestReply);
    require(reply.status >= 100 && reply.status <= 999);
  });
  refused_as_io([&] { require(encode(decode_failure(frame)) == frame); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  judge(Frame{*data, FrameBytes(data + 1, data + size)});
  return 0;
}
