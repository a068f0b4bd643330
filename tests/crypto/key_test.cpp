// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>
#include <type_traits>
#include <vector>

#include "tests/support/bytes.h"
#include "vault/crypto/key.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

bool is_zero(KeyView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

TEST(Keys, StartAsZeros) { EXPECT_TRUE(is_zero(AnyKey().reveal())); }

TEST(Keys, AreDistinctTypesThatCannotBeCopiedOrCompared) {
  static_assert(!std::is_copy_constructible_v<AnyKey> && !std::is_copy_assignable_v<AnyKey>);
  static_assert(!std::is_convertible_v<RootKey, AgentKey> && !std::is_constructible_v<AgentKey, RootKey>);
  const auto key = test_key<AnyKey>(1);
  const auto clone = key.clone();
  EXPECT_NE(clone.reveal().data(), key.reveal().data());
  EXPECT_EQ(copy_of(clone.reveal()), copy_of(key.reveal()));
}

// The cell stays mapped: looking at it after it was given back is looking at the pool, not at freed memory.
TEST(KeyCells, AreWipedBeforeTheyAreUsedAgain) {
  const std::uint8_t* cell = nullptr;
  {
    const auto key = test_key<AnyKey>(3);
    cell = key.reveal().data();
    EXPECT_FALSE(is_zero(KeyView(cell, kKeySize)));
  }
  EXPECT_TRUE(is_zero(KeyView(cell, kKeySize)));
  EXPECT_EQ(AnyKey().reveal().data(), cell);
}

TEST(KeyCells, AreWipedWhenAKeyIsAssignedOver) {
  auto key = test_key<AnyKey>(4);
  const auto* const cell = key.reveal().data();
  key = test_key<AnyKey>(5);
  EXPECT_TRUE(is_zero(KeyView(cell, kKeySize)));
  EXPECT_EQ(copy_of(key.reveal()), counting(kKeySize, 5 * 37));
}

TEST(KeyCells, AreNeverSharedByTwoKeys) {
  std::vector<AnyKey> keys(1000);
  std::set<const std::uint8_t*> cells;
  for (unsigned i = 0; i < keys.size(); ++i) {
    keys[i].writable()[0] = static_cast<std::uint8_t>(i);
    cells.insert(keys[i].reveal().data());
  }
  EXPECT_EQ(cells.size(), keys.size());
  for (unsigned i = 0; i < keys.size(); ++i) EXPECT_EQ(keys[i].reveal()[0], static_cast<std::uint8_t>(i));
}

TEST(KeyCells, MoveWithTheirKeyAndAreGivenBackOnce) {
  auto key = test_key<AnyKey>(6);
  const auto* const cell = key.reveal().data();
  const AnyKey moved(std::move(key));
  EXPECT_EQ(moved.reveal().data(), cell);
  key_cells::give_back(nullptr);
}

}  // namespace
}  // namespace vault::testing
