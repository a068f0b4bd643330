// SPDX-License-Identifier: Apache-2.0
#include "import/logins/external_login.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/logins/jwt_payload.h"
#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/encoding.h"
#include "vault/crypto/secret_text.h"

namespace {

using formats::Format;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using vault::CredentialKind;
using vault::Expiry;
using vault::ImportWarning;
using vault::SecretField;

const vault::AgentName kAgent("main");
constexpr vault::Timestamp kModified{1'700'000'000'000};

vault::AgentBatch read(Format format, const std::string& text, std::optional<std::string_view> account = {}) {
  return formats::read_external_login(format, text, {kAgent, kModified, account});
}

std::string jwt(const std::string& payload) {
  const auto part = vault::to_base64(vault::bytes_of(payload), vault::Base64::url_without_padding);
  return "eyJhbGciOiJub25lIn0." + std::string(part.reveal()) + ".sig";
}

const vault::ProfileDraft& only_profile(const vault::AgentBatch& batch) {
  EXPECT_EQ(batch.profiles.size(), 1U);
  return batch.profiles.at(0);
}

std::string_view secret_of(const vault::ProfileDraft& draft, SecretField field) {
  const auto* const value = draft.credential.find(field);
  return value == nullptr ? std::string_view("(none)") : value->reveal();
}

void expect_left_out(const vault::AgentBatch& batch, const std::string& reason) {
  EXPECT_THAT(batch.profiles, IsEmpty());
  ASSERT_EQ(batch.warnings.size(), 1U);
  EXPECT_EQ(batch.warnings[0].reason, reason);
  EXPECT_TRUE(batch.warnings[0].rejected);
}

TEST(ClaudeLogin, IsAnOAuthLoginOfAnthropics) {
  const auto batch =
      read(Format::claude, R"({"claudeAiOauth":{"accessToken":"test-access","refreshToken":"test-refresh",
      "expiresAt":1800000000000,"scopes":["user:inference"],"subscriptionType":"max","rateLimitTier":"t4"}})");
  const auto& draft = only_profile(batch);
  EXPECT_EQ(draft.sheet.id.text(), "anthropic:claude-cli");
  EXPECT_EQ(draft.sheet.provider.text(), "anthropic");
  EXPECT_EQ(draft.sheet.kind, CredentialKind::oauth);
  EXPECT_EQ(draft.sheet.expiry, Expiry::at({1'800'000'000'000}));
  EXPECT_EQ(secret_of(draft, SecretField::access), "test-access");
  EXPECT_EQ(secret_of(draft, SecretField::refresh), "test-refresh");
  EXPECT_EQ(draft.credential.foreign().reveal(),
            R"({"scopes":["user:inference"],"subscriptionType":"max","rateLimitTier":"t4"})");
  EXPECT_THAT(batch.warnings, IsEmpty());
}

TEST(ClaudeLogin, IsATokenWithoutARefreshToken) {
  const auto batch =
      read(Format::claude,
           R"({"claudeAiOauth":{"accessToken":"test-access","refreshToken":" ","expiresAt":1800000000000}})");
  EXPECT_EQ(only_profile(batch).sheet.kind, CredentialKind::token);
  EXPECT_EQ(secret_of(only_profile(batch), SecretField::token), "test-access");
  EXPECT_EQ(secret_of(only_profile(batch), SecretField::access), "(none)");
}

TEST(ClaudeLogin, BearsTheAccountsNameWhereItIsKnown) {
  const std::string login = R"({"claudeAiOauth":{"accessToken":"test-access","expiresAt":1800000000000}})";
  const auto named =
      read(Format::claude, login, R"({"oauthAccount":{"emailAddress":"me@example.com","accountUuid":"u-1"}})");
  EXPECT_EQ(only_profile(named).sheet.email, "me@example.com");
  EXPECT_EQ(only_profile(named).credential.foreign().reveal(), R"({"accountId":"u-1"})");
  const auto damaged = read(Format::claude, login, "{");
  EXPECT_EQ(only_profile(damaged).sheet.email, std::nullopt);
  EXPECT_THAT(damaged.warnings, ElementsAre(Field(&ImportWarning::reason, "account_unreadable")));
}

TEST(ClaudeLogin, NeedsATokenAndAnEnd) {
  expect_left_out(read(Format::claude, R"({"claudeAiOauth":{"expiresAt":1800000000000}})"), "missing_credential");
  expect_left_out(read(Format::claude, R"({"claudeAiOauth":null})"), "missing_credential");
  for (const auto* const end : {"0", "-1", "\"1800000000000\"", "null", "1e300"}) {
    expect_left_out(
        read(Format::claude, std::string(R"({"claudeAiOauth":{"accessToken":"t","expiresAt":)") + end + "}}"),
        "invalid_expires");
  }
}

TEST(ClaudeLogin, SaysWhatItLeavesInTheFile) {
  const auto batch = read(Format::claude, R"({"mcpOAuth":{"x":{"accessToken":"test-other"}},
      "claudeAiOauth":{"accessToken":"test-access","expiresAt":1800000000000}})");
  ASSERT_THAT(batch.warnings, ElementsAre(Field(&ImportWarning::reason, "not_taken")));
  EXPECT_THAT(batch.warnings[0].text, HasSubstr("mcpOAuth"));
  EXPECT_THAT(batch.warnings[0].text, Not(HasSubstr("test-other")));
}

TEST(CodexLogin, TakesItsEndAndIdentityFromItsTokens) {
  const auto id_token =
      jwt(R"({"email":"me@example.com",)"
          R"("https://api.openai.com/auth":{"chatgpt_plan_type":"plus","chatgpt_account_id":"a-2"}})");
  const auto batch =
      read(Format::codex, R"({"auth_mode":"chatgpt","OPENAI_API_KEY":null,"tokens":{"access_token":")" +
                              jwt(R"({"exp":1800000000})") + R"(","refresh_token":"test-refresh","id_token":")" +
                              id_token + R"("},"last_refresh":"2026-01-01"})");
  const auto& draft = only_profile(batch);
  EXPECT_EQ(draft.sheet.id.text(), "openai:codex-cli");
  EXPECT_EQ(draft.sheet.provider.text(), "openai");
  EXPECT_EQ(draft.sheet.kind, CredentialKind::oauth);
  EXPECT_EQ(draft.sheet.expiry, Expiry::at({1'800'000'000'000}));
  EXPECT_EQ(draft.sheet.email, "me@example.com");
  EXPECT_EQ(secret_of(draft, SecretField::refresh), "test-refresh");
  EXPECT_EQ(secret_of(draft, SecretField::id_token), id_token);
  EXPECT_EQ(draft.credential.foreign().reveal(), R"({"accountId":"a-2","chatgptPlanType":"plus"})");
  EXPECT_THAT(batch.warnings, IsEmpty());
}

TEST(CodexLogin, LastsAnHourFromTheFilesChangeWhereTheTokenTellsNothing) {
  const auto batch =
      read(Format::codex, R"({"tokens":{"access_token":"opaque","refresh_token":"test-refresh","account_id":"a-1"}})");
  EXPECT_EQ(only_profile(batch).sheet.expiry, Expiry::at({kModified.ms + 3'600'000}));
  EXPECT_EQ(only_profile(batch).credential.foreign().reveal(), R"({"accountId":"a-1"})");
  EXPECT_THAT(batch.warnings, ElementsAre(Field(&ImportWarning::reason, "expiry_guessed")));
}

TEST(CodexLogin, IsAnApiKeyInThatMode) {
  for (const auto* const mode : {R"("auth_mode":"apikey",)", R"("auth_mode":"apiKey",)", ""}) {
    const auto batch =
        read(Format::codex, std::string("{") + mode + R"("OPENAI_API_KEY":"sk-test-codex","tokens":null})");
    EXPECT_EQ(only_profile(batch).sheet.kind, CredentialKind::api_key) << mode;
    EXPECT_EQ(secret_of(only_profile(batch), SecretField::key), "sk-test-codex");
    EXPECT_EQ(only_profile(batch).sheet.expiry, Expiry::none());
    EXPECT_THAT(batch.warnings, IsEmpty());
  }
}

TEST(CodexLogin, TakesOneCredentialAndTellsOfTheOther) {
  const std::string both = R"("OPENAI_API_KEY":"sk-test-codex","tokens":{"access_token":")" +
                           jwt(R"({"exp":1800000000})") + R"(","refresh_token":"r"}})";
  const auto login = read(Format::codex, R"({"auth_mode":"chatgptAuthTokens",)" + both);
  EXPECT_EQ(only_profile(login).sheet.kind, CredentialKind::oauth);
  EXPECT_THAT(login.warnings, ElementsAre(Field(&ImportWarning::reason, "not_taken")));
  const auto key = read(Format::codex, "{" + both);
  EXPECT_EQ(only_profile(key).sheet.kind, CredentialKind::api_key);
  EXPECT_THAT(key.warnings, ElementsAre(Field(&ImportWarning::reason, "not_taken")));
}

TEST(CodexLogin, IsLeftOutWhereItsModeOrTokensAreMissing) {
  expect_left_out(read(Format::codex, R"({"auth_mode":"agentIdentity","OPENAI_API_KEY":"sk-test"})"), "unknown_mode");
  expect_left_out(read(Format::codex, R"({"auth_mode":"apikey","OPENAI_API_KEY":null})"), "missing_credential");
  expect_left_out(read(Format::codex, R"({"tokens":{"access_token":"a"}})"), "missing_credential");
  expect_left_out(read(Format::codex, R"({"tokens":[]})"), "missing_credential");
}

TEST(OauthCreds, GoToEachToolsOwnProvider) {
  const std::string text = R"({"access_token":"test-a","refresh_token":"test-r","expiry_date":1800000000000,)"
                           R"("resource_url":"portal.example"})";
  const auto qwen = read(Format::qwen, text);
  EXPECT_EQ(only_profile(qwen).sheet.id.text(), "qwen-portal:qwen-cli");
  EXPECT_EQ(only_profile(qwen).sheet.provider.text(), "qwen-portal");
  EXPECT_EQ(only_profile(qwen).credential.foreign().reveal(), R"({"resource_url":"portal.example"})");
  EXPECT_EQ(only_profile(read(Format::minimax, text)).sheet.id.text(), "minimax-portal:minimax-cli");
  const auto gemini = read(Format::gemini, text);
  EXPECT_EQ(only_profile(gemini).sheet.id.text(), "google-gemini-cli:default");
  EXPECT_EQ(only_profile(gemini).sheet.expiry, Expiry::at({1'800'000'000'000}));
}

TEST(OauthCreds, NameAGeminiLoginAfterItsAccount) {
  const auto batch = read(
      Format::gemini, R"({"access_token":"test-a","refresh_token":"test-r","expiry_date":1800000000000,"id_token":")" +
                          jwt(R"({"email":"me@example.com","sub":"1234"})") + R"("})");
  EXPECT_EQ(only_profile(batch).sheet.id.text(), "google-gemini-cli:me@example.com");
  EXPECT_EQ(only_profile(batch).sheet.email, "me@example.com");
  EXPECT_EQ(only_profile(batch).credential.foreign().reveal(), R"({"accountId":"1234"})");
}

TEST(OauthCreds, NeedBothTokensAndAnEnd) {
  expect_left_out(read(Format::qwen, R"({"access_token":"a","expiry_date":1})"), "missing_credential");
  expect_left_out(read(Format::qwen, R"({"access_token":"a","refresh_token":"r"})"), "invalid_expires");
}

TEST(ExternalLogin, MarksPlaceholders) {
  const auto batch =
      read(Format::qwen, R"({"access_token":"[REDACTED]","refresh_token":"r","expiry_date":1800000000000})");
  EXPECT_THAT(batch.warnings, ElementsAre(Field(&ImportWarning::reason, "placeholder")));
}

TEST(ExternalLogin, RefusesWhatIsNoJsonObject) {
  for (const auto* const text : {"", "[]", "{", "\"test-secret\""}) {
    const auto error = vault::testing::error_of([&] { read(Format::codex, text); });
    EXPECT_EQ(error.code(), vault::ErrorCode::bad_input) << text;
  }
}

TEST(JwtPayload, ReadsTheMiddlePartAndNothingElse) {
  const auto payload = formats::JwtPayload::of(jwt(R"({"exp":12.5,"email":"ü@example.com"})"));
  ASSERT_TRUE(payload);
  EXPECT_EQ(payload->text("email"), "ü@example.com");
  EXPECT_EQ(payload->expires(), vault::Timestamp{13'000});
  EXPECT_TRUE(formats::JwtPayload::of("x.e30=.y"));
}

TEST(JwtPayload, IsEmptyForWhatIsNone) {
  for (const auto* const text : {"", "a", "a.b", "a.!.c", "a.e3.c", "a.W10.c", "a..c"}) {
    EXPECT_FALSE(formats::JwtPayload::of(text)) << text;
  }
  EXPECT_FALSE(formats::JwtPayload::of(jwt("{\"a\":\"" + std::string(70'000, 'x') + "\"}")));
}

TEST(JwtPayload, TellsNoEndThatACalendarCannotHold) {
  for (const auto* const end : {"0", "-5", "\"1800000000\"", "8640000000001", "1e400"}) {
    const auto payload = formats::JwtPayload::of(jwt(std::string("{\"exp\":") + end + "}"));
    EXPECT_FALSE(payload && payload->expires()) << end;
  }
}

TEST(LoginFileIn, KnowsTheToolsFolders) {
  const vault::testing::TemporaryFolder folder;
  const auto touch = [&](const char* name) {
    std::filesystem::create_directories((folder.path() / name).parent_path());
    std::ofstream(folder.path() / name) << "{}";
  };
  touch(".claude/.credentials.json");
  touch(".gemini/oauth_creds.json");
  touch(".codex/auth.json");
  touch("home/auth.json");
  touch("home/config.toml");
  touch("agent/auth.json");
  EXPECT_EQ(formats::login_file_in(folder.path() / ".claude"), folder.path() / ".claude/.credentials.json");
  EXPECT_EQ(formats::login_file_in(folder.path() / ".gemini"), folder.path() / ".gemini/oauth_creds.json");
  EXPECT_EQ(formats::login_file_in(folder.path() / ".codex"), folder.path() / ".codex/auth.json");
  EXPECT_EQ(formats::login_file_in(folder.path() / "home"), folder.path() / "home/auth.json");
  EXPECT_EQ(formats::login_file_in(folder.path() / "agent"), std::nullopt);
  EXPECT_EQ(formats::login_file_in(folder.path() / "nowhere"), std::nullopt);
  EXPECT_EQ(formats::login_file_in(folder.path() / ".codex/auth.json"), std::nullopt);
}

}  // namespace
