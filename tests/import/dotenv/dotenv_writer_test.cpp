// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/import/dotenv/support.h"
#include "tests/readers/nasty_values.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

std::string one(const std::string& value, Dialect dialect) { return write_values({{"A", value}}, dialect); }

bool is_refused(const std::string& value, Dialect dialect) {
  return one(value, dialect).starts_with("variable A cannot");
}

// The nasty values that the dialect takes.
Values writable(std::uint64_t seed, Dialect dialect) {
  auto values = values_of(readers::nasty_variables(seed, 3000, readers::Encoding::any_bytes));
  std::erase_if(values, [&](const auto& pair) { return is_refused(pair.second, dialect); });
  return values;
}

TEST(Dialects, AreKnownByTheirNames) {
  for (const auto* name : {"dotenv", "sh", "fish", "docker", "systemd", "hermes", "json"}) {
    ASSERT_TRUE(dialect_named(name).has_value());
    EXPECT_EQ(name_of(*dialect_named(name)), name);
  }
  EXPECT_FALSE(dialect_named("bash").has_value());
  EXPECT_FALSE(dialect_named("").has_value());
}

TEST(Dialects, WriteAnOrdinaryKeyInTheirOwnWay) {
  const std::string key = "sk-ant-test-1";
  EXPECT_EQ(one(key, Dialect::dotenv), "A=sk-ant-test-1\n");
  EXPECT_EQ(one(key, Dialect::sh), "export A='sk-ant-test-1'\n");
  EXPECT_EQ(one(key, Dialect::fish), "set -gx A 'sk-ant-test-1'\n");
  EXPECT_EQ(one(key, Dialect::docker), "A=sk-ant-test-1\n");
  EXPECT_EQ(one(key, Dialect::systemd), "A=\"sk-ant-test-1\"\n");
  EXPECT_EQ(one(key, Dialect::json), "{\n  \"A\": \"sk-ant-test-1\"\n}\n");
}

TEST(Dialects, QuoteWhatTheirReaderWouldTouch) {
  EXPECT_EQ(one("it's", Dialect::sh), "export A='it'\\''s'\n");
  EXPECT_EQ(one("it's \\", Dialect::fish), "set -gx A 'it\\'s \\\\'\n");
  EXPECT_EQ(one("$X \"`\\", Dialect::systemd), "A=\"\\$X \\\"\\`\\\\\"\n");
  EXPECT_EQ(one(std::string("\"\\\n\x01\0\x1F", 6), Dialect::json),
            "{\n  \"A\": \"\\\"\\\\\\n\\u0001\\u0000\\u001f\"\n}\n");
}

// F09
TEST(Dialects, RefuseByNameWhatTheyCannotHold) {
  EXPECT_EQ(one("a\nb", Dialect::docker), "variable A cannot be written in dialect docker: it holds a line break");
  for (const auto dialect : {Dialect::sh, Dialect::fish, Dialect::docker, Dialect::systemd}) {
    EXPECT_TRUE(is_refused(std::string("a\0b", 3), dialect));
    EXPECT_TRUE(is_refused(std::string(128u << 10, 'k'), dialect));
    EXPECT_THAT(write_values({{"a.b", "1"}}, dialect), HasSubstr("its name"));
    EXPECT_THAT(write_values({{"1A", "1"}}, dialect), HasSubstr("its name"));
  }
  // Fault D11: dotenv's own reader makes U+FFFD of such bytes.
  for (const auto dialect : {Dialect::dotenv, Dialect::docker, Dialect::systemd, Dialect::json}) {
    for (const auto* value : {"\xFF", "sk-test-\xE2\x82", "\xC3(", "\xED\xA0\x80"}) {
      EXPECT_THAT(write_values({{"A", value}}, dialect), HasSubstr("variable A cannot be written"))
          << readers::to_hex(value);
    }
  }
  for (const auto* value : {"\x01", "\x7F", "a\rb", "\xEF\xB7\x90", "\xEF\xBF\xBE", "\xF0\x9F\xBF\xBF"}) {
    EXPECT_TRUE(is_refused(value, Dialect::systemd)) << readers::to_hex(value);
  }
}

TEST(Dialects, TakeTheLongestValueTheirReaderTakes) {
  EXPECT_FALSE(is_refused(std::string((64u << 10) - 3, 'k'), Dialect::docker));
  EXPECT_TRUE(is_refused(std::string((64u << 10) - 2, 'k'), Dialect::docker));
  EXPECT_FALSE(is_refused(std::string((128u << 10) - 3, 'k'), Dialect::sh));
  EXPECT_TRUE(is_refused(std::string((128u << 10) - 2, 'k'), Dialect::sh));
  EXPECT_FALSE(is_refused(std::string(1u << 20, 'k'), Dialect::dotenv));
}

TEST(Dialects, DoNotMistakeOrdinaryCharactersForNoncharacters) {
  for (const auto* value : {"\xEF\xBF\xBD", "\xEF\xB7\xB0", "\xE2\xBF\xBE", "\xF0\x9F\x94\x91", "\xF0\x9E\xBF\xBE"}) {
    EXPECT_FALSE(is_refused(value, Dialect::systemd)) << readers::to_hex(value);
  }
}

TEST(Dialects, LeaveShellsTheirOwnNames) {
  for (const auto* name : {"UID", "RANDOM", "COLUMNS", "path", "_"}) {
    EXPECT_THAT(write_values({{name, "1"}}, Dialect::sh), HasSubstr("a shell keeps"));
  }
  EXPECT_THAT(write_values({{"status", "1"}}, Dialect::fish), HasSubstr("a shell keeps"));
  EXPECT_THAT(write_values({{"PATH", "/bin"}}, Dialect::sh), StartsWith("export PATH="));
  EXPECT_THAT(write_values({{"__proto__", "1"}}, Dialect::dotenv), HasSubstr("dotenv ignores"));
}

TEST(Dialects, RefuseANameThatComesTwiceOrIsNone) {
  EXPECT_EQ(write_values({{"A", "1"}, {"A", "2"}}, Dialect::json),
            "variable A cannot be written in dialect json: it is there twice");
  EXPECT_EQ(write_values({{"A=1\nB", "2"}}, Dialect::json), "cannot write a variable: illegal name");
}

TEST(Dialects, NeverQuoteTheValueInARefusal) {
  const std::string canary = "sk-test-canary";
  for (const auto dialect : {Dialect::sh, Dialect::fish, Dialect::docker, Dialect::systemd}) {
    EXPECT_THAT(one(canary + std::string("\0\n", 2), dialect), Not(HasSubstr(canary)));
  }
  EXPECT_THAT(one(canary + "'\"`#\n", Dialect::dotenv), Not(HasSubstr(canary)));
}

TEST(DotenvForms, TakeTheFirstQuotesThatDoNotStandInTheValue) {
  EXPECT_EQ(one("", Dialect::dotenv), "A=\n");
  EXPECT_EQ(one("a b", Dialect::dotenv), "A='a b'\n");
  EXPECT_EQ(one("it's", Dialect::dotenv), "A=\"it's\"\n");
  EXPECT_EQ(one("it's\n", Dialect::dotenv), "A=\"it's\n\"\n");
  EXPECT_EQ(one("a\rb", Dialect::dotenv), "A=\"a\\rb\"\n");
  EXPECT_EQ(one("'\\n\"", Dialect::dotenv), "A=`'\\n\"`\n");
  EXPECT_EQ(one("a'b\"c`d", Dialect::dotenv), "A=a'b\"c`d\n");
  EXPECT_EQ(one(" a'b\"c`d", Dialect::dotenv), "A=' a'b\"c`d'\n");
}

TEST(DotenvForms, GuardABackslashAtTheEnd) {
  EXPECT_EQ(one("a#b\\", Dialect::dotenv), "A='a#b\\' #'.\n");
  const Values values{{"A", "a#b\\"}, {"B", "x' # y"}, {"C", "'"}};
  EXPECT_EQ(read_values(write_values(values, Dialect::dotenv)), values);
}

TEST(DotenvForms, LeaveOutOnlyWhatHasNoSpelling) {
  for (const auto* value : {"'\"`#", "'\n\"\n`\n\\n", "\r\\n", "\r'\"#"}) {
    EXPECT_TRUE(is_refused(value, Dialect::dotenv)) << readers::to_hex(value);
  }
  for (const auto* value : {"'x\"x`\n", "'\"#", "'`#", "\"`\n", "\r\n", "\\n", "\\\\", " \\", "'", "\"", "`"}) {
    EXPECT_FALSE(is_refused(value, Dialect::dotenv)) << readers::to_hex(value);
  }
}

TEST(DotenvForms, DoNotDependOnTheirNeighbours) {
  const auto values = writable(5, Dialect::dotenv);
  ASSERT_GT(values.size(), 2000u);
  for (std::size_t i = 0; i + 1 < 400; ++i) {
    const Values pair{values[i], values[i * 7 % 400 + 400]};
    EXPECT_EQ(read_values(write_values(pair, Dialect::dotenv)), pair);
  }
}

// F10
TEST(RoundTrip, OfNastyValuesHoldsForDotenv) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto values = writable(seed, Dialect::dotenv);
    EXPECT_EQ(read_values(write_values(values, Dialect::dotenv)), values);
  }
}

TEST(RoundTrip, OfNastyValuesHoldsForDocker) {
  const auto values = writable(1, Dialect::docker);
  ASSERT_GT(values.size(), 1000u);
  EXPECT_EQ(read_as_docker(write_values(values, Dialect::docker)), values);
}

TEST(RoundTrip, OfNastyValuesHoldsForSystemd) {
  const auto values = writable(1, Dialect::systemd);
  ASSERT_GT(values.size(), 1000u);
  EXPECT_EQ(read_as_systemd(write_values(values, Dialect::systemd)), values);
}

TEST(RoundTrip, OfNastyValuesHoldsForHermes) {
  const auto values = writable(1, Dialect::hermes);
  ASSERT_GT(values.size(), 1000u);
  EXPECT_EQ(read_as_hermes(write_values(values, Dialect::hermes)), values);
  EXPECT_EQ(one("a b", Dialect::hermes), "A=\"a b\"\n");
  EXPECT_EQ(one("ends in \"", Dialect::hermes), "A='ends in \"'\n");
  EXPECT_TRUE(is_refused("a\xE2\x80\xA8z", Dialect::hermes));
}

TEST(VariableWriter, PassesNothingOfARefusedVariableOn) {
  std::string text;
  VariableWriter writer(Dialect::docker, [&](std::string_view part) { text += part; });
  writer.add("A", vault::SecretString::copy_of("1"));
  EXPECT_THROW(writer.add("B", vault::SecretString::copy_of("a\nb")), vault::Error);
  writer.add("C", vault::SecretString::copy_of("3"));
  writer.finish();
  EXPECT_EQ(text, "A=1\nC=3\n");
}

TEST(VariableWriter, WritesAnEmptyObjectWhenThereIsNothing) {
  EXPECT_EQ(write_values({}, Dialect::json), "{}\n");
  EXPECT_EQ(write_values({}, Dialect::dotenv), "");
}

}  // namespace
}  // namespace formats
