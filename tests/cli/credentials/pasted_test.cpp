// SPDX-License-Identifier: Apache-2.0
// E06: what a clipboard adds to a secret. E09: what is no secret at all.
#include "cli/credentials/pasted.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/throws.h"

namespace {

using cli::clean_pasted;
using cli::Pasted;
using cli::testing::error_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using vault::CredentialKind;

constexpr std::string_view kKey = "sk-test-canary-0123456789";

Pasted clean(std::string_view text, CredentialKind kind = CredentialKind::api_key) {
  return clean_pasted(vault::SecretString::copy_of(text), kind);
}

vault::Error refusal_of(std::string_view text, CredentialKind kind = CredentialKind::api_key) {
  return error_of([&] { clean(text, kind); });
}

// Cleaned to the key itself, with exactly this notice.
void expect_cleaned(const std::string& text, const std::string& notice) {
  const Pasted pasted = clean(text);
  EXPECT_EQ(pasted.secret.reveal(), kKey) << notice;
  EXPECT_THAT(pasted.notices, ElementsAre(notice));
}

TEST(CleanPasted, KeepsACleanSecretWithoutAWord) {
  EXPECT_EQ(clean(kKey).secret.reveal(), kKey);
  EXPECT_THAT(clean(kKey).notices, IsEmpty());
}

TEST(CleanPasted, TakesOneLineEndWithoutAWord) {
  const Pasted pasted = clean(std::string(kKey) + "\n");
  EXPECT_EQ(pasted.secret.reveal(), kKey);
  EXPECT_THAT(pasted.notices, IsEmpty());
}

TEST(CleanPasted, TellsWhatItTakesOff) {
  const std::string key(kKey);
  expect_cleaned(key + "\r\n", "removed blanks or invisible characters around it");
  expect_cleaned("  " + key + " \t", "removed blanks or invisible characters around it");
  expect_cleaned("\u00a0" + key + "\u200b", "removed blanks or invisible characters around it");
  expect_cleaned("\ufeff" + key, "removed a byte order mark");
  expect_cleaned("\"" + key + "\"", "removed the quotes around it");
  expect_cleaned("\u201c" + key + "\u201d", "removed the quotes around it");
  expect_cleaned("Bearer " + key, "removed the 'Bearer ' before it");
  expect_cleaned("bEARER " + key, "removed the 'Bearer ' before it");
  expect_cleaned("export OPENAI_API_KEY=" + key, "removed the 'export NAME=' before it");
  expect_cleaned("OPENAI_API_KEY=" + key, "removed the 'NAME=' before it");
  expect_cleaned("\x1b[200~" + key + "\x1b[201~", "removed the marks that the terminal put around a paste");
  expect_cleaned("200~" + key + "201~", "removed the marks that the terminal put around a paste");
}

TEST(CleanPasted, TakesOffLayerAfterLayer) {
  const Pasted pasted = clean("export K_1=\"Bearer " + std::string(kKey) + "\" \r\n");
  EXPECT_EQ(pasted.secret.reveal(), kKey);
  EXPECT_EQ(pasted.notices.size(), 4U);
}

TEST(CleanPasted, LeavesEqualsSignsAndInnerQuotesOfRealSecretsAlone) {
  for (const auto* const text : {"QUJD_REVG==", "abc=def", "it's", "\"half", "A_B=", "export"}) {
    const Pasted pasted = clean(text);
    EXPECT_EQ(pasted.secret.reveal(), text);
    EXPECT_THAT(pasted.notices, IsEmpty()) << text;
  }
}

TEST(CleanPasted, RefusesWhatIsEmptyInTheEnd) {
  for (const auto* const text : {"", "\n", " \r\n", "\"\"", "\ufeff", "export X="}) {
    EXPECT_STREQ(refusal_of(text).what(), "the secret is refused: it is empty") << text;
  }
}

TEST(CleanPasted, RefusesPlaceholders) {
  for (const auto* const text : {"[REDACTED]", "${OPENAI_API_KEY}", "op://vault/item/key", "\"***\"", "your-api-key"}) {
    EXPECT_STREQ(refusal_of(text).what(), "the secret is refused: it is a placeholder") << text;
  }
}

TEST(CleanPasted, RefusesBlanksInsideAnApiKey) {
  for (const auto* const text : {"sk-test canary", "sk-test\ncanary", "sk-test\u00a0canary", "sk-test\u200bcanary"}) {
    const auto error = refusal_of(text);
    EXPECT_EQ(error.code(), vault::ErrorCode::bad_input);
    EXPECT_THAT(error.what(), Not(HasSubstr("canary")));
  }
}

TEST(CleanPasted, KeepsBlanksInsideATokenAsTheyAre) {
  EXPECT_EQ(clean("one two\nthree", CredentialKind::token).secret.reveal(), "one two\nthree");
}

TEST(CleanPasted, RefusesControlCharactersInEveryKind) {
  for (const auto kind : {CredentialKind::api_key, CredentialKind::token, CredentialKind::oauth}) {
    EXPECT_EQ(refusal_of(std::string_view("a\0b", 3), kind).code(), vault::ErrorCode::bad_input);
    EXPECT_EQ(refusal_of("a\x1b[31mb", kind).code(), vault::ErrorCode::bad_input);
  }
}

TEST(CleanPasted, RefusesBytesThatAreNotUtf8) { EXPECT_EQ(refusal_of("sk-\xff").code(), vault::ErrorCode::bad_input); }

TEST(CleanPasted, KeepsLongSecretsWhole) {
  const std::string text(70'000, 'k');
  EXPECT_EQ(clean(text).secret.reveal(), text);
}

}  // namespace
