// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/walk.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/scan/places.h"
#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using vault::testing::place;
using vault::testing::TemporaryFolder;

std::vector<std::string> names_in(const Walked& walked) {
  std::vector<std::string> names;
  for (const auto& file : walked.files) names.push_back(file.path.filename().string());
  return names;
}

TEST(FilesBelow, AreEachFoundOnceWhateverIsNamedTwice) {
  const TemporaryFolder folder;
  ASSERT_TRUE(fs::create_directory(folder / "inner"));
  place(folder / "a", "x");
  place(folder / "inner/b", "x");
  ASSERT_EQ(::symlink(folder.path().c_str(), (folder / "inner/loop").c_str()), 0);
  const auto walked = files_below({folder / "inner", folder.path(), folder / "a", folder / "inner/loop"});
  EXPECT_THAT(names_in(walked), ElementsAre("b", "a"));
  EXPECT_EQ(walked.links, 1U);
}

TEST(FilesBelow, AreNoPipesAndDevices) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_TRUE(files_below({folder.path(), "/dev/null"}).files.empty());
}

TEST(FilesBelow, OfAPlaceThatIsNotThereAreNotFound) {
  EXPECT_EQ(vault::testing::code_of([] { return files_below({"/no/such/place"}).links; }), vault::ErrorCode::not_found);
}

TEST(DefaultPlaces, AreThoseThatAreThere) {
  const TemporaryFolder home;
  ASSERT_TRUE(fs::create_directory(home / ".openclaw-work"));
  ASSERT_TRUE(fs::create_directory(home / ".openclaw"));
  place(home / ".bash_history", "x");
  ASSERT_EQ(::symlink((home / ".openclaw").c_str(), (home / ".codex").c_str()), 0);  // already among them
  const auto places = default_places(Environment::containing({{"HOME", home.path().string()}}));
  for (const char* name : {".openclaw", ".openclaw-work", ".bash_history"}) {
    EXPECT_EQ(std::ranges::count(places, fs::canonical(home / name)), 1) << name;
  }
  EXPECT_EQ(std::ranges::count(places, home / ".codex"), 0);
}

TEST(DefaultPlaces, NeedAHome) {
  const auto ask = [] { return default_places(Environment::containing({})).size(); };
  EXPECT_EQ(vault::testing::code_of(ask), vault::ErrorCode::usage);
}

}  // namespace
}  // namespace cli
