// SPDX-License-Identifier: Apache-2.0
// Whatever a helper does, its parent gets an answer or an error in bounded time, and no zombie remains.
#include "vault/helper/helper_process.h"

#include <gmock/gmock.h>
#include <sys/wait.h>

#include "tests/helper/fake_place.h"
#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

class HelperProcessTest : public testing::Test {
 protected:
  void TearDown() override { EXPECT_FALSE(has_children()) << "a zombie, or a helper that runs on"; }

  Error error_of_starting(const std::string& behaviour, Deadline deadline) {
    return error_of([&] { HelperProcess(place_.judged(behaviour), {}, deadline); });
  }

  FakePlace place_;
};

TEST_F(HelperProcessTest, SeveralRequestsMayBeSentBeforeTheAnswersAreRead) {
  HelperProcess helper(place_.judged("echo"), {}, soon());
  for (std::uint8_t i = 0; i < 100; ++i) helper.send({20, {i}}, soon());
  for (std::uint8_t i = 0; i < 100; ++i) EXPECT_EQ(helper.receive(soon()), (Frame{20, {i}}));
}

TEST_F(HelperProcessTest, NeitherWaitsForTheOtherHoweverLongTheFrames) {
  HelperProcess helper(place_.judged("echo"), {}, soon());
  const Frame longest{20, FrameBytes(kLongestFrame - 1, 7)};
  for (int i = 0; i < 3; ++i) helper.send(longest, soon());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(helper.receive(soon()), longest);
}

TEST_F(HelperProcessTest, OneThatIsSilentIsKilledWhenTheDeadlinePasses) {
  EXPECT_EQ(error_of_starting("silent", at_once()).code(), ErrorCode::io);
}

TEST_F(HelperProcessTest, OneThatIsSilentLaterIsKilledWhenTheDeadlinePasses) {
  HelperProcess helper(place_.judged("stubborn"), {}, soon());
  EXPECT_EQ(code_of([&] { helper.receive(at_once()); }), ErrorCode::io);
  EXPECT_EQ(helper.pid(), 0);
  EXPECT_EQ(code_of([&] { helper.send({20, {}}, soon()); }), ErrorCode::io);
}

TEST_F(HelperProcessTest, OneThatTakesNothingInDoesNotHoldUpItsParent) {
  HelperProcess helper(place_.judged("stubborn"), {}, soon());
  EXPECT_EQ(code_of([&] { helper.send({20, FrameBytes(kLongestFrame - 1)}, at_once()); }), ErrorCode::io);
}

TEST_F(HelperProcessTest, OneThatFloodsIsStoppedBeforeItFillsTheMemory) {
  HelperProcess helper(place_.judged("flood"), {}, soon());
  EXPECT_EQ(code_of([&] { helper.send({20, FrameBytes(kLongestFrame - 1)}, soon()); }), ErrorCode::io);
  EXPECT_EQ(error_of_starting("zeros", soon()).code(), ErrorCode::io);
}

TEST_F(HelperProcessTest, AHelloThatIsCutAtAnyByteIsIo) {
  const auto whole = encode(encode(Hello{kHelperProtocol, std::string(helper_version())})).size();
  for (std::size_t size = 0; size < whole; ++size) {
    EXPECT_EQ(error_of_starting("part-" + std::to_string(size), soon()).code(), ErrorCode::io) << size;
  }
}

TEST_F(HelperProcessTest, AnotherVersionIsNamedWithThePathOfTheHelper) {
  const auto error = error_of_starting("version", soon());
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_THAT(error.what(),
              testing::AllOf(testing::HasSubstr((place_.folder() / "version").string()),
                             testing::HasSubstr("9.9.9?[31m"), testing::HasSubstr(std::string(helper_version()))));
  EXPECT_EQ(error_of_starting("protocol", soon()).code(), ErrorCode::io);
}

TEST_F(HelperProcessTest, WhatIsNoHelloOrTooLongIsIo) {
  EXPECT_EQ(error_of_starting("unasked", soon()).code(), ErrorCode::io);
  EXPECT_EQ(error_of_starting("long", soon()).code(), ErrorCode::io);
}

TEST_F(HelperProcessTest, OneThatEndsIsIoWhateverItsStatus) {
  for (int status = 0; status < 256; ++status) {
    ASSERT_EQ(error_of_starting("exit-" + std::to_string(status), soon()).code(), ErrorCode::io) << status;
  }
}

TEST_F(HelperProcessTest, OneThatLeavesTheSocketToAChildIsGoneAllTheSame) {
  const auto begun = std::chrono::steady_clock::now();
  HelperProcess helper(place_.judged("child"), {}, soon());
  EXPECT_EQ(code_of([&] { helper.receive(soon()); }), ErrorCode::io);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(15)) << "waited for the deadline";
}

TEST_F(HelperProcessTest, OneThatIsKilledIsIo) {
  HelperProcess helper(place_.judged("echo"), {}, soon());
  ASSERT_EQ(::kill(helper.pid(), SIGKILL), 0);
  EXPECT_EQ(code_of([&] { helper.receive(soon()); }), ErrorCode::io);
}

TEST_F(HelperProcessTest, OneThatIgnoresTheEndIsKilled) {
  HelperProcess helper(place_.judged("stubborn"), {}, soon());
  helper.end(std::chrono::milliseconds(50));
  EXPECT_EQ(helper.pid(), 0);
}

TEST_F(HelperProcessTest, WhatIsNoProgramIsIo) {
  const auto path = place_.copy("text");
  std::error_code ignored;
  std::filesystem::resize_file(path, 10, ignored);
  EXPECT_EQ(code_of([&] { HelperProcess(judge_helper(path), {}, soon()); }), ErrorCode::io);
}

}  // namespace
}  // namespace vault::test
