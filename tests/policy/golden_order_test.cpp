// SPDX-License-Identifier: Apache-2.0
// What OpenClaw 2026.9.6 answered when it was run over one store with various orders.

#include <gtest/gtest.h>

#include <optional>

#include "tests/policy/profiles.h"

namespace vault::testing {
namespace {

std::vector<Profile> usual_store() {
  return {api_key("k1").last_used(5),
          api_key("k2").last_used(3),
          token("t1").cools_down_for(2 * kHour),
          oauth("o1").last_used(9),
          oauth("oX").expires_in(-kHour).last_used(1),
          token("tX").expires_in(-kHour),
          token("t0").expires(Expiry::at({0})),
          api_key("kE").without_secret(),
          api_key("kR").without_secret().with_key_ref().last_used(4),
          api_key("q:1", "q")};
}

std::vector<Profile> store_with_all_cooling_down() {
  auto profiles = usual_store();
  for (auto& profile : profiles) profile.cools_down_for(5 * kHour);
  profiles[0].cools_down_for(3 * kHour);
  profiles[1].usage.cooldown_until.reset();
  profiles[1].disabled_for(9 * kHour);
  profiles[2].cools_down_for(2 * kHour);
  profiles[3].cools_down_for(4 * kHour);
  return profiles;
}

struct GoldenCase {
  std::string name;
  std::vector<std::string> expected;
  std::optional<std::vector<ProfileId>> stored = {};
  std::optional<std::vector<ProfileId>> configured = {};
  std::vector<DeclaredProfile> declared = {};
  std::optional<ProfileId> preferred = {};
  std::vector<Profile> (*store)() = usual_store;
};

std::vector<DeclaredProfile> some_declared() {
  const ProviderId p("p");
  return {{ProfileId("k2"), p, "api_key"}, {ProfileId("t1"), p, "oauth"}, {ProfileId("o1"), p, "token"}};
}

std::vector<GoldenCase> golden_cases() {
  const std::vector<std::string> automatic = {"o1", "oX", "k2", "kR", "k1", "t1"};
  const auto stored = ids({"k2", "zz", "t1", "k1", "k2", "q:1"});
  const std::vector<DeclaredProfile> stale = {{ProfileId("zz"), ProviderId("p"), "api_key"}};
  return {
      {.name = "NoConfiguration", .expected = automatic},
      {.name = "PreferredIsCoolingDown",
       .expected = {"t1", "o1", "oX", "k2", "kR", "k1"},
       .preferred = ProfileId("t1")},
      {.name = "PreferredIsUnknown", .expected = automatic, .preferred = ProfileId("zz")},
      {.name = "StoredOrder", .expected = {"k2", "k1", "t1"}, .stored = stored},
      {.name = "StoredOrderWithoutThePreferred",
       .expected = {"k2", "k1", "t1"},
       .stored = stored,
       .preferred = ProfileId("o1")},
      {.name = "ConfiguredOrder", .expected = {"k1", "o1"}, .configured = ids({"k1", "o1"})},
      {.name = "StoredOverConfigured", .expected = {"k2"}, .stored = ids({"k2"}), .configured = ids({"k1", "o1"})},
      {.name = "ConfiguredOrderIsEmpty", .expected = {}, .configured = ids({})},
      {.name = "DeclaredProfiles", .expected = {"k2", "t1"}, .declared = some_declared()},
      {.name = "DeclaredProfilesAllMissing", .expected = automatic, .declared = stale},
      {.name = "StoredOrderAllMissing", .expected = automatic, .stored = ids({"zz", "yy"})},
      {.name = "ConfiguredOrderAllMissing", .expected = {}, .configured = ids({"zz", "yy"})},
      {.name = "AllCoolingDown",
       .expected = {"t1", "k1", "o1", "oX", "kR", "k2"},
       .store = store_with_all_cooling_down},
  };
}

class GoldenOrder : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(GoldenOrder, IsTheOneThatOpenClawGives) {
  const auto& golden = GetParam();
  const auto profiles = golden.store();
  const auto views = views_of(profiles);

  const auto order = resolve_order({.provider = ProviderId("p"),
                                    .profiles = views,
                                    .agent_order = golden.stored ? &*golden.stored : nullptr,
                                    .default_order = golden.configured ? &*golden.configured : nullptr,
                                    .declared = golden.declared,
                                    .preferred = golden.preferred},
                                   kNow);

  EXPECT_EQ(candidate_ids(order), golden.expected);
}

INSTANTIATE_TEST_SUITE_P(OpenClaw20260906, GoldenOrder, ::testing::ValuesIn(golden_cases()),
                         [](const auto& golden) { return golden.param.name; });

}  // namespace
}  // namespace vault::testing
