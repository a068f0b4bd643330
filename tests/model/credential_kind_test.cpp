// SPDX-License-Identifier: Apache-2.0
#include "vault/model/credential_kind.h"

#include <gtest/gtest.h>

#include "vault/model/agent_sheet.h"
#include "vault/model/record_kind.h"

namespace vault::testing {
namespace {

TEST(CredentialKindNames, AreOpenClawsTypesBothWays) {
  const std::pair<CredentialKind, const char*> all[] = {
      {CredentialKind::api_key, "api_key"}, {CredentialKind::token, "token"}, {CredentialKind::oauth, "oauth"}};
  for (const auto& [kind, name] : all) {
    EXPECT_EQ(name_of(kind), name);
    EXPECT_EQ(kind_named(name), kind);
  }
  for (const auto* name : {"", "apiKey", "API_KEY", "api_key ", "aws-sdk"}) {
    EXPECT_EQ(kind_named(name), std::nullopt) << name;
  }
}

TEST(SecretFieldNames, AreOpenClawsMembersBothWays) {
  const std::pair<SecretField, const char*> all[] = {{SecretField::key, "key"},
                                                     {SecretField::token, "token"},
                                                     {SecretField::access, "access"},
                                                     {SecretField::refresh, "refresh"},
                                                     {SecretField::id_token, "idToken"}};
  for (const auto& [field, name] : all) {
    EXPECT_EQ(name_of(field), name);
    EXPECT_EQ(field_named(name), field);
  }
  for (const auto* name : {"", "id_token", "apiKey", "Key"}) EXPECT_EQ(field_named(name), std::nullopt) << name;
}

TEST(MainField, StandsForTheCredentialOfItsKind) {
  EXPECT_EQ(main_field(CredentialKind::api_key), SecretField::key);
  EXPECT_EQ(main_field(CredentialKind::token), SecretField::token);
  EXPECT_EQ(main_field(CredentialKind::oauth), SecretField::access);
}

TEST(SecretFieldSet, HoldsWhatWasInserted) {
  SecretFieldSet set;
  EXPECT_TRUE(set.empty());
  set.insert(SecretField::token);
  set.insert(SecretField::id_token);
  set.insert(SecretField::token);
  EXPECT_FALSE(set.empty());
  for (const auto field : kSecretFields) {
    EXPECT_EQ(set.contains(field), field == SecretField::token || field == SecretField::id_token) << name_of(field);
  }
}

TEST(SecretFieldSet, ComesBackFromItsBits) {
  SecretFieldSet set;
  set.insert(SecretField::access);
  set.insert(SecretField::refresh);
  EXPECT_EQ(SecretFieldSet(set.bits()), set);
  EXPECT_NE(SecretFieldSet(), set);
}

// These numbers are in every vault file there is.
TEST(StoredNumbers, NeverChange) {
  EXPECT_EQ(int(CredentialKind::api_key), 1);
  EXPECT_EQ(int(CredentialKind::token), 2);
  EXPECT_EQ(int(CredentialKind::oauth), 3);
  for (int bit = 0; bit < 5; ++bit) {
    SecretFieldSet set;
    set.insert(kSecretFields[bit]);
    EXPECT_EQ(set.bits(), 1 << bit);
  }
  EXPECT_EQ(int(Inheritance::linked), 0);
  EXPECT_EQ(int(Inheritance::isolated), 1);
  EXPECT_EQ(int(RecordKind::profile), 1);
  EXPECT_EQ(int(RecordKind::order), 2);
  EXPECT_EQ(int(RecordKind::usage), 3);
  EXPECT_EQ(int(RecordKind::variable), 4);
  EXPECT_EQ(int(RecordKind::pin), 5);
  EXPECT_EQ(int(RecordKind::foreign), 6);
}

}  // namespace
}  // namespace vault::testing
