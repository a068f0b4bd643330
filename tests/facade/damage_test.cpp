// SPDX-License-Identifier: Apache-2.0
// R2: one damaged row costs what is damaged. S1: and it lends nobody another's secret.
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class Damaged : public ::testing::Test {
 protected:
  Damaged() {
    vault_.add_agent(kWorker);
    vault_.put(kMain, "openai:a", "sk-test-a");
    vault_.put(kMain, "anthropic:b", "sk-test-b", "anthropic");
    vault_.put(kWorker, "openai:a", "sk-test-worker-a");
    vault_.put(kWorker, "groq:w", "sk-test-w", "groq");
  }
  void damage(const AgentName& agent, const std::string& name, RecordKind kind = RecordKind::profile) {
    auto row = vault_.row_of(agent, name, kind);
    row.sealed_sheet.back() ^= 1;
    vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  }
  void damage_secret(const AgentName& agent, const std::string& name) {
    auto row = vault_.row_of(agent, name);
    row.sealed_secret->back() ^= 1;
    vault_.raw([&](Transaction& transaction) { transaction.put_record(row); });
  }
  void erase(const AgentName& agent, const std::string& name) {
    const auto key = vault_.key_of(agent, RecordKind::profile, name);
    vault_.raw([&](Transaction& transaction) { transaction.erase_record(key); });
  }
  static std::vector<std::string> ids_in(const AgentView& view) {
    std::vector<std::string> ids;
    for (const auto& seen : view.profiles) ids.push_back(seen.sheet.id.text());
    return ids;
  }
  std::optional<ErrorCode> getting(const AgentName& agent, const std::string& id) const {
    return code_of([&] { return vault_.get(agent, id); });
  }
  TestVault vault_;
};

TEST_F(Damaged, AListingGivesTheRestAndNamesWhatDoesNotOpen) {
  damage_secret(kMain, "openai:a");
  damage(kMain, "anthropic:b");
  vault_.read([](Reading& reading) {
    const auto view = reading.view(kMain);
    EXPECT_THAT(ids_in(view), ElementsAre("openai:a"));
    EXPECT_EQ(view.damaged, reading.damaged());
    EXPECT_EQ(reading.damaged().size(), 2U);
    for (const auto& record : reading.damaged()) {
      EXPECT_EQ(record.agent, kMain);
      EXPECT_EQ(record.kind, RecordKind::profile);
      EXPECT_EQ(record.row.size(), 12U);
    }
    reading.view(kMain);
    EXPECT_EQ(reading.damaged().size(), 2U);  // each once
    return 0;
  });
  EXPECT_EQ(getting(kMain, "openai:a"), ErrorCode::damaged_record);
}

// A name that others speak of is found again by its look-up key.
TEST_F(Damaged, ARecordIsNamedByWhatSpeaksOfIt) {
  vault_.write([](Writing& writing) {
    writing.put_order(kMain, {ProviderId("anthropic"), std::vector{ProfileId("anthropic:b")}});
    writing.put_usage(kMain, {ProfileId("openai:a"), {}});
  });
  damage(kMain, "anthropic:b");
  damage(kMain, "openai:a", RecordKind::usage);
  vault_.read([](Reading& reading) {
    std::vector<std::string> said;
    reading.own_contents(kMain);
    for (const auto& record : reading.damaged()) said.push_back(describe(record));
    EXPECT_THAT(said,
                UnorderedElementsAre("profile 'anthropic:b' of agent 'main'", "usage 'openai:a' of agent 'main'"));
    return 0;
  });
}

TEST_F(Damaged, AnOrderThatDoesNotOpenIsToldOfItsProviderAlone) {
  vault_.write([](Writing& writing) { writing.put_order(kMain, {ProviderId("openai"), std::vector<ProfileId>{}}); });
  damage(kMain, "openai", RecordKind::order);
  const auto view = vault_.view(kMain);
  EXPECT_TRUE(view.order_is_damaged(ProviderId("openai")));
  EXPECT_FALSE(view.order_is_damaged(ProviderId("anthropic")));
}

TEST_F(Damaged, WhatDoesNotTouchTheRowGoesOn) {
  damage(kMain, "openai:a");
  EXPECT_EQ(vault_.get(kMain, "anthropic:b"), "sk-test-b");
  EXPECT_EQ(vault_.get(kWorker, "anthropic:b"), "sk-test-b");
  EXPECT_EQ(vault_.get(kWorker, "openai:a"), "sk-test-worker-a");
  vault_.put(kMain, "openai:new", "sk-test-new");
  EXPECT_EQ(vault_.get(kMain, "openai:new"), "sk-test-new");
  EXPECT_EQ(vault_.put(kMain, "anthropic:b", "sk-test-b2").position, 2U);
}

TEST_F(Damaged, NothingThatDoesNotOpenIsReplacedEditedOrRemoved) {
  damage(kMain, "openai:a");
  EXPECT_EQ(code_of([&] { return vault_.put(kMain, "openai:a", "sk-test-other"); }), ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] {
              return vault_.write([](Writing& writing) { writing.edit_profile(kMain, sheet_of("openai:gone")); }), 0;
            }),
            ErrorCode::damaged_record);
  EXPECT_EQ(code_of([&] {
              return vault_.write([](Writing& writing) { writing.remove_profile(kMain, ProfileId("anthropic:b")); }), 0;
            }),
            ErrorCode::damaged_record);
}

// Damage beside it would mask that an own profile was deleted, and main's would answer in its place.
TEST_F(Damaged, NothingInheritedIsGivenOutBesideADamagedRecordOfOnesOwn) {
  damage(kWorker, "groq:w");
  erase(kWorker, "openai:a");
  EXPECT_EQ(getting(kWorker, "openai:a"), ErrorCode::damaged_record);
  vault_.read([](Reading& reading) {
    const auto view = reading.view(kWorker);
    EXPECT_EQ(reading.damaged().size(), 1U);
    const auto* const seen = view.find(ProfileId("anthropic:b"));
    EXPECT_TRUE(seen != nullptr && seen->in_doubt);
    EXPECT_EQ(code_of([&] { return reading.credential_of(*seen); }), ErrorCode::damaged_record);
    return 0;
  });
}

TEST_F(Damaged, ARecordOfOnesOwnHidesTheInheritedOneAlthoughItDoesNotOpen) {
  damage(kWorker, "openai:a");
  vault_.read([](Reading& reading) {
    EXPECT_THAT(ids_in(reading.view(kWorker)), ElementsAre("groq:w", "anthropic:b"));
    EXPECT_EQ(reading.damaged().front().name, "openai:a");
    return 0;
  });
}

TEST_F(Damaged, AnExportRefusesUnlessToldToPassOver) {
  damage_secret(kMain, "openai:a");
  vault_.read([](Reading& reading) {
    std::vector<std::string> ids;
    const auto take = [&](const ProfileSheet& sheet, const Credential&) { ids.push_back(sheet.id.text()); };
    EXPECT_EQ(code_of([&] { return reading.for_each_own_profile(kMain, take), 0; }), ErrorCode::damaged_record);
    EXPECT_TRUE(ids.empty());
    reading.for_each_own_profile(kMain, take, DamagedRecords::pass_over);
    EXPECT_THAT(ids, ElementsAre("anthropic:b"));
    EXPECT_EQ(reading.damaged().size(), 1U);
    return 0;
  });
}

// S1, for every kind of answer that falls back or says "none", of an agent of more than 64 records.
class LargeAgent : public Damaged {
 protected:
  LargeAgent() {
    vault_.write([](Writing& writing) {
      for (int i = 0; i < 70; ++i) writing.put_usage(kWorker, {ProfileId("p" + std::to_string(i)), {}});
      writing.put_variable(kMain, "KEY", SecretString::copy_of("main's"));
      writing.put_variable(kWorker, "KEY", SecretString::copy_of("worker's"));
      writing.put_order(kWorker, {ProviderId("openai"), std::vector{ProfileId("openai:a")}});
      writing.put_pin(kWorker, {"session", ProfileId("openai:a"), {1}});
    });
  }
  void erase_row(RecordKind kind, const std::string& name) {
    const auto key = vault_.key_of(kWorker, kind, name);
    vault_.raw([&](Transaction& transaction) { transaction.erase_record(key); });
  }
};

TEST_F(LargeAgent, ADeletedProfileDoesNotUncoverTheSharedOne) {
  erase(kWorker, "openai:a");
  EXPECT_EQ(getting(kWorker, "openai:a"), ErrorCode::state_mismatch);
  EXPECT_EQ(vault_.get(kWorker, "groq:w"), "sk-test-w");
}

TEST_F(LargeAgent, ADeletedVariableDoesNotUncoverTheSharedOne) {
  erase_row(RecordKind::variable, "KEY");
  EXPECT_EQ(
      code_of([&] { return vault_.read([](Reading& reading) { return reading.find_variable(kWorker, "KEY"); }); }),
      ErrorCode::state_mismatch);
}

TEST_F(LargeAgent, ADeletedOrderIsNotNone) {
  erase_row(RecordKind::order, "openai");
  EXPECT_EQ(code_of([&] { return vault_.view(kWorker); }), ErrorCode::state_mismatch);
  const auto own_order = [](Writing& writing) { return writing.own_order(kWorker, ProviderId("openai")); };
  EXPECT_EQ(code_of([&] { return vault_.write(own_order); }), ErrorCode::state_mismatch);
}

TEST_F(LargeAgent, ADeletedPinIsNotNone) {
  erase_row(RecordKind::pin, "session");
  EXPECT_EQ(code_of([&] { return vault_.view(kWorker); }), ErrorCode::state_mismatch);
  EXPECT_EQ(
      code_of([&] { return vault_.write([](Writing& writing) { return writing.remove_pin(kWorker, "session"); }); }),
      ErrorCode::state_mismatch);
}

TEST_F(LargeAgent, WhatIsInheritedIsStillFound) {
  EXPECT_EQ(vault_.get(kWorker, "anthropic:b"), "sk-test-b");
  EXPECT_EQ(vault_.get(kWorker, "openai:never"), std::nullopt);
}

}  // namespace
}  // namespace vault::testing
