// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a helper program and its parent say to each other, for both ends: `le32 length | u8 kind | payload`, where the
// length counts kind and payload. Payload fields stand in a fixed order per kind: numbers as le64, bytes as
// `le32 length || bytes`, optionals as 00, or as 01 and the value. Whatever is too long, cut off, left over or unknown
// is io here, and ends the conversation.
//
// No secret and no key ever lies in a frame of the PostgreSQL helper, and a token in two of the fetching one: so the
// bytes of all frames are cleared when they are given back. No frame carries words: the parent has those.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/helper/frame_bytes.h"

namespace vault {

// Three sealed fields of 2 MiB, the most that one row holds, and what stands around them.
inline constexpr std::size_t kLongestFrame = (std::size_t{6} << 20) + (std::size_t{4} << 10);
inline constexpr std::uint64_t kHelperProtocol = 1;

// The text that both hellos carry: a helper and its parent are built and installed together.
std::string_view helper_version() noexcept;

// Of every helper; each has more of its own, from 16 on. Persistent: a program and its helper may differ in age.
namespace frame_kind {
inline constexpr std::uint8_t hello = 1;
inline constexpr std::uint8_t failure = 2;
}  // namespace frame_kind

struct Frame {
  std::uint8_t kind = 0;
  FrameBytes payload;
  bool operator==(const Frame&) const = default;
};

class FrameWriter {
 public:
  explicit FrameWriter(std::uint8_t kind) { frame_.kind = kind; }
  FrameWriter& byte(std::uint8_t value);
  FrameWriter& number(std::uint64_t value);
  FrameWriter& bytes(ByteView value);
  FrameWriter& text(std::string_view value) { return bytes(bytes_of(value)); }
  FrameWriter& optional_bytes(const std::optional<ByteView>& value);
  Frame take() { return std::move(frame_); }

 private:
  Frame frame_;
};

// Reads a payload's fields in their order. Views live as long as the frame.
class FrameReader {
 public:
  explicit FrameReader(const Frame& frame) : rest_(frame.payload) {}
  FrameReader(Frame&&) = delete;
  std::uint8_t byte();
  std::uint64_t number();
  ByteView bytes();
  std::string_view text() { return text_of(bytes()); }
  std::optional<ByteView> optional_bytes();
  bool at_end() const noexcept { return rest_.empty(); }
  void require_end() const;

 private:
  ByteView take(std::uint64_t size);
  ByteView rest_;
};

// The bytes that go over the socket. parameters_out_of_bounds for a frame that is too long.
FrameBytes encode(const Frame& frame);

// Takes what came over the socket, in pieces of any length, and gives whole frames.
class FrameQueue {
 public:
  void append(ByteView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  std::optional<Frame> next();  // empty: not whole yet; io: too long, or without a kind
  std::size_t waiting() const noexcept { return bytes_.size() - read_; }  // bytes

 private:
  FrameBytes bytes_;
  std::size_t read_ = 0;  // of bytes_
};

struct Hello {
  std::uint64_t protocol = kHelperProtocol;
  std::string version;
};
Frame encode(const Hello& hello);
Hello decode_hello(const Frame& frame);  // io when it is none

// Where on the way to an answer it failed.
enum class HelperPhase : std::uint8_t { none = 0, name = 1, connecting = 2, tls = 3, login = 4, speaking = 5 };

// The only error that a helper tells.
struct Failure {
  ErrorCode code = ErrorCode::internal;
  HelperPhase phase = HelperPhase::none;
  std::array<char, 5> state{'0', '0', '0', '0', '0'};  // an SQLSTATE, or an HTTP status in decimal
  bool nothing_sent = false;
  bool outcome_unknown = false;  // it is not known whether it counted
  bool operator==(const Failure&) const = default;
};
Frame encode(const Failure& failure);  // internal for a code that helpers do not use
Failure decode_failure(const Frame& frame);

[[noreturn]] void fail_as_nonsense();  // io: what came makes no sense

}  // namespace vault
