// SPDX-License-Identifier: Apache-2.0
// What the kernel itself says of the pages that keys lie in (D06) and of Argon2's working memory (D11): asked of
// /proc/self, not of the calls that were to bring it about.
#include <cstdint>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "vault/base/encoding.h"
#include "vault/crypto/kdf.h"
#include "vault/crypto/key.h"

namespace vault::testing {
namespace {

// The flags of the mapping around an address, as in " rd wr mr mw me dd sd "; empty when nothing is mapped there.
std::string flags_of_mapping_at(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream file("/proc/self/smaps");
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    char dash = 0;
    std::istringstream words(line);
    if (words >> std::hex >> begin >> dash >> end && dash == '-') inside = begin <= wanted && wanted < end;
    if (inside && line.starts_with("VmFlags:")) return line.substr(line.find(':') + 1) + " ";
  }
  return {};
}

bool has_flag(const void* address, const std::string& flag) {
  return flags_of_mapping_at(address).find(" " + flag + " ") != std::string::npos;
}

// In KiB, from /proc/self/status.
long memory(const std::string& name) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  }
  return -1;
}

// D06: dd is the kernel's word for "not in a dump".
TEST(KeyPages, AreLeftOutOfDumpsAsTheKernelSees) {
  const RootKey key;
  const AgentKey other;
  EXPECT_TRUE(has_flag(key.reveal().data(), "dd")) << flags_of_mapping_at(key.reveal().data());
  EXPECT_TRUE(has_flag(other.reveal().data(), "dd"));
}

TEST(KeyPages, AreLockedWhereTheProgramSaysSo) {
  const RootKey key;
  EXPECT_EQ(has_flag(key.reveal().data(), "lo"), keys_are_locked());
}

TEST(KeyPages, AreToldFromOrdinaryMemory) {
  const auto ordinary = std::make_unique<std::uint64_t>(1);
  ASSERT_FALSE(flags_of_mapping_at(ordinary.get()).empty());
  EXPECT_FALSE(has_flag(ordinary.get(), "dd"));
}

// D11: unmapped memory comes back as zeros, to whomever. The peak shows that it was there.
TEST(Argon2Memory, IsGivenBackToTheKernelWhenTheKeyIsDerived) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer keeps what was freed";
#endif
  constexpr long kMib = 1024;
  const long before = memory("VmSize");
  const std::string passphrase = "a passphrase of the test";
  derive_passphrase_key(bytes_of(passphrase), Salt{}, {2, 64});
  EXPECT_GE(memory("VmPeak"), before + 60 * kMib);
  EXPECT_LT(memory("VmSize"), before + 8 * kMib);
}

}  // namespace
}  // namespace vault::testing
