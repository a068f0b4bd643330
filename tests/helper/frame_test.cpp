// SPDX-License-Identifier: Apache-2.0
#include "vault/helper/frame.h"

#include <gmock/gmock.h>

#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

Bytes concatenated(const std::vector<Frame>& frames) {
  Bytes all;
  for (const auto& frame : frames) {
    const auto bytes = encode(frame);
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

TEST(Frame, LiesOnTheWireAsItIsWrittenDown) {
  const auto frame = FrameWriter(16).byte(7).number(0x0102).bytes(Bytes{9}).optional_bytes({}).take();
  EXPECT_EQ(encode(frame), (FrameBytes{16, 0, 0, 0, 16, 7, 2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 9, 0}));
}

TEST(Frame, FieldsComeBackInTheirOrder) {
  const Bytes sealed{1, 2, 3};
  const auto frame = FrameWriter(16).byte(255).number(~0ULL).text("x").optional_bytes(ByteView(sealed)).take();
  FrameReader reader(frame);
  EXPECT_EQ(reader.byte(), 255);
  EXPECT_EQ(reader.number(), ~0ULL);
  EXPECT_EQ(reader.text(), "x");
  EXPECT_THAT(*reader.optional_bytes(), testing::ElementsAreArray(sealed));
  EXPECT_NO_THROW(reader.require_end());
}

TEST(Frame, FieldsThatAreCutOffLeftOverOrNeitherThereNorAbsentAreIo) {
  const Frame short_bytes{16, {5, 0, 0, 0, 1}};
  const Frame odd_optional{16, {2}};
  const Frame left_over{16, {1, 2}};
  EXPECT_EQ(code_of([&] { FrameReader(short_bytes).bytes(); }), ErrorCode::io);
  EXPECT_EQ(code_of([&] { FrameReader(odd_optional).optional_bytes(); }), ErrorCode::io);
  EXPECT_EQ(code_of([&] { FrameReader(left_over).number(); }), ErrorCode::io);
  EXPECT_EQ(code_of([&] {
              FrameReader reader(left_over);
              reader.byte();
              reader.require_end();
            }),
            ErrorCode::io);
}

TEST(FrameQueue, GivesTheSameFramesHoweverTheBytesAreCut) {
  const std::vector<Frame> frames{{16, {}}, {17, FrameBytes(300, 1)}, {18, {2}}};
  const auto bytes = concatenated(frames);
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    FrameQueue queue;
    std::vector<Frame> heard;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      queue.append(ByteView(bytes).subspan(at, std::min(step, bytes.size() - at)));
      while (auto frame = queue.next()) heard.push_back(std::move(*frame));
    }
    ASSERT_EQ(heard, frames) << step;
    ASSERT_EQ(queue.waiting(), 0U);
  }
}

TEST(FrameQueue, RefusesALengthBeyondTheBoundBeforeTheBytesCome) {
  const auto bound = static_cast<std::uint32_t>(kLongestFrame);
  for (const std::uint32_t length : {0U, bound + 1, 0xFFFFFFFFU}) {
    FrameQueue queue;
    queue.append(Bytes{static_cast<std::uint8_t>(length), static_cast<std::uint8_t>(length >> 8),
                       static_cast<std::uint8_t>(length >> 16), static_cast<std::uint8_t>(length >> 24)});
    EXPECT_EQ(code_of([&] { queue.next(); }), ErrorCode::io) << length;
  }
  EXPECT_EQ(code_of([] { encode(Frame{16, FrameBytes(kLongestFrame)}); }), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(encode(Frame{16, FrameBytes(kLongestFrame - 1)}).size(), kLongestFrame + 4);
}

TEST(Failure, ComesBackAsItWasTold) {
  for (const auto code : {ErrorCode::io, ErrorCode::busy, ErrorCode::denied, ErrorCode::usage, ErrorCode::vault_missing,
                          ErrorCode::not_a_vault, ErrorCode::newer_format, ErrorCode::tampered_schema,
                          ErrorCode::damaged_record, ErrorCode::already_exists, ErrorCode::internal}) {
    const Failure failure{code, HelperPhase::tls, {'2', '8', 'P', '0', '1'}, true, false};
    EXPECT_EQ(decode_failure(encode(failure)), failure);
  }
  const Failure unknown{ErrorCode::io, HelperPhase::speaking, {'0', '8', '0', '0', '6'}, false, true};
  EXPECT_EQ(decode_failure(encode(unknown)), unknown);
  EXPECT_EQ(decode_failure(encode(Failure{ErrorCode::wrong_key})).code, ErrorCode::internal) << "no helper's business";
}

TEST(Failure, EveryByteThatHasNoMeaningIsRefused) {
  const Frame good = encode(Failure{ErrorCode::io});
  for (const auto& [at, value] : {std::pair{0, 0}, {0, 14}, {1, 6}, {2, 'a'}, {6, 0x1b}, {7, 4}}) {
    Frame bad = good;
    bad.payload.at(static_cast<std::size_t>(at)) = static_cast<std::uint8_t>(value);
    EXPECT_EQ(code_of([&] { decode_failure(bad); }), ErrorCode::io) << at << ' ' << value;
  }
  for (std::size_t size = 0; size < good.payload.size(); ++size) {
    const Frame cut{good.kind,
                    FrameBytes(good.payload.begin(), good.payload.begin() + static_cast<std::ptrdiff_t>(size))};
    EXPECT_EQ(code_of([&] { decode_failure(cut); }), ErrorCode::io) << size;
  }
}

}  // namespace
}  // namespace vault::test
