// SPDX-License-Identifier: Apache-2.0
// A14: the file cut off, or with bytes behind its end.
#include <gmock/gmock.h>

#include "tests/attack/small_vault.h"

namespace vault::testing {
namespace {

TEST(ATruncatedVault, IsRefusedAtEveryLength) {
  const SmallVault vault;
  const auto whole = vault.bytes();
  for (std::size_t length = 0; length < whole.size(); length += 512) {
    place(vault.path(), whole.substr(0, length));
    const auto outcome = vault.read();
    ASSERT_TRUE(outcome.error) << "at length " << length;
    ASSERT_EQ(*outcome.error, length == 0 ? ErrorCode::not_a_vault : ErrorCode::damaged_record)
        << "at length " << length;
  }
}

TEST(ATruncatedVault, OneByteShortIsRefused) {
  const SmallVault vault;
  const auto whole = vault.bytes();
  place(vault.path(), whole.substr(0, whole.size() - 1));
  EXPECT_EQ(vault.read().error, ErrorCode::damaged_record);
}

TEST(AVaultWithBytesBehindItsEnd, StillReadsRight) {
  const SmallVault vault;
  place(vault.path(), vault.bytes() + std::string(10'000, 'x'));
  const auto outcome = vault.read();
  EXPECT_EQ(outcome.error, std::nullopt);
  EXPECT_EQ(outcome.secret, SmallVault::kSecret);
}

TEST(AVaultOfZeros, IsNoVaultAtAll) {
  const SmallVault vault;
  place(vault.path(), std::string(vault.bytes().size(), '\0'));
  EXPECT_EQ(vault.read().error, ErrorCode::not_a_vault);
}

}  // namespace
}  // namespace vault::testing
