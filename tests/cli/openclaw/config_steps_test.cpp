// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/config_steps.h"

#include <gmock/gmock.h>

#include "tests/cli/openclaw/config_fields.h"
#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"

namespace cli {
namespace {

using cli::testing::field_at;
using cli::testing::fields;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using vault::testing::place;
using vault::testing::TemporaryFolder;

const formats::ConfigSegments kGateway = {"gateway", "auth", "token"};
const formats::ConfigSegments kBot = {"channels", "slack", "botToken"};

class ConfigSteps : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  std::filesystem::path config_ = folder_ / "openclaw.json";
};

TEST_F(ConfigSteps, TellWhatStandsAsPlannedFromWhatWasChangedMeanwhile) {
  place(config_, R"({"gateway":{"auth":{"token":"test-1 "}},"channels":{"slack":{"botToken":"test-newer"}}})");
  const auto all = fields(field_at(kGateway, "test-1"), field_at(kBot, "test-2"));
  const auto now = compare_fields(config_, views_of(all));
  ASSERT_EQ(now.as_planned.size(), 1U);
  EXPECT_EQ(now.as_planned.front()->segments, kGateway);
  EXPECT_EQ(now.as_planned.front()->secret.reveal(), "test-1");
  EXPECT_THAT(now.changed, ElementsAre("channels.slack.botToken"));
}

TEST_F(ConfigSteps, CountAFieldThatIsGoneOrNoTextAnyMoreAsChanged) {
  place(config_, R"({"gateway":{"auth":{"token":["test-1"]}}})");
  const auto all = fields(field_at(kGateway, "test-1"), field_at(kBot, "test-2"));
  const auto now = compare_fields(config_, views_of(all));
  EXPECT_THAT(now.as_planned, IsEmpty());
  EXPECT_EQ(now.changed.size(), 2U);
}

TEST_F(ConfigSteps, FindAReferenceThatOpenclawMovedWhileWriting) {
  const auto field = field_at(kBot, "test-2");
  place(config_, R"({"channels":{"slack":{"accounts":{"default":{"botToken":)"
                 R"({"source":"exec","provider":"claviger-config","id":"config/channels.slack.botToken"}}}}}})");
  EXPECT_TRUE(holds_reference(config_, field.ref));
  EXPECT_FALSE(holds_reference(config_, field_at(kGateway, "test-1").ref));
}

TEST_F(ConfigSteps, NameWhatTheCopyHoldsInANewerVersion) {
  place(config_.string() + ".bak",
        R"({"gateway":{"auth":{"token":"test-1"}},"channels":{"slack":{"botToken":"newer"}}})");
  const auto all = fields(field_at(kGateway, "test-1"), field_at(kBot, "test-2"));
  EXPECT_THAT(overwritten_since(config_, views_of(all)), ElementsAre("channels.slack.botToken"));
}

TEST_F(ConfigSteps, FindNothingWrittenOverWithoutACopy) {
  EXPECT_THAT(overwritten_since(config_, views_of(fields(field_at(kBot, "test-2")))), IsEmpty());
}

TEST_F(ConfigSteps, FindNothingWrittenOverWhereTheCopyHasAReference) {
  place(config_.string() + ".bak", R"({"gateway":{"auth":{"token":{"source":"env","provider":"default","id":"G"}}}})");
  EXPECT_THAT(overwritten_since(config_, views_of(fields(field_at(kGateway, "test-1")))), IsEmpty());
}

TEST_F(ConfigSteps, RefuseAFileThatDoesNotParse) {
  place(config_, "{");
  EXPECT_EQ(
      vault::testing::code_of([&] { return compare_fields(config_, views_of(fields(field_at(kBot, "test-2")))); }),
      vault::ErrorCode::bad_input);
}

}  // namespace
}  // namespace cli
