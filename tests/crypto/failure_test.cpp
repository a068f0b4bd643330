// SPDX-License-Identifier: Apache-2.0
// A17, A18: when the system or the library fails, nothing goes on with what it should have given.
#include <cerrno>
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/types.h>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "vault/crypto/aead.h"
#include "vault/crypto/kdf.h"
#include "vault/crypto/keyed_hash.h"
#include "vault/crypto/random.h"

namespace {

enum class Randomness { works, fails, gives_nothing, is_interrupted_once, comes_in_pieces };
Randomness randomness = Randomness::works;
bool library_fails = false;
int random_calls = 0;

}  // namespace

// The linker sends the crypto room's calls here (--wrap); the real ones go by another name.
extern "C" {

ssize_t __real_getrandom(void* to, size_t size, unsigned flags);
ssize_t __wrap_getrandom(void* to, size_t size, unsigned flags) {
  ++random_calls;
  if (randomness == Randomness::gives_nothing) return 0;
  if (randomness == Randomness::fails || (randomness == Randomness::is_interrupted_once && random_calls == 1)) {
    errno = randomness == Randomness::fails ? ENOSYS : EINTR;
    return -1;
  }
  return __real_getrandom(to, randomness == Randomness::comes_in_pieces && size > 5 ? 5 : size, flags);
}

int __wrap_crypto_pwhash(unsigned char*, unsigned long long, const char*, unsigned long long, const unsigned char*,
                         unsigned long long, size_t, int) {
  return -1;
}

int __real_crypto_aead_xchacha20poly1305_ietf_encrypt(unsigned char*, unsigned long long*, const unsigned char*,
                                                      unsigned long long, const unsigned char*, unsigned long long,
                                                      const unsigned char*, const unsigned char*, const unsigned char*);
int __wrap_crypto_aead_xchacha20poly1305_ietf_encrypt(unsigned char* c, unsigned long long* clen,
                                                      const unsigned char* m, unsigned long long mlen,
                                                      const unsigned char* ad, unsigned long long adlen,
                                                      const unsigned char* nsec, const unsigned char* npub,
                                                      const unsigned char* k) {
  if (library_fails) return -1;
  return __real_crypto_aead_xchacha20poly1305_ietf_encrypt(c, clen, m, mlen, ad, adlen, nsec, npub, k);
}

int __real_crypto_generichash(unsigned char*, size_t, const unsigned char*, unsigned long long, const unsigned char*,
                              size_t);
int __wrap_crypto_generichash(unsigned char* out, size_t size, const unsigned char* in, unsigned long long length,
                              const unsigned char* key, size_t key_size) {
  return library_fails ? -1 : __real_crypto_generichash(out, size, in, length, key, key_size);
}

int __real_crypto_generichash_final(crypto_generichash_state*, unsigned char*, size_t);
int __wrap_crypto_generichash_final(crypto_generichash_state* state, unsigned char* out, size_t size) {
  return library_fails ? -1 : __real_crypto_generichash_final(state, out, size);
}

int __real_crypto_kdf_derive_from_key(unsigned char*, size_t, uint64_t, const char*, const unsigned char*);
int __wrap_crypto_kdf_derive_from_key(unsigned char* out, size_t size, uint64_t number, const char* context,
                                      const unsigned char* key) {
  return library_fails ? -1 : __real_crypto_kdf_derive_from_key(out, size, number, context, key);
}

}  // extern "C"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

class CryptoFailures : public ::testing::Test {
 protected:
  CryptoFailures() : key_(test_key<AnyKey>(1)) { random_calls = 0; }
  ~CryptoFailures() override {
    randomness = Randomness::works;
    library_fails = false;
  }
  const AnyKey key_;
};

TEST_F(CryptoFailures, NoRandomBytesMeansNoSealing) {
  for (const auto failure : {Randomness::fails, Randomness::gives_nothing}) {
    randomness = failure;
    EXPECT_EQ(code_of([&] { return aead_seal(key_.reveal(), counting(8), {}); }), ErrorCode::io);
    EXPECT_EQ(code_of([] { return random_id<AgentId>(); }), ErrorCode::io);
  }
}

TEST_F(CryptoFailures, RandomBytesThatAreInterruptedAreAskedForAgain) {
  randomness = Randomness::is_interrupted_once;
  EXPECT_NE(random_id<AgentId>(), AgentId{});
  EXPECT_EQ(random_calls, 2);
}

TEST_F(CryptoFailures, RandomBytesThatComeInPiecesAreGathered) {
  randomness = Randomness::comes_in_pieces;
  Bytes bytes(23);
  fill_random(bytes);
  EXPECT_EQ(random_calls, 5);
}

TEST_F(CryptoFailures, ASealThatFailsIsNeverWrittenInTheClear) {
  library_fails = true;
  EXPECT_EQ(code_of([&] { return aead_seal(key_.reveal(), counting(8), {}); }), ErrorCode::internal);
}

TEST_F(CryptoFailures, AHashOrSubkeyThatFailsIsNoHashOfZeros) {
  library_fails = true;
  EXPECT_EQ(code_of([&] { return keyed_hash<32>(key_.reveal(), {bytes_of("x")}); }), ErrorCode::internal);
  const Bytes long_row(4096);  // goes through the library in pieces
  EXPECT_EQ(code_of([&] { return keyed_hash<32>(key_.reveal(), {ByteView(long_row)}); }), ErrorCode::internal);
  EXPECT_EQ(code_of([&] { return derive_subkey<AnyKey>(key_.reveal(), 1, "clvroot_"); }), ErrorCode::internal);
}

TEST_F(CryptoFailures, APassphraseThatCannotBeDerivedSaysWhatItTakes) {
  const Error error = error_of([] { return derive_passphrase_key(bytes_of("sk-test-passphrase"), Salt{}, {3, 256}); });
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_NE(std::string(error.what()).find("256 MiB"), std::string::npos);
  EXPECT_EQ(std::string(error.what()).find("sk-test"), std::string::npos);
}

}  // namespace
}  // namespace vault::testing
