// SPDX-License-Identifier: Apache-2.0
#include "cli/matching/spellings.h"

#include <gmock/gmock.h>
#include <string>
#include <vector>

#include "vault/base/encoding.h"
#include "vault/crypto/secret_text.h"

namespace cli {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> spelled(std::string_view secret, Spelling wanted) {
  std::vector<std::string> texts;
  for_each_spelling(secret, [&](Spelling spelling, std::string_view text) {
    if (spelling == wanted) texts.emplace_back(text);
  });
  return texts;
}

TEST(Spellings, OfASecretAreRawFirst) {
  std::vector<Spelling> order;
  for_each_spelling("sk-test-1234", [&](Spelling spelling, std::string_view) { order.push_back(spelling); });
  EXPECT_EQ(order.front(), Spelling::raw);
  EXPECT_THAT(spelled("sk-test-1234", Spelling::raw), testing::ElementsAre("sk-test-1234"));
}

TEST(Spellings, OfAShortTextAreNone) { EXPECT_TRUE(spelled("1234567", Spelling::raw).empty()); }

// E10: whatever stands around it in what was encoded.
TEST(Spellings, InBase64AreFoundAtEveryAlignment) {
  const std::string secret = "sk-test-\xFF\xFE\xFD?>~-base64";
  const auto standard = spelled(secret, Spelling::base64), url = spelled(secret, Spelling::base64url);
  const auto found = [](const std::vector<std::string>& forms, std::string_view in) {
    return std::ranges::any_of(forms, [&](const auto& form) { return in.find(form) != in.npos; });
  };
  for (const std::string front : {"", "a", "ab", "abc", "user:", "xy:z"}) {
    for (const std::string back : {"", "!", "!!", "!!!"}) {
      const auto text = front + secret + back;
      const auto plain = vault::to_base64(vault::bytes_of(text), vault::Base64::standard);
      const auto in_url = vault::to_base64(vault::bytes_of(text), vault::Base64::url_without_padding);
      EXPECT_TRUE(found(standard, plain.reveal())) << front << " " << back;
      EXPECT_TRUE(found(url, in_url.reveal())) << front << " " << back;
    }
  }
}

TEST(Spellings, InJsonHaveTheirEscapes) {
  EXPECT_THAT(spelled("a\"b\\c\n/\x01zz", Spelling::json),
              testing::ElementsAre("a\\\"b\\\\c\\n/\\u0001zz", "a\\\"b\\\\c\\n\\/\\u0001zz"));
}

TEST(Spellings, InUrlsHaveEitherCaseOfDigitsAndWhatScriptsLeaveAlone) {
  const auto texts = spelled("a/b+c=d(e)", Spelling::url);
  EXPECT_THAT(texts, Contains("a%2Fb%2Bc%3Dd%28e%29"));
  EXPECT_THAT(texts, Contains("a%2fb%2bc%3dd%28e%29"));
  EXPECT_THAT(texts, Contains("a%2Fb%2Bc%3Dd(e)"));
}

// E10
TEST(Spellings, OfAKeyInPemFormAreItsLongLinesToo) {
  const std::string line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
  const auto lines =
      spelled("-----BEGIN PRIVATE KEY-----\n" + line + "\r\nshort==\n-----END PRIVATE KEY-----\n", Spelling::line);
  EXPECT_THAT(lines, testing::ElementsAre(line));
  EXPECT_TRUE(spelled("{\n" + line + "\n}", Spelling::line).empty());
}

TEST(Spellings, AreAllLongEnoughToBeNoCoincidence) {
  for_each_spelling("12345678", [](Spelling, std::string_view text) { EXPECT_GE(text.size(), kShortestSearched); });
}

}  // namespace
}  // namespace cli
