// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/man_page.h"

#include <gmock/gmock.h>

#include "cli/describe/roff.h"
#include "tests/cli/describe/small_table.h"

namespace cli {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr Edition kEdition{"1.2.3", "2026-01-31"};

std::string page(std::string_view name) { return man_page(kSmallTable, name, kEdition).value_or("(no such page)"); }

TEST(ManPages, AreOneForTheProgramOneForEachFirstWordAndOneForEachTopic) {
  const auto names = man_pages(kSmallTable);
  EXPECT_EQ(names.front(), "claviger.1");
  EXPECT_THAT(names, Contains("claviger-key.1"));
  EXPECT_THAT(names, Contains("claviger-unlocking.7"));
  EXPECT_THAT(names, Not(Contains("claviger-secretly.1")));
  for (const auto& name : names) EXPECT_TRUE(man_page(kSmallTable, name, kEdition)) << name;
  EXPECT_FALSE(man_page(kSmallTable, "claviger-nothing.1", kEdition));
}

TEST(ManPages, HaveEveryParameterThatIsDeclared) {
  const auto paint = page("claviger-paint.1");
  for (const auto* name :
       {"\\fIWHAT\\fP", "\\fIFILE\\fP", "\\fB\\-\\-colour\\fP \\fIC\\fP", "\\fB\\-\\-dry\\-run\\fP"}) {
    EXPECT_THAT(paint, HasSubstr(name));
  }
  EXPECT_THAT(paint, HasSubstr("(red, rose, green)"));
  EXPECT_THAT(page("claviger.1"), HasSubstr("\\fB\\-\\-vault\\fP \\fIPLACE\\fP"));
}

TEST(ManPages, PutACommandOfSeveralWordsOnThePageOfTheFirst) {
  const auto key = page("claviger-key.1");
  EXPECT_THAT(key, HasSubstr(".SS claviger key add\n"));
  EXPECT_THAT(key, HasSubstr(".SS claviger key token create\n"));
}

TEST(ManPages, CarryTheDateAndVersionTheyAreGiven) {
  EXPECT_THAT(page("claviger-paint.1"), HasSubstr(".TH CLAVIGER\\-PAINT 1 2026-01-31 \"claviger 1.2.3\""));
}

TEST(ManPages, TakeNoWordOfACommandForARequest) {
  EXPECT_THAT(page("claviger-paint.1"), Not(HasSubstr("\n.SH NOT A TITLE")));
  EXPECT_EQ(roff::paragraph(".SH x"), ".PP\n\\&.SH x\n");
  EXPECT_EQ(roff::escaped("a\\b -c 'd' `e`"), "a\\eb \\-c \\(aqd\\(aq \\(gae\\(ga");
}

TEST(ManPages, KeepTheLayoutOfTablesInTopicsAndFillTheRest) {
  EXPECT_EQ(roff::plain_text("One\ntwo.\n\n  1 a\n  2 b\n"), ".PP\nOne two.\n.PP\n.nf\n  1 a\n  2 b\n.fi\n");
}

}  // namespace
}  // namespace cli
