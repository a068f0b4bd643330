// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/provider_variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "vault/base/ids.h"
#include "vault/model/variable.h"
#include "vault/policy/variable_table.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr CredentialKind kKinds[] = {CredentialKind::api_key, CredentialKind::token, CredentialKind::oauth};

TEST(VariablesOf, ListsThemInTheOrderOpenClawTriesThem) {
  EXPECT_THAT(variables_of("anthropic"), ElementsAre("ANTHROPIC_OAUTH_TOKEN", "ANTHROPIC_API_KEY"));
  EXPECT_THAT(variables_of("openai"), ElementsAre("CODEX_API_KEY", "OPENAI_API_KEY"));
  EXPECT_THAT(variables_of("google"), ElementsAre("GEMINI_API_KEY", "GOOGLE_API_KEY"));
  EXPECT_THAT(variables_of("minimax"),
              ElementsAre("MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_API_KEY"));
  EXPECT_THAT(variables_of("github-copilot"), ElementsAre("COPILOT_GITHUB_TOKEN"));
  EXPECT_THAT(variables_of("kimi"), ElementsAre("KIMI_API_KEY", "KIMICODE_API_KEY", "MOONSHOT_API_KEY"));
}

TEST(VariablesOf, CountsPluginsThatAreNotBundled) {
  EXPECT_THAT(variables_of("groq"), ElementsAre("GROQ_API_KEY"));
  EXPECT_THAT(variables_of("zai"), ElementsAre("ZAI_API_KEY", "Z_AI_API_KEY"));
}

TEST(VariablesOf, RemembersProvidersThatTheNewestVersionHasDropped) {
  EXPECT_THAT(variables_of("brave"), ElementsAre("BRAVE_API_KEY"));
  EXPECT_THAT(variables_of("perplexity"), ElementsAre("PERPLEXITY_API_KEY", "OPENROUTER_API_KEY"));
  EXPECT_THAT(variables_of("qwen-portal"), ElementsAre("QWEN_OAUTH_TOKEN", "QWEN_PORTAL_API_KEY"));
}

TEST(VariablesOf, LeavesOutNamesThatHoldNoSecret) {
  EXPECT_THAT(variables_of("azure"), ElementsAre("AZURE_SPEECH_KEY", "AZURE_SPEECH_API_KEY", "SPEECH_KEY"));
  EXPECT_EQ(provider_of_variable("SPEECH_REGION"), std::nullopt);
  EXPECT_EQ(provider_of_variable("VOLCENGINE_TTS_APPID"), std::nullopt);
}

TEST(VariablesOf, IsEmptyForAProviderItDoesNotKnow) {
  EXPECT_THAT(variables_of("nobody"), IsEmpty());
  EXPECT_THAT(variables_of(""), IsEmpty());
  EXPECT_THAT(variables_of("OpenAI"), IsEmpty());
}

TEST(PrimaryVariable, DependsOnTheKindWhereLoginsHaveANameOfTheirOwn) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_OAUTH_TOKEN"},
      {"claude-cli", "ANTHROPIC_API_KEY", "ANTHROPIC_OAUTH_TOKEN"},
      {"chutes", "CHUTES_API_KEY", "CHUTES_OAUTH_TOKEN"},
      {"minimax-portal", "MINIMAX_API_KEY", "MINIMAX_OAUTH_TOKEN"},
      {"qwen-portal", "QWEN_PORTAL_API_KEY", "QWEN_OAUTH_TOKEN"},
      {"openai", "OPENAI_API_KEY", "OPENAI_API_KEY"},
      {"google", "GEMINI_API_KEY", "GEMINI_API_KEY"},
      {"minimax", "MINIMAX_API_KEY", "MINIMAX_API_KEY"},
      {"github-copilot", "COPILOT_GITHUB_TOKEN", "COPILOT_GITHUB_TOKEN"},
  };
  for (const auto& [provider, key, login] : cases) {
    EXPECT_EQ(primary_variable(provider, CredentialKind::api_key), key);
    EXPECT_EQ(primary_variable(provider, CredentialKind::token), login);
    EXPECT_EQ(primary_variable(provider, CredentialKind::oauth), login);
  }
}

TEST(PrimaryVariable, IsMadeFromTheNameOfAProviderWithoutVariables) {
  for (const auto kind : kKinds) {
    EXPECT_EQ(primary_variable("my-proxy.v2", kind), "MY_PROXY_V2_API_KEY");
    EXPECT_EQ(primary_variable("caf\xC3\xA9", kind), "CAF___API_KEY");
  }
}

TEST(ProviderOfVariable, IsOneProviderEvenForASharedVariable) {
  const std::pair<const char*, const char*> cases[] = {
      {"OPENAI_API_KEY", "openai"},
      {"CODEX_API_KEY", "openai"},
      {"ANTHROPIC_API_KEY", "anthropic"},
      {"ANTHROPIC_OAUTH_TOKEN", "anthropic"},
      {"GEMINI_API_KEY", "google"},
      {"GOOGLE_API_KEY", "google"},
      {"GOOGLE_CLOUD_API_KEY", "google-vertex"},
      {"MINIMAX_API_KEY", "minimax"},
      {"MINIMAX_CODE_PLAN_KEY", "minimax"},
      {"MINIMAX_OAUTH_TOKEN", "minimax-portal"},
      {"KIMI_API_KEY", "kimi"},
      {"MOONSHOT_API_KEY", "moonshot"},
      {"OPENROUTER_API_KEY", "openrouter"},
      {"PERPLEXITY_API_KEY", "perplexity"},
      {"QWEN_API_KEY", "qwen"},
      {"DASHSCOPE_API_KEY", "qwen-dashscope"},
      {"MODELSTUDIO_API_KEY", "alibaba"},
      {"OLLAMA_API_KEY", "ollama"},
      {"OPENCODE_API_KEY", "opencode"},
      {"STEPFUN_API_KEY", "stepfun"},
      {"BYTEPLUS_API_KEY", "byteplus"},
      {"VOLCANO_ENGINE_API_KEY", "volcengine"},
      {"XAI_API_KEY", "xai"},
      {"AZURE_SPEECH_KEY", "azure-speech"},
      {"CHUTES_OAUTH_TOKEN", "chutes"},
      {"HF_TOKEN", "huggingface"},
      {"AZURE_OPENAI_API_KEY", "microsoft-foundry"},
  };
  for (const auto& [name, provider] : cases) EXPECT_EQ(provider_of_variable(name), provider) << name;
}

TEST(ProviderOfVariable, IsEmptyForAnyOtherName) {
  for (const auto* name : {"", "PATH", "openai_api_key", "OPENAI_API_KEY ", "OPENAI_API_KEYS", "GITHUB_TOKEN"}) {
    EXPECT_EQ(provider_of_variable(name), std::nullopt) << name;
  }
}

TEST(VariableTable, NamesEachProviderOnceByItsKey) {
  std::set<std::string_view> seen;
  for (const auto& row : kVariableTable) {
    EXPECT_TRUE(seen.insert(row.provider).second) << row.provider;
    EXPECT_EQ(ProviderId(std::string(row.provider)).key(), row.provider);
  }
  EXPECT_EQ(seen.size(), 93U);
}

TEST(VariableTable, LeadsFromEachVariableToAProviderThatReadsIt) {
  for (const auto& row : kVariableTable) {
    const auto names = variables_of(row.provider);
    ASSERT_FALSE(names.empty()) << row.provider;
    ASSERT_LT(row.key_at, names.size()) << row.provider;
    for (const auto name : names) {
      EXPECT_TRUE(is_shell_variable_name(name)) << name;
      const auto home = provider_of_variable(name);
      ASSERT_TRUE(home.has_value()) << name;
      EXPECT_THAT(variables_of(*home), ::testing::Contains(name));
    }
  }
}

TEST(VariableTable, NeverWritesAKeyUnderTheNameOfALogin) {
  for (const auto& row : kVariableTable) {
    EXPECT_FALSE(primary_variable(row.provider, CredentialKind::api_key).ends_with("_OAUTH_TOKEN")) << row.provider;
    for (const auto kind : kKinds) {
      EXPECT_THAT(variables_of(row.provider), ::testing::Contains(primary_variable(row.provider, kind)));
    }
  }
}

}  // namespace
}  // namespace vault::testing
