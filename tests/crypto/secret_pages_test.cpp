// SPDX-License-Identifier: Apache-2.0
#include "vault/crypto/secret_pages.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "vault/base/encoding.h"

namespace vault::testing {
namespace {

std::size_t page() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

// How many of the pages take memory.
std::ptrdiff_t resident(const SecretPages& pages) {
  std::vector<unsigned char> states((pages.size() + page() - 1) / page());
  auto* const at = const_cast<std::uint8_t*>(pages.reveal().data());
  EXPECT_EQ(::mincore(at, pages.size(), states.data()), 0);
  return std::ranges::count_if(states, [](unsigned char state) { return (state & 1) != 0; });
}

SecretPages full(std::size_t count) {
  SecretPages pages(count * page());
  std::ranges::fill(pages.writable(), std::uint8_t{'x'});
  return pages;
}

TEST(SecretPages, GiveTheFrontBackToTheSystem) {
  auto pages = full(8);
  EXPECT_EQ(resident(pages), 8);
  pages.forget_front(3 * page() + 1);
  EXPECT_EQ(resident(pages), 5);
  EXPECT_EQ(pages.reveal()[3 * page()], 'x');
  pages.forget_front(100 * page());
  EXPECT_EQ(resident(pages), 0);
  EXPECT_EQ(pages.reveal()[0], 0);
}

TEST(SecretPages, TakeNoMemoryBeforeTheyAreWritten) {
  SecretPages pages(1000 * page());
  EXPECT_EQ(resident(pages), 0);
  pages.settle(5);
  EXPECT_EQ(pages.size(), 5U);
}

TEST(SecretPages, KeepWhatIsThereWhenTheyGrow) {
  auto pages = SecretPages::copy_of(bytes_of("secret"));
  pages.grow(300 * page());
  EXPECT_EQ(text_of(pages.reveal().first(7)), std::string_view("secret\0", 7));
  auto none = SecretPages();
  none.grow(3);
  EXPECT_EQ(none.size(), 3U);
}

TEST(SecretPages, StayWhereTheyAreWhenTheyAreMoved) {
  auto pages = SecretPages::copy_of(bytes_of("secret"));
  const auto* const at = pages.reveal().data();
  const auto moved = std::move(pages);
  EXPECT_EQ(moved.reveal().data(), at);
  EXPECT_EQ(pages.size(), 0U);  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace vault::testing
