// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/fetching/messages.h"

#include <ctime>

namespace vault::fetching {
namespace {

constexpr std::uint64_t kMostRetryAfter = 0x7FFFFFFF;  // seconds
constexpr std::uint64_t kLatest = std::uint64_t{1} << 62;

void require(bool holds) {
  if (!holds) fail_as_nonsense();
}

FrameReader reader_of(std::uint8_t kind, const Frame& frame) {
  require(frame.kind == kind);
  return FrameReader(frame);
}

std::int64_t moment(FrameReader& reader) {
  const auto ms = reader.number();
  require(ms < kLatest);
  return static_cast<std::int64_t>(ms);
}

FrameBytes bounded(ByteView bytes, std::size_t most) {
  require(bytes.size() <= most);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

std::int64_t boot_time_ms() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

Frame encode(const Request& request) {
  return FrameWriter(frame::request)
      .text(request.endpoint)
      .byte(static_cast<std::uint8_t>(request.body_kind))
      .number(request.body_size)
      .number(static_cast<std::uint64_t>(request.send_by_ms))
      .number(static_cast<std::uint64_t>(request.answer_by_ms))
      .take();
}

Request decode_request(const Frame& frame) {
  auto reader = reader_of(frame::request, frame);
  Request request;
  request.endpoint = std::string(reader.text());
  // curl takes it as a C string: what it reads is what was said.
  require(!request.endpoint.empty() && request.endpoint.size() <= kLongestEndpoint);
  require(request.endpoint.find('\0') == std::string::npos);
  const auto kind = reader.byte();
  require(kind <= static_cast<std::uint8_t>(Request::Body::json));
  request.body_kind = static_cast<Request::Body>(kind);
  request.body_size = reader.number();
  require(request.body_size <= kLongestBody);
  request.send_by_ms = moment(reader);
  request.answer_by_ms = moment(reader);
  reader.require_end();
  return request;
}

Frame connected_frame() { return {frame::connected, {}}; }

void require_connected(const Frame& frame) { reader_of(frame::connected, frame).require_end(); }

Frame encode_body(std::string_view body) {
  FrameWriter writer(frame::body);
  return writer.text(body).take();
}

FrameBytes decode_body(const Frame& frame) {
  auto reader = reader_of(frame::body, frame);
  auto body = bounded(reader.bytes(), kLongestBody);
  reader.require_end();
  return body;
}

Frame encode(const Reply& reply) {
  FrameWriter writer(frame::reply);
  writer.number(reply.status).byte(reply.retry_after_s ? 1 : 0);
  if (reply.retry_after_s) writer.number(*reply.retry_after_s);
  return writer.bytes(reply.body).take();
}

Reply decode_reply(const Frame& frame) {
  auto reader = reader_of(frame::reply, frame);
  Reply reply;
  const auto status = reader.number();
  require(status >= 100 && status <= 999);
  reply.status = static_cast<std::uint16_t>(status);
  const auto present = reader.byte();
  require(present <= 1);
  if (present == 1) {
    const auto seconds = reader.number();
    require(seconds <= kMostRetryAfter);
    reply.retry_after_s = static_cast<std::uint32_t>(seconds);
  }
  reply.body = bounded(reader.bytes(), kLongestReply);
  reader.require_end();
  return reply;
}

}  // namespace vault::fetching
