// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "tests/policy/profiles.h"

namespace vault::testing {
namespace {

Reason judged(const Profile& profile, const DeclaredProfile* declared = nullptr) {
  return eligibility(profile.sheet, ProviderId("p"), declared, kNow);
}

DeclaredProfile declared_as(std::string mode, std::string provider = "p") {
  return {ProfileId("any"), ProviderId(std::move(provider)), std::move(mode)};
}

TEST(ApiKeyEligibility, TakesAKeyOrAReferenceToOne) {
  EXPECT_EQ(judged(api_key("k")), Reason::ok);
  EXPECT_EQ(judged(api_key("k").without_secret().with_key_ref()), Reason::ok);
  EXPECT_EQ(judged(api_key("k").with_key_ref()), Reason::ok);
}

TEST(ApiKeyEligibility, MissesAKeyThatIsAbsentOrBlankWhateverElseIsThere) {
  EXPECT_EQ(judged(api_key("k").without_secret()), Reason::missing_credential);
  EXPECT_EQ(judged(api_key("k").without_secret().with(SecretField::token).with_token_ref()),
            Reason::missing_credential);
}

TEST(ApiKeyEligibility, RefusesACommandLinePastedAsAKey) {
  auto profile = api_key("k");
  profile.sheet.malformed_key = true;
  EXPECT_EQ(judged(profile), Reason::malformed_api_key);
}

// S10
TEST(ApiKeyEligibility, EndsAtTheDateThatSomebodySet) {
  EXPECT_EQ(judged(api_key("k").expires_in(kDay)), Reason::ok);
  EXPECT_EQ(judged(api_key("k").expires_in(-kDay)), Reason::expired);
  EXPECT_EQ(judged(api_key("k").expires(Expiry::at({0}))), Reason::ok);  // no date: OpenClaw ignores it, and so do we
}

// S11
TEST(ApiKeyEligibility, WithholdsPlaceholdersButNotReferencesBesideThem) {
  auto profile = api_key("k");
  profile.sheet.placeholder = true;
  EXPECT_EQ(judged(profile), Reason::placeholder);
  EXPECT_EQ(judged(profile.with_key_ref()), Reason::ok);
}

// O1: a reference back to this vault is no credential.
TEST(ApiKeyEligibility, TakesAReferenceToTheVaultItselfForUnresolved) {
  auto profile = api_key("openai:k", "p").without_secret();
  profile.sheet.key_ref = SecretRef{"exec", "claviger", "profile/openai:k"};
  ASSERT_TRUE(is_self_reference(profile.sheet));
  EXPECT_EQ(judged(profile), Reason::unresolved_ref);
}

TEST(TokenEligibility, TakesATokenOrAReferenceToOne) {
  EXPECT_EQ(judged(token("t")), Reason::ok);
  EXPECT_EQ(judged(token("t").without_secret().with_token_ref()), Reason::ok);
  EXPECT_EQ(judged(token("t").without_secret()), Reason::missing_credential);
  EXPECT_EQ(judged(token("t").without_secret().with_key_ref()), Reason::missing_credential);
}

TEST(TokenEligibility, EndsAtTheVeryInstantOfItsExpiry) {
  EXPECT_EQ(judged(token("t").expires_in(1)), Reason::ok);
  EXPECT_EQ(judged(token("t").expires_in(0)), Reason::expired);
  EXPECT_EQ(judged(token("t").expires_in(-1)), Reason::expired);
}

TEST(TokenEligibility, IsNotSavedFromExpiryByAReference) {
  EXPECT_EQ(judged(token("t").without_secret().with_token_ref().expires_in(-1)), Reason::expired);
  EXPECT_EQ(judged(token("t").with_token_ref().expires(Expiry::at({0}))), Reason::invalid_expires);
}

TEST(TokenEligibility, RefusesAnExpiryThatIsNoDate) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t ms : {least, std::int64_t(-1), std::int64_t(0), kLastTimestamp.ms + 1, greatest}) {
    EXPECT_EQ(judged(token("t").expires(Expiry::at({ms}))), Reason::invalid_expires) << ms;
  }
  for (const auto* json : {"\"soon\"", "NaN", "null", "1e400", "[]"}) {
    EXPECT_EQ(judged(token("t").expires(Expiry::invalid(json))), Reason::invalid_expires) << json;
  }
  EXPECT_EQ(judged(token("t").expires(Expiry::at(kLastTimestamp))), Reason::ok);
}

TEST(TokenEligibility, CallsSecondsTakenForMillisecondsLongExpired) {
  EXPECT_EQ(judged(token("t").expires(Expiry::at({kNow.ms / 1000 + 86'400}))), Reason::expired);
}

TEST(TokenEligibility, HoldsAtAnyReadingOfTheClock) {
  const auto at = [](const Profile& profile, std::int64_t now) {
    return eligibility(profile.sheet, profile.sheet.provider, nullptr, {now});
  };
  constexpr std::int64_t kYear2038 = 2'147'483'648'000, kYear9999 = 253'402'300'799'999;
  for (const auto end : {kYear2038, kYear9999}) {
    const auto profile = token("t").expires(Expiry::at({end}));
    EXPECT_EQ(at(profile, end - 1), Reason::ok);
    EXPECT_EQ(at(profile, end), Reason::expired);
    EXPECT_EQ(at(profile, 0), Reason::ok);
    EXPECT_EQ(at(profile, std::numeric_limits<std::int64_t>::min()), Reason::ok);
    EXPECT_EQ(at(profile, std::numeric_limits<std::int64_t>::max()), Reason::expired);
  }
}

TEST(OAuthEligibility, NeedsAnAccessOrARefreshToken) {
  EXPECT_EQ(judged(oauth("o").without_secret().with(SecretField::access)), Reason::ok);
  EXPECT_EQ(judged(oauth("o").without_secret().with(SecretField::refresh)), Reason::ok);
  EXPECT_EQ(judged(oauth("o").without_secret()), Reason::missing_credential);
  EXPECT_EQ(judged(oauth("o").without_secret().with(SecretField::id_token)), Reason::missing_credential);
}

TEST(OAuthEligibility, IgnoresExpiryBecauseItCanBeRefreshed) {
  EXPECT_EQ(judged(oauth("o").expires_in(-kDay)), Reason::ok);
  EXPECT_EQ(judged(oauth("o").expires(Expiry::none())), Reason::ok);
  EXPECT_EQ(judged(oauth("o").expires(Expiry::invalid("\"x\""))), Reason::ok);
}

TEST(OAuthEligibility, CannotFollowASidecarReference) {
  auto profile = oauth("o").without_secret();
  profile.sheet.unresolved_oauth_ref = true;
  EXPECT_EQ(judged(profile), Reason::unresolved_ref);
  EXPECT_EQ(judged(profile.with(SecretField::access)), Reason::ok);
}

TEST(Eligibility, ChecksAnInactiveSetupBeforeAllElse) {
  auto profile = api_key("k", "elsewhere").without_secret();
  profile.sheet.setup_replacement = true;
  EXPECT_EQ(judged(profile), Reason::setup_inactive);
}

TEST(Eligibility, ComparesProvidersByTheirKeyAndAlias) {
  EXPECT_EQ(judged(api_key("k", "elsewhere").without_secret()), Reason::provider_mismatch);
  EXPECT_EQ(judged(api_key("k", "  P ")), Reason::ok);
  const auto claude = token("t", "anthropic");
  EXPECT_EQ(eligibility(claude.sheet, ProviderId("Claude-CLI"), nullptr, kNow), Reason::ok);
  const auto grok = api_key("k", "x-ai");
  EXPECT_EQ(eligibility(grok.sheet, ProviderId("xai"), nullptr, kNow), Reason::ok);
}

TEST(DeclaredEligibility, RefusesAnotherProviderBeforeAnotherMode) {
  const auto elsewhere = declared_as("token", "elsewhere");
  EXPECT_EQ(judged(api_key("k"), &elsewhere), Reason::provider_mismatch);
}

TEST(DeclaredEligibility, LetsATokenPassAsOAuthAndNothingElse) {
  struct Case {
    CredentialKind kind;
    std::string mode;
    Reason expected;
  };
  const Case cases[] = {
      {CredentialKind::api_key, "api_key", Reason::ok},
      {CredentialKind::api_key, "token", Reason::mode_mismatch},
      {CredentialKind::api_key, "oauth", Reason::mode_mismatch},
      {CredentialKind::api_key, "aws-sdk", Reason::mode_mismatch},
      {CredentialKind::token, "token", Reason::ok},
      {CredentialKind::token, "oauth", Reason::ok},
      {CredentialKind::token, "api_key", Reason::mode_mismatch},
      {CredentialKind::oauth, "oauth", Reason::ok},
      {CredentialKind::oauth, "token", Reason::mode_mismatch},
      {CredentialKind::oauth, "", Reason::mode_mismatch},
  };
  for (const auto& c : cases) {
    const auto declared = declared_as(c.mode);
    EXPECT_EQ(judged(profile(c.kind, "x"), &declared), c.expected) << name_of(c.kind) << " as " << c.mode;
  }
}

TEST(DeclaredEligibility, StillAsksForTheCredential) {
  const auto declared = declared_as("api_key");
  EXPECT_EQ(judged(api_key("k").without_secret(), &declared), Reason::missing_credential);
}

TEST(ReasonNames, AreOpenClawsOwnWords) {
  EXPECT_EQ(name_of(Reason::ok), "ok");
  EXPECT_EQ(name_of(Reason::profile_missing), "profile_missing");
  EXPECT_EQ(name_of(Reason::setup_inactive), "setup_inactive");
  EXPECT_EQ(name_of(Reason::provider_mismatch), "provider_mismatch");
  EXPECT_EQ(name_of(Reason::mode_mismatch), "mode_mismatch");
  EXPECT_EQ(name_of(Reason::missing_credential), "missing_credential");
  EXPECT_EQ(name_of(Reason::malformed_api_key), "malformed_api_key");
  EXPECT_EQ(name_of(Reason::unresolved_ref), "unresolved_ref");
  EXPECT_EQ(name_of(Reason::invalid_expires), "invalid_expires");
  EXPECT_EQ(name_of(Reason::expired), "expired");
  EXPECT_EQ(name_of(Reason::excluded_by_auth_order), "excluded_by_auth_order");
}

}  // namespace
}  // namespace vault::testing
