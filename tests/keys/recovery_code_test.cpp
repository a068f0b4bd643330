// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/keys/slots.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

SlotKey code_key() { return test_key<SlotKey>(3); }
std::string code() { return std::string(to_recovery_code(code_key()).reveal()); }

std::optional<ErrorCode> parsing(const std::string& text) {
  return code_of([&] { return parse_recovery_code(text); });
}

bool gives_the_key(const std::string& text) {
  return copy_of(parse_recovery_code(text).reveal()) == copy_of(code_key().reveal());
}

template <class Change>
std::string changed(std::string text, Change change) {
  for (char& c : text) c = change(c);
  return text;
}

TEST(RecoveryCodes, AreFourteenGroupsOfFour) {
  const auto text = code();
  ASSERT_EQ(text.size(), 69U);
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_EQ(text[i] == '-', i % 5 == 4) << i;
    EXPECT_TRUE(text[i] == '-' || kAlphabet.find(text[i]) != std::string_view::npos);
  }
  EXPECT_TRUE(gives_the_key(text));
}

TEST(RecoveryCodes, GiveRandomKeysBack) {
  for (int i = 0; i < 200; ++i) {
    const auto key = make_recovery_key();
    EXPECT_EQ(copy_of(parse_recovery_code(to_recovery_code(key).reveal()).reveal()), copy_of(key.reveal()));
  }
}

TEST(RecoveryCodes, AreMendedWherePeopleMisread) {
  const auto text = code();
  EXPECT_TRUE(gives_the_key(changed(text, [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; })));
  EXPECT_TRUE(gives_the_key(changed(text, [](char c) { return c == '0' ? 'O' : c; })));
  EXPECT_TRUE(gives_the_key(changed(text, [](char c) { return c == '0' ? 'o' : c; })));
  EXPECT_TRUE(gives_the_key(changed(text, [](char c) { return c == '1' ? 'I' : c; })));
  EXPECT_TRUE(gives_the_key(changed(text, [](char c) { return c == '1' ? 'l' : c; })));
  EXPECT_TRUE(gives_the_key(changed(text, [](char c) { return c == '-' ? ' ' : c; })));
  EXPECT_TRUE(gives_the_key(" \t" + text + "\r\n"));
  std::string bare = text;
  std::erase(bare, '-');
  EXPECT_TRUE(gives_the_key(bare));
}

TEST(RecoveryCodes, RefuseEverySingleWrongCharacter) {
  auto text = code();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    const char right = text[i];
    for (const char wrong : kAlphabet) {
      text[i] = wrong;
      EXPECT_EQ(parsing(text), wrong == right ? std::nullopt : std::optional(ErrorCode::bad_input)) << i << wrong;
    }
    text[i] = right;
  }
}

TEST(RecoveryCodes, RefuseNeighboursThatWereExchanged) {
  auto text = code();
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '-' || text[i + 1] == '-' || text[i] == text[i + 1]) continue;
    std::swap(text[i], text[i + 1]);
    EXPECT_EQ(parsing(text), ErrorCode::bad_input) << i;
    std::swap(text[i], text[i + 1]);
  }
}

TEST(RecoveryCodes, RefuseGroupsThatWereExchangedLostOrAdded) {
  const auto text = code();
  EXPECT_EQ(parsing(text.substr(5)), ErrorCode::bad_input);
  EXPECT_EQ(parsing(text.substr(0, 64)), ErrorCode::bad_input);
  EXPECT_EQ(parsing(text + "-" + text.substr(0, 4)), ErrorCode::bad_input);
  EXPECT_EQ(parsing(text.substr(5, 5) + text.substr(0, 5) + text.substr(10)), ErrorCode::bad_input);
  EXPECT_EQ(parsing(""), ErrorCode::bad_input);
}

TEST(RecoveryCodes, NameTheGroupWithACharacterThatNoCodeHas) {
  auto text = code();
  text[11] = 'U';  // third group
  const Error error = error_of([&] { return parse_recovery_code(text); });
  EXPECT_EQ(error.code(), ErrorCode::bad_input);
  EXPECT_NE(std::string(error.what()).find("group 3"), std::string::npos);
  for (const char c : {'U', '!', '\xC3', '\0', '_'}) {
    text[11] = c;
    EXPECT_EQ(parsing(text), ErrorCode::bad_input);
  }
}

TEST(RecoveryUnlocking, OpensItsSlotAndNoOther) {
  const std::vector<KeySlot> slots{made_slot(SlotKind::key_file, code_key(), 1),
                                   made_slot(SlotKind::recovery, code_key(), 2)};
  EXPECT_EQ(unlock_any(slots, kVault, RecoveryUnlocker(code_key()))->index, 1U);
  EXPECT_FALSE(unlock_any(slots, kVault, RecoveryUnlocker(test_key<SlotKey>(4))));
}

}  // namespace
}  // namespace vault::testing
