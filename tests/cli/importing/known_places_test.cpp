// SPDX-License-Identifier: Apache-2.0
#include "cli/importing/known_places.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace {

using cli::Environment;
using cli::find_known_places;
using cli::SourceKind;
using testing::ElementsAre;
using testing::IsEmpty;

namespace fs = std::filesystem;

class KnownPlaces : public testing::Test {
 protected:
  fs::path make(const fs::path& below, const std::string& content = "{}") const {
    const auto path = home() / below;
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    std::ofstream(path) << content;
    return path;
  }
  fs::path home() const { return folder_.path(); }
  std::vector<fs::path> paths(std::map<std::string, std::string> more = {},
                              const std::set<SourceKind>& kinds = cli::every_source_kind()) const {
    more.emplace("HOME", home().string());
    std::vector<fs::path> found;
    for (const auto& place : find_known_places(Environment::containing(more), home() / "work", kinds)) {
      found.push_back(place.path.lexically_relative(home()));
    }
    return found;
  }

  vault::testing::TemporaryFolder folder_;
};

TEST_F(KnownPlaces, FindsNothingInAnEmptyHome) { EXPECT_THAT(paths(), IsEmpty()); }

TEST_F(KnownPlaces, ListsKindsInTheOrderInWhichTheyAreOffered) {
  make(".gemini/oauth_creds.json");
  make(".codex/auth.json");
  make(".claude/.credentials.json");
  make("work/.env");
  make(".openclaw/openclaw.json");
  EXPECT_THAT(paths(), ElementsAre(".openclaw", "work/.env", ".claude/.credentials.json", ".codex/auth.json",
                                   ".gemini/oauth_creds.json"));
}

TEST_F(KnownPlaces, TakesAFolderOfProfilesNameOnlyWhereOpenclawWould) {
  make(".openclaw-work/openclaw.json");
  make(".openclaw--odd/openclaw.json");
  make(".openclaw-a b/openclaw.json");
  make(".openclaw-" + std::string(65, 'x') + "/openclaw.json");
  EXPECT_THAT(paths(), ElementsAre(".openclaw-work"));
}

TEST_F(KnownPlaces, PassesOverAFolderThatHoldsNothingOfOpenclaw) {
  make(".openclaw/notes.txt");
  EXPECT_THAT(paths(), IsEmpty());
}

TEST_F(KnownPlaces, NamesTheStateDirectoryThatTheEnvironmentNamesFirstAndOnce) {
  make(".openclaw/openclaw.json");
  make("elsewhere/openclaw.json");
  EXPECT_THAT(paths({{"OPENCLAW_STATE_DIR", (home() / "elsewhere").string()}}), ElementsAre("elsewhere", ".openclaw"));
  EXPECT_THAT(paths({{"OPENCLAW_STATE_DIR", (home() / "x/../.openclaw").string()}}), ElementsAre(".openclaw"));
}

TEST_F(KnownPlaces, CountsTheVariablesFileAsPartOfTheStateDirectory) {
  make(".openclaw/openclaw.json");
  make(".openclaw/.env", "A=b");
  EXPECT_THAT(paths(), ElementsAre(".openclaw"));
  EXPECT_THAT(paths({}, {SourceKind::dotenv}), ElementsAre(".openclaw/.env"));
}

TEST_F(KnownPlaces, FindsTheEnvironmentOnlyWhereAProvidersVariableIsSet) {
  const auto found = [](const std::map<std::string, std::string>& variables) {
    return find_known_places(Environment::containing(variables), {}).size();
  };
  EXPECT_EQ(found({{"PATH", "/bin"}, {"OPENAI_API_KEY", "  "}}), 0U);
  EXPECT_EQ(found({{"OPENAI_API_KEY", "sk-test"}}), 1U);
}

TEST_F(KnownPlaces, NamesAPlaceThatCannotBeReachedInsteadOfPassingItOver) {
  std::error_code failure;
  fs::create_directories(home() / ".codex", failure);
  fs::create_symlink("auth.json", home() / ".codex/auth.json", failure);  // a link to itself
  const auto places = find_known_places(Environment::containing({{"HOME", home().string()}}), {});
  ASSERT_EQ(places.size(), 1U);
  ASSERT_TRUE(places[0].trouble);
  EXPECT_EQ(places[0].trouble->code(), vault::ErrorCode::bad_input);
}

}  // namespace
