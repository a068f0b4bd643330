// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/frame.h"

#include <algorithm>
#include <utility>

namespace vault {
namespace {

constexpr std::size_t kLengthSize = 4;

void append_little_endian(FrameBytes& into, std::uint64_t value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) into.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t little_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

// The codes that a helper may use. Persistent: never renumber.
constexpr std::array<std::pair<std::uint8_t, ErrorCode>, 13> kCodes{{
    {1, ErrorCode::io},
    {2, ErrorCode::busy},
    {3, ErrorCode::denied},
    {4, ErrorCode::usage},
    {5, ErrorCode::vault_missing},
    {6, ErrorCode::not_a_vault},
    {7, ErrorCode::newer_format},
    {8, ErrorCode::tampered_schema},
    {9, ErrorCode::damaged_record},
    {10, ErrorCode::already_exists},
    {11, ErrorCode::not_found},
    {12, ErrorCode::bad_input},
    {13, ErrorCode::internal},
}};

constexpr std::uint8_t kNothingSent = 1, kOutcomeUnknown = 2;

}  // namespace

void fail_as_nonsense() { throw Error(ErrorCode::io, "a helper program and this one do not understand each other"); }

std::string_view helper_version() noexcept { return CLAVIGER_HELPER_VERSION; }

FrameWriter& FrameWriter::byte(std::uint8_t value) {
  frame_.payload.push_back(value);
  return *this;
}

FrameWriter& FrameWriter::number(std::uint64_t value) {
  append_little_endian(frame_.payload, value, 8);
  return *this;
}

FrameWriter& FrameWriter::bytes(ByteView value) {
  if (value.size() > kLongestFrame) throw Error(ErrorCode::parameters_out_of_bounds, "too long for a helper program");
  append_little_endian(frame_.payload, value.size(), 4);
  frame_.payload.insert(frame_.payload.end(), value.begin(), value.end());
  return *this;
}

FrameWriter& FrameWriter::optional_bytes(const std::optional<ByteView>& value) {
  byte(value ? 1 : 0);
  return value ? bytes(*value) : *this;
}

ByteView FrameReader::take(std::uint64_t size) {
  if (size > rest_.size()) fail_as_nonsense();
  const auto taken = rest_.first(static_cast<std::size_t>(size));
  rest_ = rest_.subspan(static_cast<std::size_t>(size));
  return taken;
}

std::uint8_t FrameReader::byte() { return take(1)[0]; }
std::uint64_t FrameReader::number() { return little_endian(take(8)); }
ByteView FrameReader::bytes() { return take(little_endian(take(4))); }

std::optional<ByteView> FrameReader::optional_bytes() {
  const auto present = byte();
  if (present > 1) fail_as_nonsense();
  return present == 1 ? std::optional(bytes()) : std::nullopt;
}

void FrameReader::require_end() const {
  if (!at_end()) fail_as_nonsense();
}

FrameBytes encode(const Frame& frame) {
  const auto length = frame.payload.size() + 1;
  if (length > kLongestFrame) throw Error(ErrorCode::parameters_out_of_bounds, "too long for a helper program");
  FrameBytes bytes;
  bytes.reserve(kLengthSize + length);
  append_little_endian(bytes, length, kLengthSize);
  bytes.push_back(frame.kind);
  bytes.insert(bytes.end(), frame.payload.begin(), frame.payload.end());
  return bytes;
}

std::optional<Frame> FrameQueue::next() {
  const auto waiting = ByteView(bytes_).subspan(read_);
  if (waiting.size() < kLengthSize) return {};
  const auto length = little_endian(waiting.first(kLengthSize));
  if (length == 0 || length > kLongestFrame) fail_as_nonsense();
  if (waiting.size() < kLengthSize + length) return {};
  const auto payload = waiting.subspan(kLengthSize + 1, static_cast<std::size_t>(length) - 1);
  Frame frame{waiting[kLengthSize], {payload.begin(), payload.end()}};
  read_ += kLengthSize + static_cast<std::size_t>(length);
  if (read_ == bytes_.size() || read_ > kLongestFrame) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(read_));
    read_ = 0;
  }
  return frame;
}

Frame encode(const Hello& hello) {
  return FrameWriter(frame_kind::hello).number(hello.protocol).text(hello.version).take();
}

Hello decode_hello(const Frame& frame) {
  if (frame.kind != frame_kind::hello) fail_as_nonsense();
  FrameReader reader(frame);
  Hello hello{reader.number(), std::string(reader.text())};
  reader.require_end();
  return hello;
}

Frame encode(const Failure& failure) {
  const auto* const known = std::ranges::find(kCodes, failure.code, &decltype(kCodes)::value_type::second);
  const auto number = known == kCodes.end() ? kCodes.back().first : known->first;
  FrameWriter writer(frame_kind::failure);
  writer.byte(number).byte(static_cast<std::uint8_t>(failure.phase));
  for (const char c : failure.state) writer.byte(static_cast<std::uint8_t>(c));
  const unsigned flags = (failure.nothing_sent ? kNothingSent : 0U) | (failure.outcome_unknown ? kOutcomeUnknown : 0U);
  return writer.byte(static_cast<std::uint8_t>(flags)).take();
}

Failure decode_failure(const Frame& frame) {
  if (frame.kind != frame_kind::failure) fail_as_nonsense();
  FrameReader reader(frame);
  const auto* const known = std::ranges::find(kCodes, reader.byte(), &decltype(kCodes)::value_type::first);
  const auto phase = reader.byte();
  if (known == kCodes.end() || phase > static_cast<std::uint8_t>(HelperPhase::speaking)) fail_as_nonsense();
  Failure failure{known->second, static_cast<HelperPhase>(phase), {}, false, false};
  for (char& c : failure.state) {
    c = static_cast<char>(reader.byte());
    // It is printed.
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) fail_as_nonsense();
  }
  const auto flags = reader.byte();
  if (flags > (kNothingSent | kOutcomeUnknown)) fail_as_nonsense();
  reader.require_end();
  failure.nothing_sent = (flags & kNothingSent) != 0;
  failure.outcome_unknown = (flags & kOutcomeUnknown) != 0;
  return failure;
}

}  // namespace vault
