// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/config_file.h"

#include <gtest/gtest.h>

#include "cli/openclaw/provider_block.h"
#include "cli/process/environment.h"
#include "tests/support/temporary_folder.h"

namespace cli {
namespace {

using vault::testing::place;

class ConfigFile : public ::testing::Test {
 protected:
  void write(const std::string& text) { place(path_, text); }
  vault::testing::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "openclaw.json";
};

TEST_F(ConfigFile, LiesWhereOpenclawIsToldToLook) {
  EXPECT_EQ(openclaw_config(Environment::containing({}), folder_.path()), path_);
  EXPECT_EQ(openclaw_config(Environment::containing({{"OPENCLAW_CONFIG_PATH", "/x/y.json"}}), folder_.path()),
            "/x/y.json");
}

// R9: an openclaw that says done is not believed.
TEST_F(ConfigFile, NamesAProviderOnlyWhenItStandsThere) {
  EXPECT_FALSE(names_providers(path_, {"claviger"}));
  write(R"({secrets:{providers:{claviger:{source:"exec"},env1:{source:"env"}}}})");
  EXPECT_TRUE(names_providers(path_, {"claviger"}));
  EXPECT_FALSE(names_providers(path_, {"claviger", "claviger-work"}));
  EXPECT_FALSE(names_providers(path_, {"env1"}));
  write(R"({"$include":"./more.json"})");
  EXPECT_TRUE(names_providers(path_, {"claviger"}));
  write("{");
  EXPECT_FALSE(names_providers(path_, {"claviger"}));
}

// O14
TEST_F(ConfigFile, LosesCommentsWhenItIsMoreThanJson) {
  write("{\"a\":1}");
  EXPECT_FALSE(loses_comments(path_));
  write("{a:1 /* mine */}");
  EXPECT_TRUE(loses_comments(path_));
  write("{");
  EXPECT_FALSE(loses_comments(path_));
}

// O9
TEST_F(ConfigFile, TellsWhatWasChosenInABlockForThisVault) {
  write(R"({"secrets":{"providers":{"claviger":{"source":"exec","command":"/x/claviger","timeoutMs":15000,)"
        R"("args":["resolve","--vault","/v.db","--token-file","/t","--agent","main","--timeout-ms","14000"]}}}})");
  const auto block = wired_block(path_, "claviger", "/v.db");
  ASSERT_TRUE(block);
  EXPECT_EQ(block->unlocking, (std::vector<std::string>{"--token-file", "/t"}));
  EXPECT_EQ(block->timeout_ms, 15000);
  EXPECT_EQ(block->answer_ms, 14000);
  EXPECT_FALSE(wired_block(path_, "claviger", "/other.db"));
  EXPECT_FALSE(wired_block(path_, "claviger-work", "/v.db"));
}

TEST_F(ConfigFile, TellsNothingOfABlockThatIsNotOurs) {
  write(R"({"secrets":{"providers":{"claviger":{"source":"exec","args":"resolve"},"b":{"args":[{"resolve":1}]}}}})");
  EXPECT_FALSE(wired_block(path_, "claviger", "/v.db"));
  EXPECT_FALSE(wired_block(path_, "b", "/v.db"));
}

}  // namespace
}  // namespace cli
