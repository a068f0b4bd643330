// SPDX-License-Identifier: Apache-2.0
#include "cli/unlocking/passphrase_strength.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(PassphraseStrength, WarnsOfWhatPeopleChooseFirst) {
  for (const auto* weak : {"password1", "Password2024", "12345678901234567890", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                           "dragon", "qwerty", "letmein!", "correct horse", ""}) {
    EXPECT_TRUE(weakness_of(weak)) << weak;
  }
}

TEST(PassphraseStrength, TakesRandomWordsAndRandomCharacters) {
  for (const auto* good :
       {"vivid lagoon otter pencil drum saint", "xK9#mQ2$vL7!tRz4", "fhqwkzgvbnmtrxpl", "7f3a9c1e5b8d2046f1a3c7"}) {
    EXPECT_FALSE(weakness_of(good)) << good << ": " << guessing_bits(good);
  }
}

TEST(PassphraseStrength, GrowsWithEveryWordAndNotWithItsLength) {
  EXPECT_EQ(guessing_bits("otter"), guessing_bits("interesting"));
  EXPECT_GT(guessing_bits("otter lagoon"), guessing_bits("otter"));
}

TEST(PassphraseStrength, NeverRepeatsThePassphrase) {
  EXPECT_EQ(weakness_of("dragon")->find("dragon"), std::string::npos);
}

TEST(PassphraseStrength, TakesAnyBytes) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_GT(guessing_bits(all), 0);
  EXPECT_LE(guessing_bits(std::string(1 << 20, '\xFF') + std::string(1 << 16, 'q')), 1000);
}

}  // namespace
}  // namespace cli
