// SPDX-License-Identifier: Apache-2.0
// auth-state.json over auth-profiles.json, and the corners of order, lastGood and usageStats.
#include <gmock/gmock.h>

#include "tests/import/openclaw/support.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids(const vault::ProviderOrder& order) {
  std::vector<std::string> texts;
  for (const auto& id : order.ids.value()) texts.push_back(id.text());
  return texts;
}

vault::AgentBatch overlaid(std::string_view base, std::string_view state) {
  auto batch = read(base);
  overlay_auth_state(batch, state);
  return batch;
}

TEST(AuthState, WinsByProviderAndByProfile) {
  const auto batch = overlaid(
      R"({"profiles":{},"order":{"a":["a:1"],"b":["b:1"]},"lastGood":{"a":"a:1","b":"b:1"},
          "usageStats":{"a:1":{"lastUsed":1,"errorCount":1},"b:1":{"lastUsed":2}}})",
      R"({"version":1,"order":{"A":["a:2"],"c":["c:1"]},"lastGood":{"A":"a:2"},"usageStats":{"a:1":{"lastUsed":9}}})");
  ASSERT_EQ(batch.orders.size(), 3U);
  EXPECT_THAT(ids(batch.orders[0]), ElementsAre("a:2"));
  EXPECT_EQ(batch.orders[0].last_good->text(), "a:2");
  EXPECT_THAT(ids(batch.orders[1]), ElementsAre("b:1"));
  EXPECT_THAT(ids(batch.orders[2]), ElementsAre("c:1"));
  ASSERT_EQ(batch.usage.size(), 2U);
  EXPECT_EQ(batch.usage[0].stats.last_used->ms, 9);
  EXPECT_FALSE(batch.usage[0].stats.error_count.has_value());
  EXPECT_EQ(batch.usage[1].stats.last_used->ms, 2);
}

TEST(AuthState, LeavesWhatItDoesNotName) {
  const auto batch = overlaid(R"({"profiles":{},"order":{"a":["a:1"]},"lastGood":{"a":"a:1"}})",
                              R"({"version":1,"lastGood":{"a":"a:2"}})");
  EXPECT_THAT(ids(batch.orders[0]), ElementsAre("a:1"));
  EXPECT_EQ(batch.orders[0].last_good->text(), "a:2");
}

TEST(AuthState, DoesNotWinWithAnEmptyOrder) {
  const auto batch = overlaid(R"({"profiles":{},"order":{"a":["a:1"]}})", R"({"order":{"a":[]}})");
  EXPECT_THAT(ids(batch.orders[0]), ElementsAre("a:1"));
}

TEST(AuthState, MergesForeignMembersAndWins) {
  const auto batch =
      overlaid(R"({"profiles":{},"order":{"a":7,"b":7},"x":1,"y":1})", R"({"order":{"b":8,"c":8},"y":2,"z":2})");
  EXPECT_EQ(json_difference(batch.foreign.reveal(), R"({"order":{"a":7,"b":8,"c":8},"x":1,"y":2,"z":2})"), "");
}

TEST(AuthState, HoldsNoProfiles) {
  const auto batch = overlaid(R"({"profiles":{}})", R"({"profiles":{"p:a":{}},"version":7,"x":1})");
  EXPECT_EQ(batch.foreign.reveal(), R"({"x":1})");
  EXPECT_THAT(rejected(batch.warnings), ElementsAre("misplaced_profiles profiles"));
  EXPECT_EQ(json_difference(exported(batch), R"({"version":1,"profiles":{},"x":1})"), "");
}

TEST(AuthState, ReportsIdsThatNoProfileHas) {
  const auto batch = overlaid(store_of(R"("type":"api_key","provider":"p")"), R"({"order":{"p":["p:x","p:y","p:y"]}})");
  EXPECT_THAT(noted(batch.warnings), ElementsAre("dangling_order p:y"));
}

TEST(AuthState, RefusesOtherDocuments) {
  EXPECT_THAT(refusal([] { overlaid("{}", "[]"); }), testing::HasSubstr("no object"));
  EXPECT_THAT(refusal([] { overlaid("{}", "{"); }), testing::HasSubstr("line 1, column 2"));
}

TEST(OpenclawState, TrimsIdsAndDropsWhatIsNone) {
  const auto batch = read(R"({"profiles":{},"order":{"p":[" p:1 ",7,"p:2","",null]}})");
  EXPECT_THAT(ids(batch.orders[0]), ElementsAre("p:1", "p:2"));
  EXPECT_THAT(noted(batch.warnings), ElementsAre("invalid_order p", "dangling_order p:1", "dangling_order p:2"));
}

TEST(OpenclawState, AnEmptyOrderIsNoOrder) {
  const auto batch = read(R"({"profiles":{},"order":{"p":[],"q":["  "]}})");
  EXPECT_THAT(batch.orders, IsEmpty());
  EXPECT_EQ(batch.foreign.reveal(), R"({"order":{"p":[],"q":["  "]}})");
}

TEST(OpenclawState, KeepsStateOfTheWrongTypeWhole) {
  const auto batch = read(R"({"profiles":{},"order":[],"lastGood":null,"usageStats":"x"})");
  EXPECT_EQ(batch.foreign.reveal(), R"({"order":[],"lastGood":null,"usageStats":"x"})");
}

TEST(OpenclawState, TakesOnlyCountsThatAreAllWhole) {
  const auto batch =
      read(R"({"profiles":{},"usageStats":{"a":{"failureCounts":{"x":1,"y":1.5}},"b":{"failureCounts":{"x":1}}}})");
  EXPECT_THAT(batch.usage[0].stats.failure_counts, IsEmpty());
  EXPECT_EQ(batch.usage[0].stats.foreign, R"({"failureCounts":{"x":1,"y":1.5}})");
  EXPECT_THAT(batch.usage[1].stats.failure_counts, ElementsAre(testing::Pair("x", 1)));
}

TEST(OpenclawState, KeepsUsageOfNamesThatAreNoIds) {
  const std::string long_id(1025, 'i');
  const auto batch = read(R"({"profiles":{},"usageStats":{"":{},")" + long_id + R"(":{"lastUsed":1}}})");
  EXPECT_THAT(batch.usage, IsEmpty());
  EXPECT_EQ(batch.foreign.reveal(), R"({"usageStats":{"":{},")" + long_id + R"(":{"lastUsed":1}}})");
}

}  // namespace
}  // namespace formats::test
