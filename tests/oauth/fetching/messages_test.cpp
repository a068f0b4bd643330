// SPDX-License-Identifier: Apache-2.0
#include "vault/oauth/fetching/messages.h"

#include <gmock/gmock.h>

#include "tests/storage/error_of.h"

namespace vault::fetching {
namespace {

using vault::test::code_of;

const Request kRequest{"https://tokens.test/t", Request::Body::json, 17, 1'000, 2'000};

Reply reply_of(std::size_t size) { return {503, 60, FrameBytes(size, 'x')}; }

void expect_refused(const std::function<void()>& decode) { EXPECT_EQ(code_of(decode), ErrorCode::io); }

TEST(FetchingMessages, ComeBackAsTheyWereSaid) {
  EXPECT_EQ(decode_request(encode(kRequest)), kRequest);
  EXPECT_EQ(decode_reply(encode(reply_of(kLongestReply))), reply_of(kLongestReply));
  const Reply bare{200, {}, {}};
  EXPECT_EQ(decode_reply(encode(bare)), bare);
  EXPECT_EQ(decode_body(encode_body("a=b")), (FrameBytes{'a', '=', 'b'}));
  EXPECT_NO_THROW(require_connected(connected_frame()));
}

TEST(FetchingMessages, OfAnotherKindAreRefused) {
  expect_refused([] { decode_request(connected_frame()); });
  expect_refused([] { decode_reply(encode(kRequest)); });
  expect_refused([] { decode_body(encode(reply_of(1))); });
  expect_refused([] { require_connected(encode_body("")); });
}

TEST(FetchingMessages, BeyondABoundAreRefused) {
  auto request = kRequest;
  for (const auto& endpoint :
       {std::string(), std::string(kLongestEndpoint + 1, 'a'), std::string("https://a\0b", 11)}) {
    request.endpoint = endpoint;
    expect_refused([&] { decode_request(encode(request)); });
  }
  request = kRequest;
  request.body_size = kLongestBody + 1;
  expect_refused([&] { decode_request(encode(request)); });
  request = kRequest;
  request.answer_by_ms = -1;
  expect_refused([&] { decode_request(encode(request)); });
  expect_refused([] { decode_body(encode_body(std::string(kLongestBody + 1, 'x'))); });
  expect_refused([] { decode_reply(encode(reply_of(kLongestReply + 1))); });
  expect_refused([] { decode_reply(encode(Reply{99, {}, {}})); });
  expect_refused([] { decode_reply(encode(Reply{1000, {}, {}})); });
  expect_refused([] { decode_reply(encode(Reply{200, 0x80000000U, {}})); });
}

TEST(FetchingMessages, CutOffAnywhereOrWithAByteLeftOverAreRefused) {
  for (const auto& whole : {encode(kRequest), encode(reply_of(3)), encode_body("a=b")}) {
    const auto decode = [](const vault::Frame& frame) {
      if (frame.kind == frame::request) decode_request(frame);
      if (frame.kind == frame::reply) decode_reply(frame);
      if (frame.kind == frame::body) decode_body(frame);
    };
    for (std::size_t size = 0; size < whole.payload.size(); ++size) {
      auto cut = whole;
      cut.payload.resize(size);
      expect_refused([&] { decode(cut); });
    }
    auto longer = whole;
    longer.payload.push_back(0);
    expect_refused([&] { decode(longer); });
  }
}

}  // namespace
}  // namespace vault::fetching
