// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/arguments/did_you_mean.h"
#include "tests/support/throws.h"

namespace {

using cli::Command;
using cli::testing::error_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::unique_ptr<cli::Action> nothing() { return nullptr; }

constexpr Command kTable[] = {
    {"list", "list", nothing},
    {"get", "get", nothing},
    {"order get", "get the order", nothing},
    {"order set", "set the order", nothing},
    {"agent token create", "make a token", nothing},
    {"models auth order get", "as in OpenClaw", nothing, cli::Group::other, 0, true},
    {"help", "help", nullptr},
};

cli::Selection select(std::vector<std::string> words) { return cli::select_command(kTable, words); }

std::string_view name_of(const cli::Selection& selection) {
  return selection.command == nullptr ? "none" : selection.command->name;
}

TEST(SelectCommand, TakesTheLongestName) {
  EXPECT_EQ(name_of(select({"order", "get", "list"})), "order get");
  EXPECT_EQ(name_of(select({"get", "list"})), "get");
  EXPECT_EQ(name_of(select({"models", "auth", "order", "get"})), "models auth order get");
}

TEST(SelectCommand, LeavesEverythingElseToTheCommand) {
  const auto selection = select({"--json", "order", "--vault", "get", "get", "--provider", "order", "--", "get"});
  EXPECT_EQ(name_of(selection), "order get");
  EXPECT_THAT(selection.arguments, ElementsAre("--json", "--vault", "get", "--provider", "order", "--", "get"));
}

TEST(SelectCommand, SkipsGlobalFlagsAndTheirValues) {
  EXPECT_EQ(name_of(select({"--vault", "list", "get"})), "get");
  EXPECT_EQ(name_of(select({"--vault=list", "get"})), "get");
  EXPECT_EQ(name_of(select({"--quiet", "agent", "--agent", "ops", "token", "create"})), "agent token create");
}

TEST(SelectCommand, FindsNoneWhereNoWordIs) {
  EXPECT_EQ(select({}).command, nullptr);
  const auto selection = select({"--version", "--json"});
  EXPECT_EQ(selection.command, nullptr);
  EXPECT_THAT(selection.group, IsEmpty());
  EXPECT_THAT(selection.arguments, ElementsAre("--version", "--json"));
}

TEST(SelectCommand, TellsAGroupsNameFromACommand) {
  EXPECT_EQ(select({"order"}).group, "order");
  EXPECT_EQ(select({"agent", "token", "--help"}).group, "agent token");
  EXPECT_THAT(select({"agent", "token", "--help"}).arguments, ElementsAre("--help"));
}

TEST(SelectCommand, SuggestsTheCommandThatWasMeant) {
  const auto error = error_of([] { select({"lsit", "--json"}); });
  EXPECT_EQ(error.code(), vault::ErrorCode::usage);
  EXPECT_STREQ(error.what(), "unknown command 'lsit'");
  EXPECT_EQ(error.hint().words(), "did you mean `claviger list`?");
  EXPECT_EQ(error_of([] { select({"order", "gte", "x"}); }).hint().words(), "did you mean `claviger order get`?");
}

TEST(SelectCommand, NeverSuggestsAHiddenCommand) {
  EXPECT_THAT(error_of([] { select({"modles"}); }).hint().words(), Not(HasSubstr("models")));
}

TEST(SelectCommand, DoesNotRepeatWhatMayBeASecret) {
  const auto error = error_of([] { select({"sk-ant-test-canary-0123456789"}); });
  EXPECT_STREQ(error.what(), "unknown command");
}

TEST(SelectCommand, AsksWhetherAMisspeltGlobalOptionWasMeant) {
  EXPECT_EQ(error_of([] { select({"--verison"}); }).hint().words(), "did you mean --version?");
}

TEST(SelectCommand, TakesShortFormsAndTheirValuesBeforeTheCommand) {
  const auto selection = select({"-a", "ops", "-j", "list", "-q"});
  ASSERT_NE(selection.command, nullptr);
  EXPECT_EQ(selection.command->name, "list");
  EXPECT_THAT(selection.arguments, ElementsAre("-a", "ops", "-j", "-q"));
}

TEST(SelectCommand, RefusesAnotherOptionBeforeTheCommand) {
  const auto error = error_of([] { select({"--provider", "anthropic", "list"}); });
  EXPECT_STREQ(error.what(), "unknown option --provider");
}

TEST(FindCommand, WantsTheExactName) {
  EXPECT_EQ(cli::find_command(kTable, "order get")->name, "order get");
  EXPECT_EQ(cli::find_command(kTable, "order"), nullptr);
  EXPECT_EQ(cli::find_command(kTable, ""), nullptr);
}

TEST(EditDistance, CountsASwapOnce) {
  EXPECT_EQ(cli::edit_distance("lsit", "list"), 1U);
  EXPECT_EQ(cli::edit_distance("", "abc"), 3U);
  EXPECT_EQ(cli::edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(cli::edit_distance("same", "same"), 0U);
}

TEST(Nearest, StaysSilentWhenNothingIsNear) {
  const std::vector<std::string> known = {"list", "get", "status"};
  EXPECT_EQ(cli::nearest("xyzzy", known), std::nullopt);
  EXPECT_EQ(cli::nearest("", known), std::nullopt);
  EXPECT_EQ(cli::nearest("sta", known), "status");
}

}  // namespace
