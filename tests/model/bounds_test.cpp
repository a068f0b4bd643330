// SPDX-License-Identifier: Apache-2.0
// Fault S7: the lengths that the nouns' comments promise.
#include <gtest/gtest.h>

#include "tests/support/error_of.h"
#include "vault/model/profile_sheet.h"
#include "vault/model/session_pin.h"

namespace vault::testing {
namespace {

ProfileSheet sheet() { return {.id = ProfileId("openai:a"), .provider = ProviderId("openai")}; }

TEST(ProfileSheetBounds, TakeAnEmailAndADisplayNameOf4096BytesAndNoMore) {
  auto one = sheet();
  one.email = one.display_name = std::string(kLongestLabel, 'x');
  EXPECT_EQ(code_of([&] {
              require_bounds(one);
              return 0;
            }),
            std::nullopt);
  one.email->push_back('x');
  EXPECT_EQ(code_of([&] {
              require_bounds(one);
              return 0;
            }),
            ErrorCode::bad_input);
  one.email.reset();
  one.display_name->push_back('x');
  EXPECT_EQ(code_of([&] {
              require_bounds(one);
              return 0;
            }),
            ErrorCode::bad_input);
}

TEST(ProfileSheetBounds, TakeAnExpiryTextOf64BytesAndNoMore) {
  auto one = sheet();
  one.expiry = Expiry::invalid(std::string(kLongestExpiryText, '1'));
  EXPECT_EQ(code_of([&] {
              require_bounds(one);
              return 0;
            }),
            std::nullopt);
  one.expiry.json.push_back('1');
  EXPECT_EQ(code_of([&] {
              require_bounds(one);
              return 0;
            }),
            ErrorCode::bad_input);
}

TEST(ProfileSheetBounds, AreNamedWithoutTheValue) {
  auto one = sheet();
  one.email = std::string(kLongestLabel + 1, 'x');
  const Error error = error_of([&] {
    require_bounds(one);
    return 0;
  });
  EXPECT_NE(std::string(error.what()).find("e-mail"), std::string::npos);
  EXPECT_EQ(std::string(error.what()).find("xx"), std::string::npos);
}

TEST(SessionPinBounds, TakeNamesOf1To1024Bytes) {
  for (const auto& [size, fits] : {std::pair{0U, false}, {1U, true}, {1024U, true}, {1025U, false}}) {
    const SessionPin pin{std::string(size, 's'), ProfileId("openai:a"), {}};
    EXPECT_EQ(code_of([&] {
                require_bounds(pin);
                return 0;
              }) == std::nullopt,
              fits)
        << size;
  }
}

}  // namespace
}  // namespace vault::testing
