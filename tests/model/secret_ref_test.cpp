// SPDX-License-Identifier: Apache-2.0
#include "vault/model/profile_sheet.h"

#include <gtest/gtest.h>

namespace vault {
namespace {

const ProfileId kProfile("openai:work");

bool is_ours(const std::string& provider, const std::string& id, const std::string& source = "exec") {
  return refers_to_claviger({source, provider, id}, kProfile);
}

// Fault O1
TEST(SelfReferences, AreThoseToAProviderCalledClaviger) {
  EXPECT_TRUE(is_ours("claviger", "profile/openai:work"));
  EXPECT_TRUE(is_ours("claviger", "env/NAME"));
  EXPECT_TRUE(is_ours("claviger-ops", "ref/0123456789ab"));
  EXPECT_FALSE(is_ours("clavigerous", "env/NAME"));
}

TEST(SelfReferences, AreKnownByTheirIdUnderAnyAlias) {
  EXPECT_TRUE(is_ours("keys", "profile/openai:work"));
  EXPECT_TRUE(is_ours("keys", "profile/openai:work/key"));
  EXPECT_TRUE(is_ours("keys", "ref/0123456789ab"));
  EXPECT_TRUE(is_ours("keys", "ref/0123456789ab/token"));
}

TEST(SelfReferences, AreNotThoseToOtherPrograms) {
  EXPECT_FALSE(is_ours("vault", "openai/api-key"));
  EXPECT_FALSE(is_ours("vault", "profile/other"));
  EXPECT_FALSE(is_ours("vault", "ref/0123456789AB"));
  EXPECT_FALSE(is_ours("vault", "ref/0123456789abc"));
  EXPECT_FALSE(is_ours("claviger", "OPENAI_API_KEY", "env"));
  EXPECT_FALSE(refers_to_claviger({"exec", std::nullopt, "openai/api-key"}, kProfile));
}

TEST(SelfReferences, CountOnlyWhereTheKindOfTheProfileUsesThem) {
  const SecretRef ours{"exec", "claviger", "profile/openai:work"};
  ProfileSheet sheet{.id = kProfile, .provider = ProviderId("openai"), .token_ref = ours};
  EXPECT_FALSE(is_self_reference(sheet));
  sheet.kind = CredentialKind::token;
  EXPECT_TRUE(is_self_reference(sheet));
  sheet.kind = CredentialKind::oauth;
  EXPECT_EQ(reference_of(sheet), nullptr);
}

}  // namespace
}  // namespace vault
