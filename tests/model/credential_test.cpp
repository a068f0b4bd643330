// SPDX-License-Identifier: Apache-2.0
#include "vault/model/credential.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace vault::testing {
namespace {

SecretString secret(std::string_view text) { return SecretString::copy_of(text); }

Credential login() {
  Credential credential;
  credential.set(SecretField::access, secret("test-access"));
  credential.set(SecretField::refresh, secret("test-refresh"));
  credential.set_foreign(secret(R"({"accountId":"test"})"));
  return credential;
}

TEST(Credential, HasNoFieldsAtFirst) {
  const Credential credential;
  for (const auto field : kSecretFields) EXPECT_EQ(credential.find(field), nullptr);
  EXPECT_TRUE(credential.present().empty());
  EXPECT_TRUE(credential.usable().empty());
  EXPECT_TRUE(credential.foreign().empty());
}

TEST(Credential, GivesBackWhatWasSet) {
  Credential credential;
  credential.set(SecretField::key, secret("sk-test-1"));
  ASSERT_NE(credential.find(SecretField::key), nullptr);
  EXPECT_TRUE(credential.find(SecretField::key)->same_as(secret("sk-test-1")));
  EXPECT_EQ(credential.find(SecretField::token), nullptr);

  credential.set(SecretField::key, secret("sk-test-2"));
  EXPECT_TRUE(credential.find(SecretField::key)->same_as(secret("sk-test-2")));
}

TEST(Credential, KeepsFieldsApart) {
  Credential credential;
  for (const auto field : kSecretFields) credential.set(field, secret(name_of(field)));
  for (const auto field : kSecretFields) EXPECT_TRUE(credential.find(field)->same_as(secret(name_of(field))));
}

TEST(Credential, ForgetsAnErasedField) {
  auto credential = login();
  credential.erase(SecretField::refresh);
  EXPECT_EQ(credential.find(SecretField::refresh), nullptr);
  EXPECT_FALSE(credential.present().contains(SecretField::refresh));
  EXPECT_TRUE(credential.present().contains(SecretField::access));
  credential.erase(SecretField::refresh);
  EXPECT_EQ(credential.find(SecretField::refresh), nullptr);
}

TEST(Credential, TellsABlankFieldFromAnAbsentOne) {
  for (const auto* blank : {"", " ", "\t\r\n", "\xC2\xA0 \xEF\xBB\xBF"}) {
    Credential credential;
    credential.set(SecretField::token, secret(blank));
    EXPECT_TRUE(credential.present().contains(SecretField::token));
    EXPECT_FALSE(credential.usable().contains(SecretField::token));
  }
}

TEST(Credential, KeepsTheBlanksAroundASecret) {
  Credential credential;
  credential.set(SecretField::key, secret("  sk-test \n"));
  EXPECT_TRUE(credential.find(SecretField::key)->same_as(secret("  sk-test \n")));
  EXPECT_TRUE(credential.usable().contains(SecretField::key));
}

TEST(Credential, ClonesAllThatItHolds) {
  const auto original = login();
  auto copy = original.clone();
  EXPECT_TRUE(copy.same_as(original));
  copy.set(SecretField::access, secret("test-changed"));
  EXPECT_TRUE(original.find(SecretField::access)->same_as(secret("test-access")));
}

TEST(Credential, IsTheSameOnlyWithTheSameFieldsBytesAndForeignText) {
  const auto original = login();
  auto other_bytes = login(), other_field = login(), fewer = login(), other_foreign = login();
  other_bytes.set(SecretField::access, secret("test-Access"));
  other_field.erase(SecretField::refresh);
  other_field.set(SecretField::id_token, secret("test-refresh"));
  fewer.erase(SecretField::refresh);
  other_foreign.set_foreign(secret("{}"));
  EXPECT_TRUE(original.same_as(login()));
  for (const auto* other : {&other_bytes, &other_field, &fewer, &other_foreign}) {
    EXPECT_FALSE(original.same_as(*other));
    EXPECT_FALSE(other->same_as(original));
  }
}

TEST(Credential, DiffersWhenABlankFieldIsAbsentInTheOther) {
  Credential blank, absent;
  blank.set(SecretField::key, secret(""));
  EXPECT_FALSE(blank.same_as(absent));
  EXPECT_FALSE(absent.same_as(blank));
}

TEST(Credential, CannotBeCopiedByAccident) {
  EXPECT_FALSE(std::is_copy_constructible_v<Credential>);
  EXPECT_FALSE(std::is_copy_assignable_v<Credential>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Credential>);
}

}  // namespace
}  // namespace vault::testing
