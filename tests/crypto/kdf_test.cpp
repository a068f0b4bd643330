// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "vault/crypto/kdf.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

constexpr Argon2Cost kCheap{2, 64};

Salt counting_salt() {
  Salt salt;
  const auto bytes = counting(kSaltSize);
  std::copy(bytes.begin(), bytes.end(), salt.begin());
  return salt;
}

std::string passphrase_key_hex(std::string_view passphrase, Argon2Cost cost) {
  return to_hex(derive_passphrase_key(bytes_of(passphrase), counting_salt(), cost).reveal());
}

// Expected values: an implementation of RFC 9106 written apart from libsodium, itself checked with the RFC's vector.
TEST(PassphraseKeys, AgreeWithAnIndependentArgon2id) {
  EXPECT_EQ(passphrase_key_hex("correct horse", kCheap),
            "9aab5a81db651bf866ff7b6169794d2ad9bb00f3d95177925a5fca692a34dbd1");
  EXPECT_EQ(passphrase_key_hex("p", {3, 64}), "005ceea942c0e217a6435ec8a61050cd785b5f095d3c16f9fbc25fff030720ae");
}

// A22: a NUL is a byte like any other.
TEST(PassphraseKeys, CountEveryByteOfThePassphrase) {
  EXPECT_EQ(passphrase_key_hex(std::string_view("p\0ss", 4), {3, 64}),
            "9f77f34b26d9414946c6abf830d3810f18570f3e3d8bdc8c5035edbcd5165d97");
}

TEST(PassphraseKeys, DependOnSaltAndCost) {
  auto salt = counting_salt();
  salt[15] ^= 1;
  const auto other_salt = to_hex(derive_passphrase_key(bytes_of("correct horse"), salt, kCheap).reveal());
  EXPECT_NE(other_salt, passphrase_key_hex("correct horse", kCheap));
  EXPECT_NE(passphrase_key_hex("correct horse", {2, 65}), passphrase_key_hex("correct horse", kCheap));
}

// A22: forms that look alike are different passphrases; nothing is normalised.
TEST(PassphraseKeys, TellComposedFromDecomposedLetters) {
  EXPECT_NE(passphrase_key_hex("caf\xC3\xA9", kCheap), passphrase_key_hex("cafe\xCC\x81", kCheap));
}

#if !defined(__SANITIZE_ADDRESS__)
rlim_t address_space_in_use() {
  std::size_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

// A10: runs in a child, whose memory is then limited.
[[noreturn]] void derive_with_too_little_memory() {
  const rlim_t limit = address_space_in_use() + (rlim_t{32} << 20);
  const struct rlimit both { limit, limit };
  if (::setrlimit(RLIMIT_AS, &both) != 0) ::_exit(2);
  const Error error = error_of([] { return derive_passphrase_key(bytes_of("x"), counting_salt(), kCheap); });
  const bool told = std::string(error.what()).find("64 MiB") != std::string::npos && !error.hint().empty();
  ::_exit(error.code() == ErrorCode::io && told ? 0 : 1);
}

TEST(PassphraseKeysDeathTest, SayHowMuchMemoryIsMissing) {
  EXPECT_EXIT(derive_with_too_little_memory(), ::testing::ExitedWithCode(0), "");
}
#endif

// Expected values: hashlib.blake2b(b"", key=, salt=, person=, digest_size=32) of Python 3.11.
TEST(Subkeys, AgreeWithAnIndependentBlake2b) {
  const auto key = key_of<AnyKey>(counting(32, 0x40));
  const auto subkey = [&](std::uint64_t number, const char(&context)[9]) {
    return to_hex(derive_subkey<AnyKey>(key.reveal(), number, context).reveal());
  };
  EXPECT_EQ(subkey(1, "clvroot_"), "37f916085920cf7868ac30453b9d16a92bad58e2420fceeddaec5b775aa22b8b");
  EXPECT_EQ(subkey(2, "clvroot_"), "61645749e071970996b7da7733227e8c96ceaaaa90961e6e7639184c71e2ee51");
  EXPECT_EQ(subkey(1, "clvagent"), "78b166571549df8bf487fba40b9758b591d12ea3445144909d657961c207033a");
  EXPECT_EQ(subkey(0x0102030405060708, "clvslot_"), "82b27e4a97b1b27e597c270cf9efa6a2b9caabe50918f11b9b69569e9d54678c");
}

TEST(Subkeys, AreNeverShorterThanTheirDerivationAllows) {
  Bytes out(8);  // shorter than BLAKE2b's key derivation gives
  EXPECT_EQ(code_of([&] { return derive_subkey_into(test_key<AnyKey>(1).reveal(), 1, "clvroot_", out), 0; }),
            ErrorCode::internal);
}

}  // namespace
}  // namespace vault::testing
