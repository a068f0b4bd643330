// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/config/patch_tree.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "cli/openclaw/unwire/gentle_steps.h"
#include "cli/openclaw/unwire/unwiring_patch.h"
#include "tests/cli/openclaw/config_fields.h"
#include "tests/support/temporary_folder.h"

namespace cli {
namespace {

using cli::testing::field_at;
using cli::testing::fields;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Sorted = nlohmann::json;
using vault::testing::place;
using vault::testing::TemporaryFolder;

UnwiringPatch patch_of(const std::vector<ServedField>& all, std::vector<std::string> providers) {
  UnwiringPatch patch;
  for (const auto& field : all) patch.fields.push_back(&field);
  patch.providers = std::move(providers);
  patch.vault = "/v.db";
  return patch;
}

Sorted parsed(const UnwiringPatch& patch) {
  return Sorted::parse(text_of(tree_of(patch), formats::JsonDocument("{}").root()).text.reveal());
}

Sorted block() {
  return {{"source", "exec"},
          {"command", "/usr/bin/claviger"},
          {"args", {"resolve", "--vault", "/v.db", "--key-file", std::string(200, 'k'), "--agent", "main"}},
          {"passEnv", {"HOME"}},
          {"trustedDirs", {std::string(150, 'd')}}};
}

TEST(UnwiringPatches, HaveEachSecretInItsPlaceAndTakeProvidersAway) {
  const auto all = fields(field_at({"p", "z.ai", "k"}, "sk-\"test\"-1"), field_at({"a", "b"}, "sk-test-2", "bRef"));
  EXPECT_EQ(parsed(patch_of(all, {"claviger", "claviger-config"})),
            (Sorted{{"p", {{"z.ai", {{"k", "sk-\"test\"-1"}}}}},
                    {"a", {{"b", "sk-test-2"}, {"bRef", nullptr}}},
                    {"secrets", {{"providers", {{"claviger", nullptr}, {"claviger-config", nullptr}}}}}}));
}

TEST(UnwiringPatches, UndoTheWiringPatch) {
  const auto all = fields(field_at({"a", "b"}, "sk-test-1"), field_at({"c", "d"}, "sk-test-2", "dRef"));
  const Sorted plain = {{"a", {{"b", "sk-test-1"}}}, {"c", {{"d", "sk-test-2"}, {"e", 1}}}};
  auto config = plain;
  config.merge_patch(Sorted::parse(wiring_patch(views_of(all), {{"claviger-config", {{"source", "exec"}}}}).dump()));
  EXPECT_EQ(config["c"]["dRef"]["provider"], "claviger-config");
  config.merge_patch(parsed(patch_of(all, {"claviger-config"})));
  config.erase("secrets");
  EXPECT_EQ(config, plain);
}

TEST(UnwiringPatches, KnowHowLongTheFileWillBe) {
  const auto all = fields(field_at({"a", "b"}, "sk-test-1"));
  const auto patch = patch_of(all, {"one"});
  auto config =
      Sorted{{"a", {{"b", {{"source", "exec"}}}}}, {"secrets", {{"providers", {{"one", block()}, {"two", 1}}}}}};
  const auto text = config.dump();
  const formats::JsonDocument document(text);
  config.merge_patch(parsed(patch));
  EXPECT_EQ(size_with(document.root(), tree_of(patch)), config.dump(2).size() + 1);
}

class GentleSteps : public ::testing::Test {
 protected:
  UnwiringPatch next(const Sorted& config, const UnwiringPatch& whole) {
    place(file_, config.dump(2));
    return next_step(whole, file_);
  }
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "openclaw.json";
};

TEST_F(GentleSteps, AreOneWhereMoreThanHalfOfTheFileStays) {
  const auto all = fields(field_at({"a", "b"}, "sk-test-1"));
  const Sorted config = {
      {"a", {{"b", 1}}}, {"rest", std::string(2000, 'x')}, {"secrets", {{"providers", {{"one", block()}}}}}};
  const auto step = next(config, patch_of(all, {"one"}));
  EXPECT_EQ(step.fields.size(), 1U);
  EXPECT_THAT(step.providers, ElementsAre("one"));
}

TEST_F(GentleSteps, BeginWithTheFieldsAndGoOnProviderByProvider) {
  const auto all = fields(field_at({"a", "b"}, "sk-test-1"));
  const Sorted config = {{"a", {{"b", 1}}}, {"secrets", {{"providers", {{"one", block()}, {"two", block()}}}}}};
  const auto first = next(config, patch_of(all, {"one", "two"}));
  EXPECT_EQ(first.fields.size(), 1U);
  EXPECT_THAT(first.providers, IsEmpty());
  EXPECT_THAT(next(config, patch_of({}, {"one", "two"})).providers, ElementsAre("one"));
}

TEST_F(GentleSteps, MakeTheLastProviderShorterUntilItMayGo) {
  Sorted config = {{"secrets", {{"providers", {{"one", block()}}}}}};
  const auto whole = patch_of({}, {"one"});
  auto step = next(config, whole);
  EXPECT_EQ(step.without_options, "one");
  config.merge_patch(parsed(step));
  for (int rounds = 0; step.providers.empty() && rounds < 4; ++rounds) {
    step = next(config, whole);
    const auto before = config.dump(2).size();
    config.merge_patch(parsed(step));
    EXPECT_TRUE(before < 512 || 2 * config.dump(2).size() >= before);
  }
  EXPECT_TRUE(config["secrets"]["providers"].empty());
}

// Else OpenClaw would be asked for the same again and again.
TEST_F(GentleSteps, ShortenAProviderThatHasNothingToLoseNoFurther) {
  const auto whole = patch_of({}, {"one"});
  const auto words = Sorted::array({"resolve", "--vault", std::string(600, 'v')});
  const Sorted config = {{"secrets", {{"providers", {{"one", {{"source", "exec"}, {"args", words}}}}}}}};
  auto patch = whole;
  patch.vault = std::string(600, 'v');
  const auto step = next(config, patch);
  EXPECT_EQ(step.without_words, "");
  EXPECT_THAT(step.providers, ElementsAre("one"));
}

}  // namespace
}  // namespace cli
