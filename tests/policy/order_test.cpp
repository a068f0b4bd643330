// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/policy/profiles.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A question about provider p, with the store it is asked of.
struct Asked {
  explicit Asked(std::vector<Profile> store) : profiles(std::move(store)), views(views_of(profiles)) {
    question.profiles = views;
  }
  Asked(const Asked&) = delete;

  ResolvedOrder resolved() const { return resolve_order(question, kNow); }

  std::vector<Profile> profiles;
  std::vector<ProfileView> views;
  OrderQuestion question{.provider = ProviderId("p"), .profiles = {}};
};

TEST(ResolveOrder, MovesThePinnedProfileToTheFront) {
  Asked asked({api_key("a"), api_key("b"), api_key("c")});
  asked.question.preferred = ProfileId("c");
  const auto order = asked.resolved();
  EXPECT_THAT(candidate_ids(order), ElementsAre("c", "a", "b"));
  EXPECT_EQ(order.source, OrderSource::pin);
  EXPECT_EQ(order.next()->id.text(), "c");
}

TEST(ResolveOrder, IgnoresAPinOfAProfileThatIsNoCandidate) {
  Asked asked({api_key("a"), token("dead").expires_in(-1), api_key("other", "q")});
  for (const auto* pin : {"dead", "other", "nowhere"}) {
    asked.question.preferred = ProfileId(pin);
    const auto order = asked.resolved();
    EXPECT_THAT(candidate_ids(order), ElementsAre("a")) << pin;
    EXPECT_EQ(order.source, OrderSource::selected_automatically) << pin;
  }
}

TEST(ResolveOrder, TriesNothingUnderAnEmptyOrderOfEitherKind) {
  Asked asked({api_key("p:default"), api_key("b")});
  const auto none = ids({});
  const auto some = ids({"b"});

  asked.question.default_order = &none;
  EXPECT_EQ(asked.resolved().next(), nullptr);
  EXPECT_EQ(asked.resolved().source, OrderSource::default_order);

  asked.question.default_order = &some;
  asked.question.agent_order = &none;
  const auto order = asked.resolved();
  EXPECT_EQ(order.next(), nullptr);
  EXPECT_EQ(order.source, OrderSource::agent_order);
  EXPECT_FALSE(order.repaired);
  EXPECT_THAT(exclusions(order), ElementsAre("p:default excluded_by_auth_order", "b excluded_by_auth_order"));
}

// H03
TEST(ResolveOrder, NeverTriesAnOmittedProfileNotEvenOneNamedDefault) {
  Asked asked({api_key("p:default"), token("bad").expires_in(-1)});
  const auto order_ids = ids({"bad"});
  asked.question.agent_order = &order_ids;
  const auto order = asked.resolved();
  EXPECT_EQ(order.next(), nullptr);
  EXPECT_THAT(exclusions(order), ElementsAre("bad expired", "p:default excluded_by_auth_order"));
}

TEST(ResolveOrder, NamesEveryOtherProfileOfTheProviderWithItsReason) {
  Asked asked({api_key("k"), api_key("blank").without_secret(), token("old").expires_in(0), api_key("other", "q")});
  EXPECT_THAT(exclusions(asked.resolved()), ElementsAre("blank missing_credential", "old expired"));
}

TEST(ResolveOrder, ReportsStaleAndForeignIdsOfTheOrderOnce) {
  Asked asked({api_key("k"), api_key("left-out"), token("dead-and-left-out").expires_in(-1), api_key("other", "q")});
  const auto order_ids = ids({"gone", "other", "k", "gone", "k", "other"});
  asked.question.agent_order = &order_ids;
  const auto order = asked.resolved();
  EXPECT_THAT(candidate_ids(order), ElementsAre("k"));
  EXPECT_THAT(exclusions(order),
              ElementsAre("gone profile_missing", "other provider_mismatch", "left-out excluded_by_auth_order",
                          "dead-and-left-out excluded_by_auth_order"));
}

TEST(ResolveOrder, LeavesOutWhatTheConfigurationDoesNotDeclare) {
  Asked asked({api_key("a"), api_key("b")});
  const std::vector<DeclaredProfile> declared = {{ProfileId("b"), ProviderId(" P"), "api_key"},
                                                 {ProfileId("x"), ProviderId("q"), "api_key"}};
  asked.question.declared = declared;
  const auto order = asked.resolved();
  EXPECT_THAT(candidate_ids(order), ElementsAre("b"));
  EXPECT_THAT(exclusions(order), ElementsAre("a excluded_by_auth_order"));
  EXPECT_EQ(order.source, OrderSource::selected_automatically);
}

TEST(ResolveOrder, AppliesADeclarationToAnExplicitOrderToo) {
  Asked asked({api_key("a"), api_key("b")});
  const std::vector<DeclaredProfile> declared = {{ProfileId("a"), ProviderId("p"), "oauth"}};
  const auto order_ids = ids({"a", "b"});
  asked.question.declared = declared;
  asked.question.agent_order = &order_ids;
  const auto order = asked.resolved();
  EXPECT_THAT(candidate_ids(order), ElementsAre("b"));
  EXPECT_THAT(exclusions(order), ElementsAre("a mode_mismatch"));
}

TEST(ResolveOrder, SaysSoWhenItRepairsAnOrderWithoutAnyProfileLeft) {
  Asked asked({api_key("used").last_used(2), api_key("rested").last_used(1), api_key("blank").without_secret()});
  const auto order_ids = ids({"gone", "lost"});
  asked.question.agent_order = &order_ids;
  const auto order = asked.resolved();
  EXPECT_TRUE(order.repaired);
  EXPECT_EQ(order.source, OrderSource::selected_automatically);
  EXPECT_THAT(candidate_ids(order), ElementsAre("rested", "used"));
  EXPECT_THAT(exclusions(order),
              ElementsAre("gone profile_missing", "lost profile_missing", "blank missing_credential"));
}

TEST(ResolveOrder, DoesNotRepairAnOrderOfWhichOneProfileExists) {
  Asked asked({api_key("good"), api_key("blank").without_secret(), api_key("other", "q")});
  for (const auto* kept : {"blank", "other"}) {
    const auto order_ids = ids({"gone", kept});
    asked.question.agent_order = &order_ids;
    const auto order = asked.resolved();
    EXPECT_FALSE(order.repaired) << kept;
    EXPECT_EQ(order.next(), nullptr) << kept;
  }
}

TEST(ResolveOrder, RepairsADefaultOrderOnlyBesideDeclaredProfiles) {
  Asked asked({api_key("good")});
  const auto order_ids = ids({"gone"});
  const std::vector<DeclaredProfile> declared = {{ProfileId("lost"), ProviderId("p"), "api_key"}};
  asked.question.default_order = &order_ids;
  EXPECT_FALSE(asked.resolved().repaired);
  asked.question.declared = declared;
  EXPECT_TRUE(asked.resolved().repaired);
  EXPECT_THAT(candidate_ids(asked.resolved()), ElementsAre("good"));
}

TEST(ResolveOrder, KeepsTheExplicitOrderButPutsWhatCoolsDownBehind) {
  Asked asked({api_key("late").cools_down_for(kHour), oauth("login"), api_key("soon").disabled_for(kMinute)});
  const auto order_ids = ids({"late", "soon", "login"});
  asked.question.agent_order = &order_ids;
  const auto order = asked.resolved();
  EXPECT_THAT(candidate_ids(order), ElementsAre("login", "soon", "late"));
  EXPECT_EQ(order.candidates[0].unusable_until, std::nullopt);
  EXPECT_EQ(order.candidates[1].unusable_until, after_now(kMinute));
  EXPECT_EQ(order.candidates[2].unusable_until, after_now(kHour));
}

TEST(ResolveOrder, TakesTurnsWithinAKindAndKeepsTheSequenceOfEquals) {
  Asked asked({api_key("third").last_used(7), api_key("fourth").last_used(7), api_key("first"), api_key("second")});
  EXPECT_THAT(candidate_ids(asked.resolved()), ElementsAre("first", "second", "third", "fourth"));
}

TEST(ResolveOrder, KeepsTheSequenceOfManyEqualsToo) {
  std::vector<Profile> available, resting;
  std::vector<std::string> in_sequence;
  for (int i = 0; i < 100; ++i) {
    in_sequence.push_back("k" + std::to_string(i));
    available.push_back(api_key(in_sequence.back()));
    resting.push_back(api_key(in_sequence.back()).cools_down_for(kHour));
  }
  EXPECT_EQ(candidate_ids(Asked(available).resolved()), in_sequence);
  EXPECT_EQ(candidate_ids(Asked(resting).resolved()), in_sequence);
}

TEST(ResolveOrder, DoesNotCountAnExpiryThatIsNoDateAsExpired) {
  Asked asked({oauth("expired").expires_in(0).last_used(1), oauth("strange").expires(Expiry::at({0})).last_used(2)});
  EXPECT_THAT(candidate_ids(asked.resolved()), ElementsAre("strange", "expired"));
}

TEST(ResolveOrder, IgnoresUsageThatSaysNothing) {
  Asked asked({api_key("k")});
  asked.views[0].usage = nullptr;
  EXPECT_THAT(candidate_ids(asked.resolved()), ElementsAre("k"));
}

TEST(ResolveOrder, LetsAnOwnProfileHideTheInheritedOneOfTheSameId) {
  Asked own_first({api_key("x").without_secret(), api_key("x")});
  EXPECT_THAT(exclusions(own_first.resolved()), ElementsAre("x missing_credential"));
  EXPECT_THAT(candidate_ids(own_first.resolved()), IsEmpty());

  Asked own_of_another_provider({api_key("x", "q"), api_key("x")});
  EXPECT_THAT(candidate_ids(own_of_another_provider.resolved()), IsEmpty());
  EXPECT_THAT(exclusions(own_of_another_provider.resolved()), IsEmpty());
}

TEST(ResolveOrder, FindsProfilesUnderAnAliasOfTheProvider) {
  Asked asked({api_key("cn", "minimax-cn"), api_key("plain", "MiniMax"), api_key("portal", "minimax-portal")});
  asked.question.provider = ProviderId("minimax-api");
  EXPECT_THAT(candidate_ids(asked.resolved()), ElementsAre("cn", "plain"));
}

TEST(ResolveOrder, AnswersForAProviderWithoutProfiles) {
  Asked asked({api_key("other", "q")});
  const auto order = asked.resolved();
  EXPECT_EQ(order.next(), nullptr);
  EXPECT_THAT(exclusions(order), IsEmpty());
  EXPECT_EQ(order.source, OrderSource::selected_automatically);
}

// Whoever acts on an order can see that the first choice was passed over, and why.
TEST(ResolveOrder, NeverPassesOverAnExpiredFirstChoiceInSilence) {
  Asked asked({token("subscription").expires_in(-1), api_key("billed")});
  const auto order_ids = ids({"subscription", "billed"});
  asked.question.agent_order = &order_ids;
  const auto order = asked.resolved();
  EXPECT_EQ(order.next()->id.text(), "billed");
  EXPECT_THAT(exclusions(order), ElementsAre("subscription expired"));
}

TEST(OrderSourceNames, AreWhatWhichPrints) {
  EXPECT_EQ(name_of(OrderSource::selected_automatically), "selected automatically");
  EXPECT_EQ(name_of(OrderSource::agent_order), "agent order");
  EXPECT_EQ(name_of(OrderSource::default_order), "default order");
  EXPECT_EQ(name_of(OrderSource::pin), "pin");
}

}  // namespace
}  // namespace vault::testing
