// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/place.h"

#include <gmock/gmock.h>

#include "tests/storage/error_of.h"

namespace vault::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(PostgresPlace, IsWhatStandsBeforeTheHashAndTheSchemaAfterIt) {
  EXPECT_EQ(parse_postgres_place("postgres://fleet@db1,db2/agents#team"),
            (PostgresPlace{"postgres://fleet@db1,db2/agents", "team"}));
  EXPECT_EQ(parse_postgres_place("postgresql:///?service=vault"),
            (PostgresPlace{"postgresql:///?service=vault", "claviger"}));
  EXPECT_EQ(parse_postgres_place("postgres://#a_1").schema, "a_1");
}

TEST(PostgresPlace, IsRecognisedByItsSchemeAlone) {
  EXPECT_TRUE(names_postgres("postgres://"));
  EXPECT_TRUE(names_postgres("postgresql://h"));
  for (const auto* const other : {"postgres:/h", "Postgres://h", "/postgres://", "mysql://h", ""}) {
    EXPECT_FALSE(names_postgres(other)) << other;
  }
}

TEST(PostgresPlace, RefusesAPasswordWithoutRepeatingIt) {
  for (const auto* const place :
       {"postgres://u:test-password@h/db", "postgres://u:@h", "postgres://u:test-p/word@h/db",
        "postgres://u:test-p?word@h/db", "postgres://u:test-p@ssword@h/db", "postgres://h/db?x=test-p@h"}) {
    const auto error = error_of([&] { parse_postgres_place(place); });
    EXPECT_EQ(error.code(), ErrorCode::usage) << place;
    EXPECT_THAT(error.what(), Not(HasSubstr("test-p"))) << place;
    EXPECT_THAT(error.hint().words(), Not(HasSubstr("test-p"))) << place;
  }
}

TEST(PostgresPlace, RefusesASchemaThatNeedsQuoting) {
  for (const std::string schema :
       {"", "1a", "_a", "A", "a-b", "a b", "a\"b", "a.b", "\xc3\xa4", "a#b", "a;drop", std::string(49, 'a').c_str()}) {
    EXPECT_EQ(code_of([&] { parse_postgres_place("postgres://h/db#" + schema); }), ErrorCode::usage) << schema;
  }
  EXPECT_EQ(parse_postgres_place("postgres://h#" + std::string(48, 'a')).schema.size(), 48U);
}

TEST(PostgresPlace, RefusesBlanksControlCharactersAndWhatIsTooLong) {
  for (const auto& place :
       {std::string("postgres://h/a b"), std::string("postgres://h/a\nb"), std::string("postgres://h/a\0b", 16),
        std::string("postgres://h/\x7f"), "postgres://" + std::string(kLongestPlace, 'a')}) {
    EXPECT_EQ(code_of([&] { parse_postgres_place(place); }), ErrorCode::usage) << place;
  }
}

TEST(PostgresPlace, IsShownWithoutItsParameters) {
  EXPECT_EQ(display_of(parse_postgres_place("postgres://fleet@db1/agents?pass%77ord=test-password#team")),
            "postgres://fleet@db1/agents#team");
  EXPECT_EQ(display_of(parse_postgres_place("postgres:///?service=x")), "postgres:///#claviger");
}

}  // namespace
}  // namespace vault::test
