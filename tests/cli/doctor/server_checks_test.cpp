// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/server_checks.h"

#include <gmock/gmock.h>

namespace cli {
namespace {

using testing::Field;

vault::ServerFacts sound() {
  vault::ServerFacts facts;
  facts.version = "15.18";
  facts.role = vault::ServerRole::writer;
  facts.synchronous_commit = "on";
  facts.clock = {1'000'000};
  facts.tls = true;
  return facts;
}

Checks checks_of(const vault::ServerFacts& facts) {
  Checks checks;
  check_server_facts(facts, {1'000'000}, checks);
  return checks;
}

testing::Matcher<const Check&> rated(const std::string& id, Rating rating) {
  return testing::AllOf(Field(&Check::id, id), Field(&Check::rating, rating));
}

TEST(ServerChecks, OfASoundServerFindNothing) {
  EXPECT_THAT(checks_of(sound()), testing::Each(Field(&Check::rating, Rating::secure)));
}

TEST(ServerChecks, RateWhoMayStandInForTheServerAndWhatRunsInItInsecure) {
  auto facts = sound();
  facts.verified = false;
  facts.foreign_triggers = 2;
  EXPECT_THAT(checks_of(facts), testing::IsSupersetOf({rated("server-certificate", Rating::insecure),
                                                       rated("server-triggers", Rating::insecure)}));
}

TEST(ServerChecks, RateARoleThatCouldDropTheVaultWeak) {
  auto facts = sound();
  for (const auto role : {vault::ServerRole::superuser, vault::ServerRole::owner}) {
    facts.role = role;
    EXPECT_THAT(checks_of(facts), testing::Contains(rated("server-role", Rating::weak)));
  }
}

TEST(ServerChecks, RateAServerThatForgetsInAPowerFailureWeak) {
  auto facts = sound();
  facts.fsync = false;
  EXPECT_THAT(checks_of(facts), testing::Contains(rated("server-durability", Rating::weak)));
  facts = sound();
  facts.full_page_writes = false;
  EXPECT_THAT(checks_of(facts), testing::Contains(rated("server-durability", Rating::weak)));
}

TEST(ServerChecks, SayThatCommitsWaitForTheDiskWhereTheServerWouldNot) {
  auto facts = sound();
  facts.synchronous_commit = "off";
  EXPECT_THAT(checks_of(facts), testing::Contains(testing::AllOf(
                                    rated("server-durability", Rating::secure),
                                    Field(&Check::evidence, testing::HasSubstr("'on' for the vault's commits")))));
}

TEST(ServerChecks, RateClocksThatDifferByMoreThanHalfAMinuteWeak) {
  auto facts = sound();
  facts.clock = {1'000'000 - 30'001};
  EXPECT_THAT(checks_of(facts), testing::Contains(rated("server-clock", Rating::weak)));
  facts.clock = {1'000'000 + 30'000};
  EXPECT_THAT(checks_of(facts), testing::Not(testing::Contains(Field(&Check::id, "server-clock"))));
}

TEST(ServerChecks, OfAHelperSpeakWhereItIsNeededOrUnfit) {
  const vault::HelperReport fit{"/usr/lib/claviger/claviger-postgres", std::nullopt};
  const vault::HelperReport unfit{"/tmp/x", "a helper program that others may replace", "chmod go-w '/tmp/x'"};
  Checks checks;
  check_server_helper(std::nullopt, HelperIs::needed, checks);
  check_server_helper(fit, HelperIs::not_needed, checks);
  EXPECT_THAT(checks, testing::IsEmpty());
  check_server_helper(fit, HelperIs::needed, checks);
  check_server_helper(unfit, HelperIs::not_needed, checks);
  EXPECT_THAT(checks,
              testing::ElementsAre(rated("server-helper", Rating::secure), rated("server-helper", Rating::insecure)));
  EXPECT_EQ(checks[1].remedy, "chmod go-w '/tmp/x'");
}

TEST(ServerChecks, OfTheHelperForTokenEndpointsSpeakWhereItIsUnfit) {
  Checks checks;
  check_fetching_helper(std::nullopt, checks);
  check_fetching_helper(vault::HelperReport{"/usr/lib/claviger/claviger-fetch", std::nullopt}, checks);
  EXPECT_THAT(checks, testing::IsEmpty());
  check_fetching_helper(vault::HelperReport{"/tmp/x", "a helper program that others may replace", "chmod"}, checks);
  EXPECT_THAT(checks, testing::ElementsAre(rated("fetching-helper", Rating::insecure)));
}

}  // namespace
}  // namespace cli
