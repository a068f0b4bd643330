// SPDX-License-Identifier: Apache-2.0
// D10: a compiler may leave out a write that nobody reads. The sources of secrets and keys are compiled into this
// program anew, with all optimisation there is and across files, and freed memory is looked at in the moment before it
// goes.
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <optional>

#include "vault/crypto/key.h"
#include "vault/crypto/secret.h"

namespace {

const volatile unsigned char* watched = nullptr;
std::size_t watched_size = 0;
std::optional<bool> was_zero;

void watch(const void* memory, std::size_t size) {
  watched = static_cast<const volatile unsigned char*>(memory);
  watched_size = size;
  was_zero.reset();
}

bool all_zero() {
  bool zero = true;
  for (std::size_t i = 0; i < watched_size; ++i) zero = zero && watched[i] == 0;
  return zero;
}

}  // namespace

extern "C" {
void __real_free(void* memory);
[[gnu::noinline]] void __wrap_free(void* memory) {
  if (memory != nullptr && memory == watched) was_zero = all_zero();
  __real_free(memory);
}
}

namespace vault::testing {
namespace {

constexpr std::string_view kSecret = "sk-test-optimised-0123456789-abcdef";

[[gnu::noinline]] void use_and_drop_a_secret() {
  const auto secret = SecretString::copy_of(kSecret);
  watch(secret.reveal().data(), secret.reveal().size());
}

TEST(OptimisedWiping, HappensAtTheHighestOptimisation) {
  use_and_drop_a_secret();
  EXPECT_EQ(was_zero, true);
}

TEST(OptimisedWiping, HappensWhereABufferIsOverwrittenByName) {
  unsigned char buffer[64];
  std::memcpy(buffer, kSecret.data(), kSecret.size());
  wipe(buffer, sizeof buffer);
  watch(buffer, sizeof buffer);
  EXPECT_TRUE(all_zero());
}

// A key's page stays ours after the key is gone, so it can be looked at.
TEST(OptimisedWiping, HappensToTheCellOfAKeyThatIsGone) {
  const RootKey keeps_the_page;
  {
    RootKey key;
    std::memset(key.writable().data(), 0x41, kKeySize);
    watch(key.reveal().data(), kKeySize);
    ASSERT_FALSE(all_zero());
  }
  EXPECT_TRUE(all_zero());
}

// The proof that the others prove something.
[[gnu::noinline]] void use_and_drop_without_wiping() {
  auto* const bytes = static_cast<char*>(std::malloc(kSecret.size()));
  std::memcpy(bytes, kSecret.data(), kSecret.size());
  watch(bytes, kSecret.size());
  std::free(bytes);
}

TEST(OptimisedWiping, WouldBeMissedIfItWereNotThere) {
  use_and_drop_without_wiping();
  EXPECT_EQ(was_zero, false);
}

}  // namespace
}  // namespace vault::testing
