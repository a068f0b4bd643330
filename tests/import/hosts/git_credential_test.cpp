// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/git_credential.h"

#include <gtest/gtest.h>

namespace formats {
namespace {

using Strings = std::vector<std::string>;

TEST(GitRequest, TakesWhatItKnowsAndPassesOverTheRest) {
  const auto request = read_git_request(
      "capability[]=authtype\nprotocol=https\nnonsense\nhost=GitHub.com:8443\npath=a/"
      "b.git\nusername=me\nwwwauth[]=x\n");
  EXPECT_EQ(request, (GitRequest{"https", "github.com:8443", "a/b.git", "me"}));
}

TEST(GitRequest, EndsAtABlankLine) {
  EXPECT_EQ(read_git_request("protocol=https\n\nhost=example.org\n").host, "");
  EXPECT_EQ(read_git_request("protocol=https\r\nhost=example.org\r\n\r\nhost=x\r\n").host, "example.org");
  EXPECT_TRUE(is_whole_git_request("protocol=https\n\n"));
  EXPECT_TRUE(is_whole_git_request("\n"));
  EXPECT_FALSE(is_whole_git_request("protocol=https\n"));
}

TEST(GitRequest, CountsTheLastOfTwoAndTellsAnEmptyUserNameFromNone) {
  EXPECT_EQ(read_git_request("host=a\nhost=b").host, "b");
  EXPECT_FALSE(read_git_request("host=a").username);
  EXPECT_EQ(read_git_request("username=").username, "");
}

TEST(GitProviders, ComeLongestFirst) {
  EXPECT_EQ(
      git_providers({"https", "github.com", "org/repo.git", {}}),
      (Strings{"git:github.com/org/repo.git", "git:github.com/org/repo", "git:github.com/org", "git:github.com"}));
  EXPECT_EQ(git_providers({"https", "github.com", "", {}}), Strings{"git:github.com"});
}

// A secret is not sent where anybody on the way reads it.
TEST(GitProviders, AreNoneWithoutHttpsOrAHost) {
  EXPECT_TRUE(git_providers({"http", "github.com", "", {}}).empty());
  EXPECT_TRUE(git_providers({"ssh", "github.com", "", {}}).empty());
  EXPECT_TRUE(git_providers({"https", "", "a/b", {}}).empty());
}

TEST(GitProviders, AreBoundedForAPathThatIsAllSlashes) {
  std::string path;
  for (int i = 0; i < 100'000; ++i) path += "a/";
  EXPECT_LE(git_providers({"https", "h", path, {}}).size(), 66u);
}

std::string written(const GitAnswer& answer) {
  std::string text;
  const bool fits = write_git_answer(answer, [&](std::string_view part) { text += part; });
  EXPECT_EQ(fits, !text.empty());
  return text;
}

TEST(GitAnswer, NamesTheEndInSeconds) {
  EXPECT_EQ(written({"me", "secret", {}}), "username=me\npassword=secret\n");
  EXPECT_EQ(written({"me", "s", vault::Timestamp{1'700'000'000'999}}),
            "username=me\npassword=s\npassword_expiry_utc=1700000000\n");
}

// A second line would be another attribute: host=evil.example, say.
TEST(GitAnswer, IsNotWrittenForAValueThatTheProtocolCannotCarry) {
  EXPECT_EQ(written({"me", "a\nhost=evil.example", {}}), "");
  EXPECT_EQ(written({"me\nx=y", "a", {}}), "");
  EXPECT_EQ(written({"me", std::string_view("a\0b", 3), {}}), "");
}

}  // namespace
}  // namespace formats
