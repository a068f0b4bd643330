// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "vault/policy/rules.h"

namespace vault::testing {
namespace {

std::string looked_up(const char* provider) { return lookup_provider(ProviderId(provider)); }

TEST(LookupProvider, FollowsTheAliasesOfTheBundledPlugins) {
  EXPECT_EQ(looked_up("claude-cli"), "anthropic");
  for (const auto* alias :
       {"minimax-cn", "minimax-api", "minimax-cloud", "minimax-api-lightning", "minimax-api-key-cn"}) {
    EXPECT_EQ(looked_up(alias), "minimax") << alias;
  }
  EXPECT_EQ(looked_up("minimax-portal-cn"), "minimax-portal");
  EXPECT_EQ(looked_up("x-ai"), "xai");
}

TEST(LookupProvider, TrimsAndLowersBeforeItLooks) {
  EXPECT_EQ(looked_up("  Claude-CLI\t"), "anthropic");
  EXPECT_EQ(looked_up(" OpenAI "), "openai");
}

TEST(LookupProvider, LeavesOlderAliasesAlone) {
  for (const auto* name : {"z.ai", "z-ai", "opencode-zen", "qwen", "kimi-code", "modelstudio", "bedrock", "codex-cli",
                           "byteplus-plan", "volcengine-plan", "minimax-portal", "minimax"}) {
    EXPECT_EQ(looked_up(name), name);
  }
}

}  // namespace
}  // namespace vault::testing
