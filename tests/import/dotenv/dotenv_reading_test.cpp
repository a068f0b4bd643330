// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "tests/import/dotenv/support.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) all += text;
  return all;
}

vault::ErrorCode code_of(std::string_view text) {
  try {
    read_dotenv(text);
  } catch (const vault::Error& error) {
    return error.code();
  }
  return vault::ErrorCode::internal;
}

std::string sample(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(std::string(CLAVIGER_SAMPLES) + "/dotenv/" + name, std::ios::binary).rdbuf();
  return std::move(text).str();
}

// F08
TEST(DotenvSample, OfFortyLinesReadsAsDotenvReadIt) {
  const auto values = read_values(sample("forty-lines.env"));
  EXPECT_THAT(values, SizeIs(31));
  EXPECT_EQ(write_values(values, Dialect::json), sample("forty-lines.json"));
}

TEST(DotenvSample, OfFortyLinesSurvivesWritingAndReading) {
  const auto values = read_values(sample("forty-lines.env"));
  EXPECT_EQ(read_values(write_values(values, Dialect::dotenv)), values);
}

TEST(DotenvSample, OfFortyLinesNamesWhatItLostOrChanged) {
  EXPECT_EQ(reasons_in(sample("forty-lines.env")),
            "cut_at_hash,quote_kept,quote_kept,ignored_line,ignored_line,ignored_name,duplicate_name");
}

TEST(DotenvWarnings, GiveTheLineOfWhatWasLeftOut) {
  const auto warnings = read_dotenv_reporting("A=1\r\n\r\n# note\r\nset B=2\r\nC='\n'\nD:4\n").warnings;
  ASSERT_THAT(warnings, SizeIs(2));
  EXPECT_EQ(warnings[0].subject, "line 4");
  EXPECT_EQ(warnings[1].subject, "line 7");
  EXPECT_TRUE(warnings[0].rejected);
}

TEST(DotenvWarnings, NameTheVariableThatIsWorthALook) {
  const auto warnings = read_dotenv_reporting("A=1\nKEY=sk-test#1\nA=2").warnings;
  ASSERT_THAT(warnings, SizeIs(2));
  EXPECT_EQ(warnings[0].reason, "cut_at_hash");
  EXPECT_EQ(warnings[0].subject, "KEY");
  EXPECT_EQ(warnings[1].reason, "duplicate_name");
  EXPECT_THAT(warnings[1].text, HasSubstr("line 3"));
  EXPECT_FALSE(warnings[1].rejected);
}

TEST(DotenvWarnings, AreAbsentFromAnOrdinaryFile) {
  EXPECT_EQ(reasons_in("# note\n\nA=1 # one\nB='2'\nC=\"#\"\nexport D=\nE=\"a\\nb\"\n"), "");
}

TEST(DotenvWarnings, TellOfTheLinesOfABarePemBlock) {
  EXPECT_EQ(reasons_in("KEY=-----BEGIN TEST KEY-----\nAAAA\nBB/B\n-----END TEST KEY-----\n"),
            "ignored_line,ignored_line,ignored_line");
}

TEST(DotenvWarnings, NeverQuoteTheText) {
  const std::string canary = "sk-ant-test-canary";
  for (const auto& text : {canary, "set A=" + canary, "A:" + canary, "A='" + canary, "A=" + canary + "#" + canary,
                           "A=" + canary + "\nA=" + canary, "__proto__=" + canary, "A=\xFF" + canary,
                           canary + std::string(300, 'x') + "=" + canary}) {
    const auto warnings = read_dotenv_reporting(text).warnings;
    EXPECT_THAT(warnings, Not(testing::IsEmpty())) << text;
    for (const auto& warning : warnings) EXPECT_THAT(warning.text + warning.subject, Not(HasSubstr(canary)));
  }
}

TEST(DotenvWarnings, AreCountedAfterTheFirstHundred) {
  const auto warnings = read_dotenv_reporting(repeated("nothing\n", 8000) + repeated("A=1\n", 4000)).warnings;
  ASSERT_THAT(warnings, SizeIs(202));
  EXPECT_EQ(warnings[200].text, "900 more lines were left out");
  EXPECT_EQ(warnings[201].text, "899 more remarks on variables are not shown");
}

TEST(DotenvLimits, LeaveOutNamesThatAreTooLong) {
  const auto text = std::string(256, 'A') + "=1\n" + std::string(257, 'B') + "=2\n";
  EXPECT_EQ(read_values(text), (Values{{std::string(256, 'A'), "1"}}));
  EXPECT_EQ(reasons_in(text), "ignored_name");
}

TEST(DotenvLimits, RefuseMoreThanSixteenMebibytes) {
  EXPECT_EQ(code_of(std::string(kDotenvLimit + 1, '\n')), vault::ErrorCode::bad_input);
  EXPECT_EQ(read_values("A=1\n#" + std::string(kDotenvLimit - 5, 'k')), (Values{{"A", "1"}}));
}

TEST(DotenvLimits, RefuseUtf16) {
  EXPECT_EQ(code_of(std::string_view("\xFF\xFE"
                                     "A\0=\0",
                                     6)),
            vault::ErrorCode::bad_input);
  EXPECT_EQ(code_of(std::string_view("\xFE\xFF\0A\0=", 6)), vault::ErrorCode::bad_input);
}

TEST(DotenvLimits, KeepBytesThatAreNoUtf8) {
  EXPECT_EQ(read_values("A=\xFFx\xC2\nB='\xE2\x80'"), (Values{{"A", "\xFFx\xC2"}, {"B", "\xE2\x80"}}));
  EXPECT_EQ(reasons_in("A=\xFFx\xC2\nB='\xE2\x80'"), "invalid_utf8,invalid_utf8");
}

// Fault S11: kept, because nothing is lost by an import, and told.
TEST(DotenvReading, TellsOfPlaceholdersAndKeepsThem) {
  EXPECT_EQ(reasons_in("A=${NAME}\nB='[REDACTED]'\nC=op://vault/item"), "placeholder,placeholder,placeholder");
  EXPECT_EQ(read_values("A=${NAME}"), (Values{{"A", "${NAME}"}}));
}

// Each would take minutes if a quote, a blank or a line were looked at again from every other one.
TEST(DotenvTime, GrowsLinearlyWithHostileTexts) {
  constexpr std::size_t kSize = 200000;
  for (const auto* piece :
       {"A='\\'#", "A='\\' ", "A=\"x\n", "A='b\nB=\"b\nC=`b\n", "\n", " ", "A\n", "export\n", "export ", "A:\n",
        "A=\\'\n", "\xE2\x80\xA8'", "'", "A=''\n", "=", "#", "A= \n", "\xE2", "A='\\'\n"}) {
    const auto text = repeated(piece, kSize);
    EXPECT_LE(read_values(text).size(), 3u) << piece;
    EXPECT_LE(read_values("X='" + text).size(), 4u) << piece;
  }
}

TEST(DotenvTime, GrowsLinearlyWithManyNames) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "NAME_" + std::to_string(i) + "=sk-test-" + std::to_string(i) + "\n";
  const auto values = read_values(text);
  EXPECT_THAT(values, SizeIs(100000));
  EXPECT_EQ(write_values(values, Dialect::dotenv), text);
}

}  // namespace
}  // namespace formats
