// SPDX-License-Identifier: Apache-2.0
// Memory that held a secret is looked at in the moment before it is freed, while it is still ours: reading it
// afterwards would be undefined, and would prove nothing.
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>
#include <optional>
#include <vector>

#include "tests/support/bytes.h"
#include "vault/crypto/padding.h"
#include "vault/crypto/secret.h"
#include "vault/crypto/secret_text.h"

namespace {

const void* watched = nullptr;
std::size_t watched_size = 0;
std::optional<bool> was_zero;

void look_at(const void* memory) {
  if (memory == nullptr || memory != watched) return;
  const auto* const bytes = static_cast<const unsigned char*>(memory);
  bool zero = true;
  for (std::size_t i = 0; i < watched_size; ++i) zero = zero && bytes[i] == 0;
  was_zero = zero;
  watched = nullptr;
}

void watch(const void* memory, std::size_t size) {
  watched = memory;
  watched_size = size;
  was_zero.reset();
}

}  // namespace

extern "C" {
void __real_free(void* memory);
void __wrap_free(void* memory) {
  look_at(memory);
  __real_free(memory);
}
}

void* operator new(std::size_t size) {
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace vault::testing {
namespace {

TEST(Wiping, NoticesMemoryThatIsFreedAsItIs) {
  auto* const bytes = new std::vector<std::uint8_t>(32, 0x41);
  watch(bytes->data(), 32);
  delete bytes;
  ASSERT_TRUE(was_zero.has_value());
  EXPECT_FALSE(*was_zero);
}

TEST(Wiping, CleansSecretBytesBeforeTheyAreFreed) {
  {
    const auto bytes = SecretBytes::copy_of(counting(100, 1));
    watch(bytes.reveal().data(), bytes.size());
  }
  EXPECT_EQ(was_zero, true);
}

TEST(Wiping, CleansTheWholeOfBytesThatWereCutShort) {
  {
    auto bytes = SecretBytes::copy_of(counting(100, 1));
    watch(bytes.reveal().data(), 100);
    bytes.truncate(10);
  }
  EXPECT_EQ(was_zero, true);
}

TEST(Wiping, CleansWhatAnAssignmentReplaces) {
  auto bytes = SecretBytes::copy_of(counting(100, 1));
  watch(bytes.reveal().data(), 100);
  bytes = SecretBytes::copy_of(counting(5));
  EXPECT_EQ(was_zero, true);
}

TEST(Wiping, CleansSecretStrings) {
  {
    const auto text = SecretString::copy_of("sk-test-0123456789");
    watch(text.reveal().data(), text.size());
  }
  EXPECT_EQ(was_zero, true);
}

TEST(Wiping, CleansWhenAnExceptionUnwinds) {
  try {
    const auto text = SecretString::copy_of("sk-test-0123456789");
    watch(text.reveal().data(), text.size());
    throw 1;
  } catch (int) {
  }
  EXPECT_EQ(was_zero, true);
}

TEST(Wiping, CleansPaddedPlaintextAndBase64) {
  {
    const auto bytes = padded(counting(70, 1));
    watch(bytes.reveal().data(), bytes.size());
  }
  EXPECT_EQ(was_zero, true);
  {
    const auto text = to_base64(counting(70, 1), Base64::standard);
    watch(text.reveal().data(), text.size());
  }
  EXPECT_EQ(was_zero, true);
}

// D09: what a growing container leaves behind.
TEST(Wiping, CleansTheOldMemoryOfAGrowingVector) {
  std::vector<std::uint8_t, WipingAllocator<std::uint8_t>> bytes(16, 0x41);
  watch(bytes.data(), bytes.size());
  bytes.reserve(1000);
  EXPECT_EQ(was_zero, true);
  watch(bytes.data(), bytes.size());
  std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>().swap(bytes);
  EXPECT_EQ(was_zero, true);
}

}  // namespace
}  // namespace vault::testing
