// SPDX-License-Identifier: Apache-2.0
#include "import/json/secret_json.h"

#include <gmock/gmock.h>
#include <string>

#include "import/json/json_writer.h"
#include "tests/import/openclaw/support.h"

namespace formats {
namespace {

using test::refusal;
using testing::HasSubstr;

std::string refused(std::string_view text, JsonDialect dialect = JsonDialect::strict) {
  return refusal([&] { JsonDocument document(text, dialect); });
}

std::string string_in(std::string_view text) { return std::string(JsonDocument(text).root().text()); }
std::string json5(std::string_view text) { return json_text_of(JsonDocument(text, JsonDialect::json5).root()); }
std::string again(std::string_view text) { return json_text_of(JsonDocument(text).root()); }

TEST(JsonReader, ReadsEveryKindOfValue) {
  const std::string text = R"({"a":[1,-2.50,1e-7,true,false,null],"b":{},"c":[],"d":"x"})";
  EXPECT_EQ(again(text), text);
}

TEST(JsonReader, KeepsNumbersByTheirDigits) {
  for (const char* number : {"12345678901234567890123", "1e400", "-0", "0.10", "1E+2", "18446744073709551616"}) {
    EXPECT_EQ(again(number), number);
  }
}

TEST(JsonReader, DecodesEscapes) {
  EXPECT_EQ(string_in(R"("\"\\\/\b\f\n\r\t\u00e9\u6771\ud83d\ude00")"), "\"\\/\b\f\n\r\té東😀");
  EXPECT_EQ(string_in(R"("a\u0000b")"), std::string("a\0b", 3));
}

// The elements, as JSON, of the member "list" that was looked through.
std::vector<std::string> looked_through(std::string_view text) {
  const JsonDocument document(text, "list");
  EXPECT_TRUE(document.root().find("list")->empty());
  std::vector<std::string> all;
  JsonElements elements(document.stretch()->text);
  while (const auto element = elements.next()) {
    all.push_back(std::string(element->name()) + "=" + json_text_of(*element));
  }
  return all;
}

TEST(JsonReader, LooksThroughAMemberAndYieldsItsElementsOneByOne) {
  EXPECT_THAT(looked_through(R"({"a":1, "list" : { "x" : {"y":[1,2]} , "\u0062\n":"\u00e9" }, "b":{"list":2}})"),
              testing::ElementsAre(R"(x={"y":[1,2]})", "b\n=\"é\""));
  EXPECT_THAT(looked_through("\xEF\xBB\xBF{\"list\":[ 1 , [] ,{}]}"), testing::ElementsAre("=1", "=[]", "={}"));
  EXPECT_THAT(looked_through(R"({"list":{}})"), testing::IsEmpty());
}

TEST(JsonReader, KeepsTheRestOfADocumentThatIsLookedThrough) {
  const JsonDocument document(R"({"\u0061":"\n", "list":[{"k":"\t"}], "c":"\\"})", "list");
  EXPECT_EQ(document.root().find_string("a"), "\n");
  EXPECT_EQ(document.root().find_string("c"), "\\");
  EXPECT_EQ(document.stretch()->kind, JsonKind::array);
}

TEST(JsonReader, LooksThroughNothingWhereNoSuchMemberIsAListOrAnObject) {
  for (const char* text : {R"([{"list":[1]}])", R"({"list":1})", R"({"a":{"list":[1]}})", R"("list")"}) {
    EXPECT_FALSE(JsonDocument(text, "list").stretch()) << text;
  }
}

// What is wrong with a document is told as if all of it were kept: the same place, the same words.
TEST(JsonReader, RefusesWhereItLooksThroughWhatItRefusesElsewhere) {
  std::string nine = R"({"list":{)";
  for (const char* name : {"h", "g", "f", "e", "d", "c", "b", "a", "h", "b"})
    nine += "\"" + std::string(name) + "\":1,";
  nine.back() = '}';
  const std::string cases[] = {R"({"list":{"a":1,}})",
                               R"({"list":[1,2)",
                               R"({"list":{"a":1 "b":2}})",
                               R"({"list":{"a":1,"b":2,"\u0061":3}})",
                               R"({"list":{"b":1,"a":1,"a":2,"b":2}})",
                               R"({"list":{"a":{"x":1,"x":2}}})",
                               nine + "}",
                               R"({"list":[]}x)",
                               R"({"list":[], "list":[]})",
                               "{\"list\":" + std::string(64, '[') + std::string(64, ']') + "}"};
  for (const auto& text : cases) {
    EXPECT_EQ(refusal([&] { JsonDocument document(text, "list"); }), refused(text)) << text;
  }
}

// So many that some share the hash by which they are told apart first.
TEST(JsonReader, FindsTheOneNameThatRepeatsAmongManyThatItLooksThrough) {
  std::string text = R"({"list":{)";
  for (int i = 0; i < 200'000; ++i) text += "\"name" + std::to_string(i) + "\":0,";
  text.back() = '}';
  EXPECT_NO_THROW(JsonDocument(text + "}", "list"));
  text.back() = ',';
  EXPECT_THAT(refusal([&] { JsonDocument document(text + "\"name77777\":1}}", "list"); }), HasSubstr("twice"));
}

TEST(JsonReader, TakesAByteOrderMarkAndCarriageReturns) {
  EXPECT_EQ(again("\xEF\xBB\xBF{\r\n \"a\" :\t1\r\n}\r\n"), R"({"a":1})");
}

TEST(JsonReader, FindsMembersByName) {
  const JsonDocument document(R"({"a":1,"\u0062":{"c":"x"},"d":null})");
  EXPECT_EQ(document.root().find("b")->find_string("c"), "x");
  EXPECT_FALSE(document.root().find("x"));
  EXPECT_FALSE(document.root().find("a")->find("b"));
  EXPECT_FALSE(document.root().find_string("a"));
}

struct Malformed {
  std::string text;
  std::string message;
};

TEST(JsonReader, NamesLineAndColumnOfWhatItRefuses) {  // F01
  const Malformed cases[] = {
      {"", "line 1, column 1: nothing but blanks"},
      {" \n\t", "line 2, column 2: nothing but blanks"},
      {"{\"a\":1,\n \"a\":2}", "line 2, column 2: the same name twice"},
      {R"({"a":1,"\u0061":2})", "line 1, column 8: the same name twice"},
      {"{\"a\":\"\xFF\"}", "line 1, column 7: not UTF-8"},
      {"{\"a\":\"\xED\xA0\x80\"}", "column 7: not UTF-8"},
      {std::string("{\"a\":\0}", 7), "column 6: a NUL byte"},
      {R"(["\ud800"])", "column 3: half of a surrogate pair"},
      {R"(["\udc00"])", "column 3: half of a surrogate pair"},
      {R"(["\ud800A"])", "column 3: half of a surrogate pair"},
      {R"(["\ud800\u0041"])", "column 3: half of a surrogate pair"},
      {R"(["\u12x4"])", "four hexadecimal digits"},
      {R"(["\x41"])", "column 3: an unknown escape"},
      {"[\"a\nb\"]", "column 4: a control character"},
      {"// c\n{}", "line 1, column 1: expected a value"},
      {R"({"a":1,})", "column 8: a comma after the last element"},
      {"[1,]", "column 4: a comma after the last element"},
      {"{a:1}", "column 2: expected a member's name"},
      {"{'a':1}", "column 2: expected a member's name"},
      {R"({"a" 1})", "column 6: expected ':'"},
      {R"({"a":1 "b":2})", "column 8: expected ',' or '}'"},
      {"[1 2]", "column 4: expected ',' or ']'"},
      {"{} {}", "column 4: more text after the end"},
      {"[01]", "column 3: expected ',' or ']'"},
      {"[-]", "column 3: expected a digit"},
      {"[1.]", "column 4: expected a digit after the point"},
      {"[1e+]", "column 5: expected a digit in the exponent"},
      {"[+1]", "column 2: expected a value"},
      {"[NaN]", "column 2: expected a value"},
      {"[truely]", "column 2: expected a value"},
      {"[\"abc", "column 2: a string is not closed"},
      {"[\"abc\\", "column 2: a string is not closed"},
      {"[1", "column 3: the text ends too early"},
  };
  for (const auto& [text, message] : cases) EXPECT_THAT(refused(text), HasSubstr(message)) << text;
}

TEST(JsonReader, CountsColumnsWithoutTheByteOrderMark) {
  EXPECT_THAT(refused("\xEF\xBB\xBF[x]"), HasSubstr("line 1, column 2"));
}

TEST(JsonReader, StopsAtSixtyFourLevels) {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_NO_THROW(JsonDocument(nested(64)));
  EXPECT_THAT(refused(nested(65)), HasSubstr("column 65: nested deeper than 64 levels"));
  EXPECT_THAT(refused(std::string(100'000, '[')), HasSubstr("nested deeper than 64 levels"));
  std::string objects;
  for (int level = 0; level < 100'000; ++level) objects += R"({"a":)";
  EXPECT_THAT(refused(objects), HasSubstr("nested deeper than 64 levels"));
}

TEST(JsonReader, RefusesTooLargeATextByItsSizeAlone) {
  // The bytes are never looked at: only the view says that there are so many.
  const char small[] = "{}";
  EXPECT_THAT(refused(std::string_view(small, kLargestJson + 1)), HasSubstr("larger than the limit of 256 MiB"));
}

TEST(JsonReader, FindsARepeatedNameAmongMany) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"name" + std::to_string(i * 7 % 1000) + "\":1,";
  EXPECT_NO_THROW(JsonDocument(text + "\"last\":1}"));
  EXPECT_THAT(refused(text + "\n\"name500\":1}"), HasSubstr("line 2, column 1: the same name twice"));
}

TEST(JsonReader, NeverQuotesWhatItReads) {
  const std::string canary = "sk-test-canary-4711";
  const std::string good = R"({"key":")" + canary + R"(","more":["a\u0041",1,true]})";
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(refused(good.substr(0, size)).find("canary"), std::string::npos);
  }
  EXPECT_EQ(refused(canary).find("canary"), std::string::npos);
}

TEST(Json5Reader, TakesWhatPeopleWrite) {
  EXPECT_EQ(json5("// c\n{a: 'x', $b_1: \"y\", /* d */ 'c': [1, 2,], }"), R"({"a":"x","$b_1":"y","c":[1,2]})");
  EXPECT_EQ(json5("[+1, .5, 5., -0x1F, 1e3, Infinity, -Infinity, NaN]"), "[1,0.5,5,-31,1e3,null,null,null]");
  EXPECT_EQ(json5("['it\\'s', 'a\\\nb', '\\x41\\v', \"\\q\"]"), R"(["it's","ab","A\u000b","q"])");
  EXPECT_EQ(json5("\xC2\xA0{\xE2\x80\xA8\xEF\xBB\xBFñ:1}\v\f"), "{\"ñ\":1}");
}

TEST(Json5Reader, RefusesWhatIsNoJson5Either) {
  EXPECT_THAT(refused("/* c", JsonDialect::json5), HasSubstr("column 1: a comment is not closed"));
  EXPECT_THAT(refused("{1a: 1}", JsonDialect::json5), HasSubstr("expected a member's name"));
  EXPECT_THAT(refused("[,]", JsonDialect::json5), HasSubstr("expected a value"));
  EXPECT_THAT(refused("{a:1,a:2}", JsonDialect::json5), HasSubstr("the same name twice"));
  EXPECT_THAT(refused("['a\nb']", JsonDialect::json5), HasSubstr("control character"));
  EXPECT_THAT(refused("[0x]", JsonDialect::json5), HasSubstr("hexadecimal digits"));
  EXPECT_THAT(refused("[.]", JsonDialect::json5), HasSubstr("expected a digit"));
  EXPECT_THAT(refused("[010]", JsonDialect::json5), HasSubstr("a number starts with 0"));
}

TEST(JsonWriterLayout, IsThatOfJavaScript) {
  std::string text;
  JsonWriter writer([&](std::string_view piece) { text += piece; }, JsonLayout::pretty);
  const JsonDocument document(R"({"a":{},"b":[],"c":[1,{"d":"é\u001f\"\\\n\u2028/"}]})");
  writer.value(document.root());
  writer.finish();
  EXPECT_EQ(text,
            "{\n  \"a\": {},\n  \"b\": [],\n  \"c\": [\n    1,\n    {\n"
            "      \"d\": \"é\\u001f\\\"\\\\\\n\xE2\x80\xA8/\"\n    }\n  ]\n}\n");
}

TEST(JsonWriterLayout, HoldsValuesLargerThanItsBuffer) {
  const std::string large = "\"" + std::string(200'000, 'x') + "\"";
  EXPECT_EQ(again("[" + large + "," + large + "]"), "[" + large + "," + large + "]");
}

TEST(JsonWriterLayout, RefusesWhatIsNotUtf8) {
  JsonWriter writer([](std::string_view) {}, JsonLayout::compact);
  EXPECT_THAT(refusal([&] { writer.string("\xFFsk-test-canary"); }), HasSubstr("not UTF-8"));
}

}  // namespace
}  // namespace formats
