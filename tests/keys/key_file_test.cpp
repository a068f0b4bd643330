// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/keys/slots.h"
#include "tests/support/error_of.h"

namespace vault::testing {
namespace {

constexpr std::string_view kText =
    "CLAVIGER-KEY-1 1112131415161718191a1b1c1d1e1f20 JSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QEFCQ0Q=\n";

std::optional<ErrorCode> parsing(std::string_view text) {
  return code_of([&] { return parse_key_file(text); });
}

TEST(KeyFiles, AreOneLineThatNamesItsVault) {
  EXPECT_EQ(to_text({kVault, test_key<SlotKey>(1)}).reveal(), kText);
  const auto file = parse_key_file(kText);
  EXPECT_EQ(file.vault, kVault);
  EXPECT_EQ(copy_of(file.key.reveal()), copy_of(test_key<SlotKey>(1).reveal()));
}

TEST(KeyFiles, AreMadeWithAFreshKeyEachTime) {
  const auto one = make_key_file(kVault);
  const auto two = make_key_file(kVault);
  EXPECT_EQ(one.vault, kVault);
  EXPECT_NE(copy_of(one.key.reveal()), copy_of(two.key.reveal()));
}

TEST(KeyFiles, MayLackTheirLineEndOrHaveAnotherSystems) {
  const auto line = kText.substr(0, kText.size() - 1);
  EXPECT_EQ(parsing(line), std::nullopt);
  EXPECT_EQ(parsing(std::string(line) + "\r\n"), std::nullopt);
}

TEST(KeyFiles, RefuseWhatIsCutOffAtAnyByte) {
  for (std::size_t size = 0; size + 1 < kText.size(); ++size)
    EXPECT_EQ(parsing(kText.substr(0, size)), ErrorCode::bad_input) << size;
}

TEST(KeyFiles, RefuseEveryOtherForm) {
  const std::string line(kText.substr(0, kText.size() - 1));
  for (const std::string& text :
       {"\n" + line, " " + line, line + " ", line + "\n\n", line + "\nmore", "X" + line.substr(1),
        line.substr(0, 13) + "2" + line.substr(14), "\xEF\xBB\xBF" + line,
        line.substr(0, line.size() - 2) + "R=", std::string(kText) + std::string(kText)}) {
    EXPECT_EQ(parsing(text), ErrorCode::bad_input) << text.size();
  }
}

// E03
TEST(KeyFiles, NameNoneOfTheirBytesInErrors) {
  const Error error = error_of([] { return parse_key_file("CLAVIGER-KEY-1 zz JSYnKCkqKywt"); });
  EXPECT_EQ(std::string(error.what()).find("JSYn"), std::string::npos);
}

TEST(KeyFileUnlocking, OpensItsSlot) {
  const std::vector<KeySlot> slots{made_slot(SlotKind::recovery, test_key<SlotKey>(1), 1),
                                   made_slot(SlotKind::key_file, test_key<SlotKey>(1), 2)};
  EXPECT_EQ(unlock_any(slots, kVault, KeyFileUnlocker(parse_key_file(kText)))->index, 1U);
}

// Fault D9: what a key file opens is for the slots to say; the id in it is a word about where it was made.
TEST(KeyFileUnlocking, OpensAVaultThatItDoesNotName) {
  const std::vector<KeySlot> slots{made_slot(SlotKind::key_file, test_key<SlotKey>(1), 2)};
  const KeyFileUnlocker unlocker(KeyFile{test_id<VaultId>(9), test_key<SlotKey>(1)});
  EXPECT_TRUE(unlock_any(slots, kVault, unlocker));
  EXPECT_EQ(unlocker.vault(), test_id<VaultId>(9));
}

TEST(KeyFileUnlocking, OffersNothingToSlotsOfOtherKinds) {
  const KeyFileUnlocker unlocker(KeyFile{kVault, test_key<SlotKey>(1)});
  EXPECT_FALSE(unlocker.key_for(made_slot(SlotKind::recovery, test_key<SlotKey>(1), 1), kVault));
}

}  // namespace
}  // namespace vault::testing
