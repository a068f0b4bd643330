// SPDX-License-Identifier: Apache-2.0
// What a program is handed that asks for one secret, and why it is handed none.
#include "vault/selection/token_choice.h"

#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/selection/child_variables.h"
#include "vault/selection/profile_ref.h"

namespace vault::testing {
namespace {

constexpr std::int64_t kMinute = 60'000;

Credential credential(SecretField field, std::string_view text) {
  Credential result;
  result.set(field, SecretString::copy_of(text));
  return result;
}

class Tokens : public ::testing::Test {
 protected:
  TestVault vault_;

  void put(const std::string& id, CredentialKind kind, std::string_view secret, Expiry expiry = {},
           const std::string& provider = "openai") {
    auto sheet = sheet_of(id, provider);
    sheet.kind = kind;
    sheet.expiry = std::move(expiry);
    vault_.write([&](Writing& writing) { writing.put_profile(kMain, sheet, credential(main_field(kind), secret)); });
  }
  Expiry in(std::int64_t ms) const { return Expiry::at({vault_.now().ms + ms}); }

  static std::string told(const TokenAnswer& answer) {
    if (const auto* const token = std::get_if<Token>(&answer))
      return token->id + "=" + std::string(token->value.reveal());
    return std::string(words_for(std::get<NoToken>(answer)));
  }
  std::string by_id(const std::string& id, const TokenQuestion& question = {}) const {
    return vault_.read([&](Reading& reading) { return told(token_of(reading, kMain, id, question, vault_.now())); });
  }
  std::string by_provider(const std::string& provider, const TokenQuestion& question = {},
                          std::optional<ProfileId> pin = {}) const {
    return vault_.read([&](Reading& reading) {
      return told(token_for(reading, reading.view(kMain), ProviderId(provider), question, vault_.now(), pin));
    });
  }
};

TEST_F(Tokens, OfAProfileComeByItsIdAndByItsRef) {
  put("openai:a", CredentialKind::api_key, " sk-test-a \n");
  EXPECT_EQ(by_id("openai:a"), "openai:a=sk-test-a");
  EXPECT_EQ(by_id(profile_ref(ProfileId("openai:a"))), "openai:a=sk-test-a");
  EXPECT_EQ(by_id("openai:b"), words_for(NoToken::unknown));
  EXPECT_EQ(by_id("ref/000000000000"), words_for(NoToken::unknown));
}

TEST_F(Tokens, ThatEndTooSoonAreNotGiven) {
  put("openai:soon", CredentialKind::token, "tok-test", in(kMinute - 1));
  EXPECT_EQ(by_id("openai:soon"), words_for(NoToken::ended));
  TokenQuestion patient;
  patient.min_valid_ms = 1000;
  EXPECT_EQ(by_id("openai:soon", patient), "openai:soon=tok-test");
}

TEST_F(Tokens, OfALoginAreItsAccessTokenWhileThatLives) {
  put("openai:login", CredentialKind::oauth, "at-test", in(2 * kMinute));
  EXPECT_EQ(by_id("openai:login"), "openai:login=at-test");
  vault_.pass(2 * kMinute);
  EXPECT_EQ(by_id("openai:login"), words_for(NoToken::login_ended));
}

TEST_F(Tokens, OfAnotherTypeThanAskedForAreNotGiven) {
  put("openai:a", CredentialKind::token, "tok-test-a");
  put("openai:b", CredentialKind::api_key, "sk-test-b");
  TokenQuestion keys;
  keys.kinds = {CredentialKind::api_key};
  EXPECT_EQ(by_id("openai:a", keys), words_for(NoToken::wrong_kind));
  EXPECT_EQ(by_provider("openai", keys), "openai:b=sk-test-b");
}

TEST_F(Tokens, OfAProviderFollowTheOrderAndThePin) {
  put("openai:a", CredentialKind::api_key, "sk-test-a");
  put("openai:b", CredentialKind::api_key, "sk-test-b");
  vault_.write([&](Writing& writing) {
    writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("openai:b"), ProfileId("openai:a")}, {}});
  });
  EXPECT_EQ(by_provider("openai"), "openai:b=sk-test-b");
  EXPECT_EQ(by_provider("openai", {}, ProfileId("openai:a")), "openai:a=sk-test-a");
}

TEST_F(Tokens, OfAProviderWithoutAProfileAreItsVariable) {
  vault_.write([&](Writing& writing) {
    writing.put_variable(kMain, "OPENAI_API_KEY", SecretString::copy_of("sk-test-variable"));
  });
  EXPECT_EQ(by_provider("openai"), "env/OPENAI_API_KEY=sk-test-variable");
  EXPECT_EQ(by_id("env/OPENAI_API_KEY"), "env/OPENAI_API_KEY=sk-test-variable");
  TokenQuestion tokens;
  tokens.kinds = {CredentialKind::token};
  EXPECT_EQ(by_provider("openai", tokens), words_for(NoToken::wrong_kind));
}

// In a line protocol a second line would be somebody else's answer.
TEST_F(Tokens, OfMoreThanOneLineAreNotGiven) {
  put("openai:a", CredentialKind::api_key, "one\ntwo");
  EXPECT_EQ(by_id("openai:a"), words_for(NoToken::not_one_line));
}

TEST_F(Tokens, OfThoseThatSuitAreGivenAlone) {
  put("openai:a", CredentialKind::api_key, "sk-test-a");
  put("openai:b", CredentialKind::api_key, "sk-test-b");
  TokenQuestion question;
  question.suits = [](const ProfileSheet& sheet) { return sheet.id.text() == "openai:b"; };
  EXPECT_EQ(by_provider("openai", question), "openai:b=sk-test-b");
}

TEST_F(Tokens, ForGitAndDockerAreInNoProgramsEnvironment) {
  put("git:example.org", CredentialKind::token, "tok-test-git", {}, "git:example.org");
  put("docker:example.org", CredentialKind::token, "tok-test-docker", {}, "docker:example.org");
  put("openai:a", CredentialKind::api_key, "sk-test-a");
  const auto names = vault_.read([&](Reading& reading) {
    const auto view = reading.view(kMain);
    std::vector<std::string> all;
    for (const auto& variable : variable_set(view, VariableScope::all, vault_.now())) all.push_back(variable.name);
    return all;
  });
  EXPECT_EQ(names, std::vector<std::string>{"OPENAI_API_KEY"});
}

}  // namespace
}  // namespace vault::testing
