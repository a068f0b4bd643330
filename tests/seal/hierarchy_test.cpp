// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>

#include "tests/support/bytes.h"
#include "vault/seal/hierarchy.h"

namespace vault::testing {
namespace {

template <class KeyType>
std::string hex_of(const KeyType& key) {
  return to_hex(key.reveal());
}

// Expected values: Python 3.11's hashlib.blake2b with salt and personalisation, as FORMAT.md describes the derivation.
TEST(KeyHierarchy, HasTheSubkeysOfTheFormat) {
  const RootKeys root(key_of<RootKey>(counting(32, 0x40)));
  EXPECT_EQ(hex_of(root.index), "37f916085920cf7868ac30453b9d16a92bad58e2420fceeddaec5b775aa22b8b");
  EXPECT_EQ(hex_of(root.wrap), "61645749e071970996b7da7733227e8c96ceaaaa90961e6e7639184c71e2ee51");
  const auto read = derive_read_keys(key_of<AgentKey>(counting(32, 0x40)));
  EXPECT_EQ(hex_of(read.index), "78b166571549df8bf487fba40b9758b591d12ea3445144909d657961c207033a");
}

TEST(KeyHierarchy, GivesEveryPurposeAKeyOfItsOwn) {
  const auto bytes = counting(32, 0x40);
  const RootKeys root(key_of<RootKey>(bytes));
  const auto read = derive_read_keys(key_of<AgentKey>(bytes));
  const auto write = derive_write_keys(key_of<AgentKey>(bytes));
  const std::set<std::string> keys{to_hex(bytes),      hex_of(root.index),       hex_of(root.wrap),
                                   hex_of(root.state), hex_of(root.settings),    hex_of(read.index),
                                   hex_of(read.sheet), hex_of(read.secret),      hex_of(write.state),
                                   hex_of(write.log),  hex_of(write.fingerprint)};
  EXPECT_EQ(keys.size(), 11U);
}

TEST(Lookups, AreTheHashesOfTheFormat) {
  const auto index = key_of<IndexKey>(counting(32, 0x40));
  EXPECT_EQ(to_hex(agent_lookup(index, AgentName("main")).bytes), "c9fb7fec680c225607d9dc9dd04727f6");
  EXPECT_EQ(agent_lookup(index, AgentName("MAIN")), agent_lookup(index, AgentName("main")));
}

TEST(Lookups, TellKindsNamesAndKeysApart) {
  const auto index = test_key<IndexKey>(1);
  std::set<Lookup> lookups;
  for (const auto kind : {RecordKind::profile, RecordKind::order, RecordKind::usage, RecordKind::variable}) {
    for (const auto* name : {"a", "b", "ab", ""}) lookups.insert(record_lookup(index, kind, name));
  }
  lookups.insert(record_lookup(test_key<IndexKey>(2), RecordKind::profile, "a"));
  lookups.insert(record_lookup(index, RecordKind::profile, std::string_view("a\0", 2)));
  EXPECT_EQ(lookups.size(), 18U);
}

// E04
TEST(Fingerprints, AreEqualForEqualSecretsUnderOneKeyOnly) {
  const auto key = test_key<FingerprintKey>(1);
  EXPECT_EQ(fingerprint_of(key, "sk-test-1"), fingerprint_of(key, "sk-test-1"));
  EXPECT_NE(fingerprint_of(key, "sk-test-1"), fingerprint_of(key, "sk-test-2"));
  EXPECT_NE(fingerprint_of(key, "sk-test-1"), fingerprint_of(test_key<FingerprintKey>(2), "sk-test-1"));
}

}  // namespace
}  // namespace vault::testing
