// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>

#include "tests/support/bytes.h"
#include "vault/crypto/aead.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

const Bytes kAssociated = hex("50515253c0c1c2c3c4c5c6c7");

// draft-irtf-cfrg-xchacha-03, A.3.1 (A21).
constexpr std::string_view kSunscreen =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
    "it.";
constexpr std::string_view kNonce = "404142434445464748494a4b4c4d4e4f5051525354555657";
constexpr std::string_view kCiphertext =
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216"
    "cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13"
    "b52e";
constexpr std::string_view kTag = "c0875924c1c7987947deafd8780acf49";

Bytes draft_vector() { return hex(std::string(kNonce) + std::string(kCiphertext) + std::string(kTag)); }
AnyKey draft_key() { return key_of<AnyKey>(counting(32, 0x80)); }

TEST(AeadOpen, AgreesWithTheDraftsVector) {
  const auto plaintext = aead_open(draft_key().reveal(), draft_vector(), kAssociated);
  ASSERT_TRUE(plaintext);
  EXPECT_EQ(text_of(plaintext->reveal()), kSunscreen);
}

// A13: every bit of nonce, ciphertext and tag.
TEST(AeadOpen, RefusesEveryFlippedBit) {
  const auto key = draft_key();
  auto sealed = draft_vector();
  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    const auto bit = static_cast<std::uint8_t>(1U << (i % 8));
    sealed[i / 8] ^= bit;
    EXPECT_FALSE(aead_open(key.reveal(), sealed, kAssociated)) << i;
    sealed[i / 8] ^= bit;
  }
  EXPECT_TRUE(aead_open(key.reveal(), sealed, kAssociated));
}

TEST(AeadOpen, RefusesOtherAssociatedData) {
  const auto key = draft_key();
  for (std::size_t i = 0; i < kAssociated.size(); ++i) {
    auto other = kAssociated;
    other[i] ^= 1;
    EXPECT_FALSE(aead_open(key.reveal(), draft_vector(), other));
  }
  EXPECT_FALSE(aead_open(key.reveal(), draft_vector(), {}));
  EXPECT_FALSE(aead_open(key.reveal(), draft_vector(), hex("50515253c0c1c2c3c4c5c6c700")));
}

TEST(AeadOpen, RefusesEveryOtherKey) {
  for (std::size_t i = 0; i < kKeySize * 8; ++i) {
    auto bytes = counting(32, 0x80);
    bytes[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_FALSE(aead_open(key_of<AnyKey>(bytes).reveal(), draft_vector(), kAssociated));
  }
}

// A14
TEST(AeadOpen, RefusesWhatIsCutOffOrAppended) {
  const auto key = draft_key();
  const auto sealed = draft_vector();
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(aead_open(key.reveal(), ByteView(sealed).first(size), kAssociated)) << size;
    EXPECT_FALSE(aead_open(key.reveal(), ByteView(sealed).subspan(sealed.size() - size), kAssociated)) << size;
  }
  auto longer = sealed;
  longer.push_back(0);
  EXPECT_FALSE(aead_open(key.reveal(), longer, kAssociated));
}

TEST(AeadSeal, GivesBackWhatItSealed) {
  const auto key = test_key<AnyKey>(1);
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 64U, 65'536U}) {
    const auto plaintext = counting(size);
    const auto sealed = aead_seal(key.reveal(), plaintext, kAssociated);
    EXPECT_EQ(sealed.size(), size + kNonceSize + kTagSize);
    const auto opened = aead_open(key.reveal(), sealed, kAssociated);
    ASSERT_TRUE(opened);
    EXPECT_EQ(copy_of(opened->reveal()), plaintext);
  }
}

// A19
TEST(AeadSeal, SealsEqualPlaintextsDifferently) {
  const auto key = test_key<AnyKey>(1);
  const auto one = aead_seal(key.reveal(), counting(64), {});
  const auto two = aead_seal(key.reveal(), counting(64), {});
  EXPECT_NE(copy_of(ByteView(one).first(kNonceSize)), copy_of(ByteView(two).first(kNonceSize)));
  EXPECT_NE(copy_of(ByteView(one).subspan(kNonceSize)), copy_of(ByteView(two).subspan(kNonceSize)));
}

// A16: a nonce of 24 random bytes never comes twice.
TEST(AeadSeal, NeverRepeatsANonce) {
  const auto key = test_key<AnyKey>(2);
  std::set<Bytes> nonces;
  for (int i = 0; i < 100'000; ++i) nonces.insert(copy_of(ByteView(aead_seal(key.reveal(), {}, {})).first(kNonceSize)));
  EXPECT_EQ(nonces.size(), 100'000U);
}

}  // namespace
}  // namespace vault::testing
