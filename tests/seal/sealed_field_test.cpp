// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>

#include "tests/support/bytes.h"
#include "vault/crypto/aead.h"
#include "vault/seal/sealed_field.h"

namespace vault::testing {
namespace {

using AnyKey = Key<struct AnyTag>;

constexpr Column kColumns[] = {
    Column::vault_settings, Column::vault_state,   Column::agent_key,    Column::agent_sheet,   Column::agent_state,
    Column::record_sheet,   Column::record_secret, Column::slot_keyring, Column::slot_for_root, Column::log_event};

FieldPlace a_place() {
  return {Column::record_sheet, test_id<VaultId>(1), test_id<AgentId>(2), 1, test_id<Lookup>(3).bytes};
}

class SealedFields : public ::testing::Test {
 protected:
  bool opens(const FieldPlace& place, ByteView sealed) const {
    return open_field(key_.reveal(), place, sealed).has_value();
  }
  const AnyKey key_ = test_key<AnyKey>(1);
  const SealedField sealed_ = seal_field(key_.reveal(), a_place(), bytes_of("plaintext"));
};

TEST_F(SealedFields, OpenInTheirPlace) {
  const auto plaintext = open_field(key_.reveal(), a_place(), sealed_.bytes);
  ASSERT_TRUE(plaintext);
  EXPECT_EQ(text_of(plaintext->reveal()), "plaintext");
  EXPECT_EQ(revision_of(sealed_.bytes), sealed_.revision);
}

TEST_F(SealedFields, HoldEmptyPlaintexts) {
  const auto sealed = seal_field(key_.reveal(), a_place(), {});
  const auto plaintext = open_field(key_.reveal(), a_place(), sealed.bytes);
  ASSERT_TRUE(plaintext);
  EXPECT_TRUE(plaintext->empty());
}

// A19: revision, nonce, padded plaintext and tag; nothing of the exact length shows.
TEST_F(SealedFields, TellOnlyTheLengthRoundedUp) {
  for (const auto& [size, expected] : {std::pair{0U, 120U}, {63U, 120U}, {64U, 184U}, {127U, 184U}}) {
    EXPECT_EQ(seal_field(key_.reveal(), a_place(), counting(size)).bytes.size(), expected);
  }
}

TEST_F(SealedFields, DifferForEqualPlaintexts) {
  const auto other = seal_field(key_.reveal(), a_place(), bytes_of("plaintext"));
  EXPECT_NE(other.revision, sealed_.revision);
  EXPECT_NE(other.bytes, sealed_.bytes);
}

// A01, A03, A04: moved to another vault, agent, kind, row or column.
TEST_F(SealedFields, DoNotOpenInAnyOtherPlace) {
  for (std::size_t i = 0; i < 16; ++i) {
    auto vault = a_place();
    auto agent = a_place();
    auto row = a_place();
    vault.vault.bytes[i] ^= 1;
    agent.agent.bytes[i] ^= 1;
    row.row[i] ^= 1;
    EXPECT_FALSE(opens(vault, sealed_.bytes) || opens(agent, sealed_.bytes) || opens(row, sealed_.bytes)) << i;
  }
  for (unsigned kind = 0; kind < 256; ++kind) {
    auto place = a_place();
    place.kind = static_cast<std::uint8_t>(kind);
    EXPECT_EQ(opens(place, sealed_.bytes), kind == a_place().kind);
  }
}

TEST_F(SealedFields, OpenInTheirOwnColumnOnly) {
  for (const auto sealed_for : kColumns) {
    auto place = a_place();
    place.column = sealed_for;
    const auto sealed = seal_field(key_.reveal(), place, bytes_of("x"));
    for (const auto column : kColumns) {
      place.column = column;
      EXPECT_EQ(opens(place, sealed.bytes), column == sealed_for);
    }
  }
}

// A06: the revision is part of what is authenticated.
TEST_F(SealedFields, DoNotOpenUnderAnotherRevision) {
  const auto other = seal_field(key_.reveal(), a_place(), bytes_of("plaintext"));
  auto mixed = sealed_.bytes;
  std::copy_n(other.bytes.begin(), 16, mixed.begin());
  EXPECT_FALSE(opens(a_place(), mixed));
}

// A13, A14
TEST_F(SealedFields, DoNotOpenWithAnyBitChangedOrBytesMissing) {
  auto bytes = sealed_.bytes;
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    bytes[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
    EXPECT_FALSE(opens(a_place(), bytes)) << i;
    bytes[i / 8] ^= static_cast<std::uint8_t>(1U << (i % 8));
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(opens(a_place(), ByteView(bytes).first(size)));
  bytes.push_back(0);
  EXPECT_FALSE(opens(a_place(), bytes));
}

TEST_F(SealedFields, DoNotOpenWithAnotherKey) {
  EXPECT_FALSE(open_field(test_key<AnyKey>(2).reveal(), a_place(), sealed_.bytes));
}

// A02: neighbours that would join to the same bytes if their lengths were left out.
TEST_F(SealedFields, TellPlacesApartWhosePartsJoinAlike) {
  FieldPlace one{Column::record_sheet, {}, {}, 0, {}};
  FieldPlace two = one;
  one.vault.bytes[15] = 7;  // ...00 07 | 00...
  two.agent.bytes[0] = 7;   // ...00 00 | 07...
  const auto sealed = seal_field(key_.reveal(), one, {});
  EXPECT_TRUE(opens(one, sealed.bytes));
  EXPECT_FALSE(opens(two, sealed.bytes));
}

TEST_F(SealedFields, ClaimNoRevisionWhenTooShort) {
  EXPECT_FALSE(revision_of(ByteView(sealed_.bytes).first(15)));
  EXPECT_TRUE(revision_of(ByteView(sealed_.bytes).first(16)));
}

// The layout, byte by byte, as FORMAT.md has it: opened here without seal's own code.
TEST_F(SealedFields, LayTheirAssociatedDataOutAsTheFormatSays) {
  const auto place = a_place();
  Bytes data;
  const auto append = [&](ByteView part) {
    data.push_back(static_cast<std::uint8_t>(part.size()));
    data.insert(data.end(), part.begin(), part.end());
  };
  append(bytes_of("claviger/1"));
  append(bytes_of("record.sheet"));
  append(place.vault.bytes);
  append(place.agent.bytes);
  append(ByteView(&place.kind, 1));
  append(place.row);
  append(sealed_.revision.bytes);
  const auto padded = aead_open(key_.reveal(), ByteView(sealed_.bytes).subspan(16), data);
  ASSERT_TRUE(padded);
  EXPECT_EQ(to_hex(padded->reveal()), to_hex(bytes_of("plaintext")) + "80" + std::string(108, '0'));
}

}  // namespace
}  // namespace vault::testing
