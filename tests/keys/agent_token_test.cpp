// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/keys/slots.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

AgentToken a_token() { return {test_id<SlotId>(4), test_key<SlotKey>(5)}; }
std::string token_text() { return std::string(to_text(a_token()).reveal()); }

std::optional<ErrorCode> parsing(const std::string& text) {
  return code_of([&] { return parse_agent_token(text); });
}

TEST(AgentTokens, AreOneWordThatGivesSlotAndKeyBack) {
  const auto text = token_text();
  EXPECT_TRUE(text.starts_with("clv1_"));
  EXPECT_EQ(text.size(), 5U + 70U);
  const auto token = parse_agent_token(text);
  EXPECT_EQ(token.slot, a_token().slot);
  EXPECT_EQ(copy_of(token.key.reveal()), copy_of(a_token().key.reveal()));
  EXPECT_LE(text.size(), kLongestToken);
}

TEST(AgentTokens, AreMadeFreshEachTime) {
  const auto one = make_agent_token();
  const auto two = make_agent_token();
  EXPECT_NE(one.slot, two.slot);
  EXPECT_NE(copy_of(one.key.reveal()), copy_of(two.key.reveal()));
}

TEST(AgentTokens, MayBeFollowedByOneLineEnd) {
  EXPECT_EQ(parsing(token_text() + "\n"), std::nullopt);
  EXPECT_EQ(parsing(token_text() + "\r\n"), std::nullopt);
  EXPECT_EQ(parsing(token_text() + "\n\n"), ErrorCode::bad_input);
  EXPECT_EQ(parsing(" " + token_text()), ErrorCode::bad_input);
  EXPECT_EQ(parsing(token_text() + " "), ErrorCode::bad_input);
}

// A mistyped token is told from a revoked one.
TEST(AgentTokens, AreRefusedWithAnyCharacterChanged) {
  auto text = token_text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char right = text[i];
    for (const char wrong : std::string_view("AZaz09-_+/= ")) {
      text[i] = wrong;
      EXPECT_EQ(parsing(text), wrong == right ? std::nullopt : std::optional(ErrorCode::bad_input)) << i << wrong;
    }
    text[i] = right;
  }
}

TEST(AgentTokens, AreRefusedCutOffOrPrefixedOtherwise) {
  const auto text = token_text();
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_EQ(parsing(text.substr(0, size)), ErrorCode::bad_input);
  EXPECT_EQ(parsing("clv2_" + text.substr(5)), ErrorCode::bad_input);
  EXPECT_EQ(parsing(text.substr(5)), ErrorCode::bad_input);
  EXPECT_EQ(parsing(text + text.substr(5)), ErrorCode::bad_input);
}

TEST(TokenParameters, HoldAnExpiryOrNothing) {
  EXPECT_TRUE(token_parameters(std::nullopt).empty());
  EXPECT_EQ(token_expiry({}), std::nullopt);
  for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX, std::int64_t{1'800'000'000'000}}) {
    EXPECT_EQ(token_expiry(token_parameters(Timestamp{ms})), Timestamp{ms});
  }
  EXPECT_EQ(to_hex(token_parameters(Timestamp{1})), "0100000000000000");
}

TEST(TokenParameters, AreRefusedWithAnotherLength) {
  for (const std::size_t size : {1U, 7U, 9U, 24U}) {
    EXPECT_EQ(code_of([&] { return token_expiry(Bytes(size)); }), ErrorCode::parameters_out_of_bounds);
  }
}

TEST(TokenUnlocking, AsksOnlyTheSlotThatTheTokenNames) {
  const auto token_slot = made_slot(SlotKind::agent_token, a_token().key, 4);
  const std::vector<KeySlot> slots{made_slot(SlotKind::agent_token, a_token().key, 6), token_slot};
  EXPECT_EQ(unlock_any(slots, kVault, TokenUnlocker(a_token()))->index, 1U);
  EXPECT_FALSE(unlock_any(std::span(slots).first(1), kVault, TokenUnlocker(a_token())));
  auto other_kind = token_slot;
  other_kind.kind = SlotKind::key_file;
  EXPECT_FALSE(TokenUnlocker(a_token()).key_for(other_kind, kVault));
}

// A03: the date is in the clear, but bound to the slot.
TEST(TokenUnlocking, FailsWhenTheExpiryInTheClearWasChanged) {
  auto slot = made_slot(SlotKind::agent_token, a_token().key, 4, token_parameters(Timestamp{1000}));
  slot.parameters = token_parameters(Timestamp{2000});
  EXPECT_FALSE(unlock_any(std::span(&slot, 1), kVault, TokenUnlocker(a_token())));
}

}  // namespace
}  // namespace vault::testing
