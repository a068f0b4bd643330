// SPDX-License-Identifier: Apache-2.0
#include "cli/describe/completion.h"

#include <gmock/gmock.h>

#include "cli/describe/completion_scripts.h"
#include "tests/cli/describe/small_table.h"

namespace cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using Words = std::vector<std::string>;

Words offered(const Words& typed) {
  Words words;
  for (const auto& candidate : complete(kSmallTable, typed).candidates) words.push_back(candidate.word);
  return words;
}

Offered offer(const Words& typed) { return complete(kSmallTable, typed).offer; }

TEST(Completion, OffersTheCommandsThatHelpLists) {
  EXPECT_THAT(offered({""}), ElementsAre("paint", "launch", "key", "help"));
  EXPECT_THAT(offered({"pa"}), ElementsAre("paint"));
  EXPECT_THAT(offered({"key", ""}), ElementsAre("add", "token"));
  EXPECT_THAT(offered({"key", "token", "c"}), ElementsAre("create"));
}

TEST(Completion, OffersGlobalOptionsBeforeTheCommandAndLooksBehindThem) {
  EXPECT_THAT(offered({"--va"}), ElementsAre("--vault"));
  EXPECT_EQ(offer({"--vault", ""}), Offered::files);
  EXPECT_THAT(offered({"--vault", "x", "--json", "pa"}), ElementsAre("paint"));
  EXPECT_THAT(offered({"--ver"}), ElementsAre("--version"));
}

TEST(Completion, OffersEveryOptionOnceAndThoseThatRepeatAgain) {
  EXPECT_THAT(offered({"paint", "--co"}), ElementsAre("--colour"));
  EXPECT_THAT(offered({"paint", "--colour", "red", "--co"}), IsEmpty());
  EXPECT_THAT(offered({"paint", "--only", "x", "--on"}), ElementsAre("--only"));
  EXPECT_THAT(offered({"paint", "-"}), Contains("--no-input"));
}

TEST(Completion, OffersTheChoicesOfAnOptionInBothForms) {
  EXPECT_THAT(offered({"paint", "--colour", "r"}), ElementsAre("red", "rose"));
  EXPECT_THAT(offered({"paint", "--colour=r"}), ElementsAre("--colour=red", "--colour=rose"));
}

TEST(Completion, OffersTheChoicesOfAnArgumentAtItsPlaceOnly) {
  EXPECT_THAT(offered({"paint", ""}), ElementsAre("wall", "door"));
  EXPECT_THAT(offered({"paint", "--colour", "red", "d"}), ElementsAre("door"));
  EXPECT_EQ(offer({"paint", "wall", ""}), Offered::files);
  EXPECT_EQ(offer({"paint", "wall", "one", "two", ""}), Offered::files);
}

TEST(Completion, LeavesPathsAndProgramsToTheShell) {
  EXPECT_EQ(offer({"paint", "--output", ""}), Offered::files);
  EXPECT_EQ(offer({"paint", "--output=x"}), Offered::files);
  EXPECT_EQ(offer({"paint", "--in", ""}), Offered::folders);
  EXPECT_EQ(offer({"launch", "--", ""}), Offered::programs);
  EXPECT_EQ(offer({"launch", "--", "make", ""}), Offered::files);
  EXPECT_THAT(offered({"launch", ""}), Contains("--"));
}

TEST(Completion, OffersProvidersAlsoBehindAComma) {
  EXPECT_THAT(offered({"paint", "--provider", "anthropic"}), Contains("anthropic"));
  EXPECT_THAT(offered({"paint", "--only", "openai,anthropi"}), Contains("openai,anthropic"));
  EXPECT_THAT(offered({"paint", "--only=openai,anthropi"}), Contains("--only=openai,anthropic"));
}

TEST(Completion, OffersNothingForWhatOnlyTheVaultKnowsOrNobody) {
  EXPECT_THAT(offered({"paint", "--label", ""}), IsEmpty());
  EXPECT_THAT(offered({"no-such-command", ""}), IsEmpty());
  EXPECT_THAT(offered({"paint", "--dry-run=x"}), IsEmpty());
  EXPECT_THAT(offered({}), IsEmpty());
}

TEST(Completion, OffersCommandsAndTopicsBehindHelp) {
  EXPECT_THAT(offered({"help", ""}), Contains("unlocking"));
  EXPECT_THAT(offered({"help", "pa"}), ElementsAre("paint"));
  EXPECT_THAT(offered({"help", "key", ""}), ElementsAre("add", "token"));
  EXPECT_THAT(offered({"help", ""}), Not(Contains("secretly")));
}

TEST(CompletionScripts, AreThereForEveryShellThatIsNamed) {
  EXPECT_THAT(completion_shells(), ElementsAre("bash", "zsh", "fish"));
  for (const auto& shell : completion_shells()) EXPECT_TRUE(completion_script(shell).ends_with("\n")) << shell;
  EXPECT_TRUE(completion_script("csh").empty());
}

}  // namespace
}  // namespace cli
