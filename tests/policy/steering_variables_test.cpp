// SPDX-License-Identifier: Apache-2.0
#include "vault/policy/steering_variables.h"

#include <gtest/gtest.h>

namespace {

// S2
TEST(SteeringVariables, AreThoseThatMakeProgramsRunOtherCode) {
  for (const auto* const name : {"LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "PATH", "NODE_OPTIONS", "BASH_ENV", "ENV",
                                 "PYTHONPATH", "PYTHONSTARTUP", "PERL5LIB", "PERL5OPT", "GIT_SSH_COMMAND",
                                 "GIT_CONFIG_COUNT", "IFS", "npm_config_script_shell"}) {
    EXPECT_TRUE(vault::steers_programs(name)) << name;
  }
}

TEST(SteeringVariables, AreNeverCredentialsOrSettingsOfOnesOwn) {
  for (const auto* const name : {"OPENAI_API_KEY", "ANTHROPIC_OAUTH_TOKEN", "NPM_TOKEN", "GITHUB_TOKEN", "PATHS",
                                 "MY_PATH", "CARGO_REGISTRY_TOKEN", "path", "ENVIRONMENT", "DATABASE_URL", ""}) {
    EXPECT_FALSE(vault::steers_programs(name)) << name;
  }
}

}  // namespace
