// SPDX-License-Identifier: Apache-2.0
// What an agent says about its profiles - orders, usage, pins - and what it keeps beside them.
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

const ProviderId kOpenAi("openai");

TEST(Orders, AreKeptReplacedAndErased) {
  TestVault vault;
  const ProviderOrder order{ProviderId("OpenAI"), std::vector{ProfileId("b"), ProfileId("gone"), ProfileId("b")},
                            ProfileId("b")};
  vault.write([&](Writing& writing) { writing.put_order(kMain, order); });
  EXPECT_EQ(vault.view(kMain).orders, std::vector{order});
  EXPECT_EQ(vault.view(kMain).orders.front().provider.text(), "OpenAI");
  vault.write([](Writing& writing) { writing.put_order(kMain, {kOpenAi, std::vector<ProfileId>{}}); });
  EXPECT_TRUE(vault.view(kMain).order_of(kOpenAi)->empty());
  vault.write([](Writing& writing) { writing.put_order(kMain, {kOpenAi}); });
  EXPECT_TRUE(vault.view(kMain).orders.empty());
  EXPECT_TRUE(vault.snapshot().records.empty());
}

TEST(Orders, WithALastGoodMarkAloneAreNoExplicitOrder) {
  TestVault vault;
  vault.write([](Writing& writing) { writing.put_order(kMain, {kOpenAi, std::nullopt, ProfileId("a")}); });
  EXPECT_EQ(vault.view(kMain).order_of(kOpenAi), nullptr);
  EXPECT_EQ(vault.view(kMain).orders.front().last_good, ProfileId("a"));
}

TEST(DefaultOrders, BelongToTheSharedAgentAndReachThoseLinkedToIt) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.add_agent(kOther, Inheritance::isolated);
  vault.write([](Writing& writing) { writing.put_default_order({kOpenAi, std::vector{ProfileId("a")}}); });
  EXPECT_THAT(*vault.view(kMain).default_order_of(kOpenAi), ElementsAre(ProfileId("a")));
  EXPECT_THAT(*vault.view(kWorker).default_order_of(kOpenAi), ElementsAre(ProfileId("a")));
  EXPECT_EQ(vault.view(kMain).order_of(kOpenAi), nullptr);
  vault.write([](Writing& writing) {
    EXPECT_TRUE(writing.default_order(kOpenAi));
    writing.put_default_order({kOpenAi});
    EXPECT_FALSE(writing.default_order(kOpenAi));
  });
  EXPECT_EQ(vault.view(kMain).default_order_of(kOpenAi), nullptr);
}

TEST(Usage, IsKeptForProfilesThatDoNotExistToo) {
  TestVault vault;
  UsageStats stats;
  stats.error_count = 3;
  stats.failure_counts = {{"auth", 2}};
  stats.foreign = R"({"x":1})";
  vault.write([&](Writing& writing) {
    writing.put_usage(kMain, {ProfileId("gone"), stats});
    EXPECT_EQ(writing.own_usage(kMain, ProfileId("gone")), stats);
    EXPECT_EQ(writing.own_usage(kMain, ProfileId("never")), std::nullopt);
  });
  EXPECT_EQ(vault.view(kMain).usage.at(ProfileId("gone")), stats);
}

TEST(Pins, AreKeptBySessionAndRemoved) {
  TestVault vault;
  vault.write([](Writing& writing) {
    writing.put_pin(kMain, {"one", ProfileId("a"), {1}});
    writing.put_pin(kMain, {"two", ProfileId("b"), {2}});
    writing.put_pin(kMain, {"one", ProfileId("c"), {3}});
  });
  EXPECT_EQ(vault.view(kMain).pins.size(), 2U);
  vault.write([](Writing& writing) {
    EXPECT_TRUE(writing.remove_pin(kMain, "one"));
    EXPECT_FALSE(writing.remove_pin(kMain, "one"));
  });
  ASSERT_EQ(vault.view(kMain).pins.size(), 1U);
  EXPECT_EQ(vault.view(kMain).pins.front(), (SessionPin{"two", ProfileId("b"), {2}}));
}

class Variables : public ::testing::Test {
 protected:
  VariableSheet put(std::string_view name, std::string_view value) {
    return vault_.write(
        [&](Writing& writing) { return writing.put_variable(kMain, name, SecretString::copy_of(value)); });
  }
  std::string value(std::string_view name) {
    return vault_.read(
        [&](Reading& reading) { return std::string(reading.value_of(*reading.find_variable(kMain, name)).reveal()); });
  }
  TestVault vault_;
};

TEST_F(Variables, GiveTheirValueBack) {
  put("OPENAI_API_KEY", "sk-test-1");
  EXPECT_EQ(value("OPENAI_API_KEY"), "sk-test-1");
  EXPECT_FALSE(
      vault_.read([](Reading& reading) { return reading.find_variable(kMain, "openai_api_key").has_value(); }));
}

TEST_F(Variables, KeepPositionAndCreationTimeWhenReplaced) {
  const auto first = put("B", "1");
  put("A", "2");
  vault_.pass(9);
  const auto again = put("B", "3");
  EXPECT_EQ(again.position, first.position);
  EXPECT_EQ(again.created, first.created);
  EXPECT_EQ(again.updated.ms, first.updated.ms + 9);
  EXPECT_NE(again.fingerprint, first.fingerprint);
  EXPECT_EQ(put("B", "1").fingerprint, first.fingerprint);
  std::vector<std::string> names;
  for (const auto& seen : vault_.view(kMain).variables) names.push_back(seen.sheet.name);
  EXPECT_THAT(names, ElementsAre("B", "A"));
}

TEST_F(Variables, SayWhetherTheyAreBlank) {
  EXPECT_TRUE(put("A", "").blank);
  EXPECT_TRUE(put("A", " \t\n").blank);
  EXPECT_FALSE(put("A", " x ").blank);
  EXPECT_EQ(value("A"), " x ");
}

// S11
TEST_F(Variables, SayWhetherAPlaceholderStandsInTheirValuesPlace) {
  EXPECT_TRUE(put("A", "${A}").placeholder);
  EXPECT_TRUE(put("A", " YOUR_API_KEY_HERE\n").placeholder);
  EXPECT_FALSE(put("A", "").placeholder);
  EXPECT_FALSE(put("A", "sk-test-1").placeholder);
  EXPECT_EQ(value("A"), "sk-test-1");
}

TEST_F(Variables, HaveNamesThatDotenvReads) {
  for (const std::string& name :
       {std::string(), std::string("A B"), std::string("A="), std::string("\xC3\xA4"), std::string(257, 'A')}) {
    EXPECT_EQ(code_of([&] { return put(name, "x"); }), ErrorCode::bad_input);
  }
  put("9.lives-ok_", "x");
}

TEST_F(Variables, AreRemovedOnce) {
  put("A", "1");
  const auto remove = [&] { return vault_.write([](Writing& writing) { writing.remove_variable(kMain, "A"); }), 0; };
  remove();
  EXPECT_TRUE(vault_.view(kMain).variables.empty());
  EXPECT_EQ(code_of(remove), ErrorCode::not_found);
}

TEST(ForeignMembers, AreKeptByDocument) {
  TestVault vault;
  vault.write([](Writing& writing) { writing.put_foreign(kMain, "openclaw", SecretString::copy_of(R"({"x":1})")); });
  const auto foreign = [&](std::string_view document) {
    return vault.read([&](Reading& reading) { return std::string(reading.foreign_of(kMain, document).reveal()); });
  };
  EXPECT_EQ(foreign("openclaw"), R"({"x":1})");
  EXPECT_EQ(foreign("another"), "");
  EXPECT_TRUE(vault.view(kMain).profiles.empty());
}

}  // namespace
}  // namespace vault::testing
