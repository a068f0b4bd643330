// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <set>

#include "tests/support/bytes.h"
#include "vault/seal/state.h"

namespace vault::testing {
namespace {

struct Row {
  RecordKind kind = RecordKind::profile;
  Lookup lookup = test_id<Lookup>(1);
  Bytes sheet = counting(8);
  std::optional<Bytes> secret = counting(4);
};

Digest digest_of(std::initializer_list<Row> rows, unsigned key = 1) {
  Digest digest{};
  for (const auto& row : rows)
    toggle_record(digest, test_key<StateKey>(key), row.kind, row.lookup, row.sheet, row.secret);
  return digest;
}

TEST(Digests, AreZeroForNoRowsAndAfterARowWasTakenOut) {
  EXPECT_EQ(digest_of({}), Digest{});
  EXPECT_EQ(digest_of({Row{}, Row{}}), Digest{});
}

TEST(Digests, DoNotDependOnTheOrderOfRows) {
  const Row one;
  Row two;
  two.lookup = test_id<Lookup>(2);
  EXPECT_EQ(digest_of({one, two}), digest_of({two, one}));
}

TEST(Digests, DependOnEveryPartOfARow) {
  std::set<Digest> digests{digest_of({Row{}}), digest_of({Row{}}, 2)};
  Row row;
  row.kind = RecordKind::variable;
  digests.insert(digest_of({row}));
  row = {};
  row.lookup.bytes[0] ^= 1;
  digests.insert(digest_of({row}));
  row = {};
  row.sheet[7] ^= 1;
  digests.insert(digest_of({row}));
  row = {};
  (*row.secret)[3] ^= 1;
  digests.insert(digest_of({row}));
  EXPECT_EQ(digests.size(), 6U);
}

TEST(Digests, TellAnAbsentSecretFromAnEmptyOne) {
  Row absent;
  absent.secret.reset();
  Row empty;
  empty.secret = Bytes{};
  EXPECT_NE(digest_of({absent}), digest_of({empty}));
}

// A02: bytes that move from the sheet to the secret.
TEST(Digests, TellWhereTheSheetEndsAndTheSecretBegins) {
  Row moved;
  moved.sheet = counting(9);
  moved.secret = counting(3, 1);
  EXPECT_NE(digest_of({Row{}}), digest_of({moved}));
}

}  // namespace
}  // namespace vault::testing
