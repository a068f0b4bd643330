// SPDX-License-Identifier: Apache-2.0
// What a vault's logs say of what was done to it: written by every change, in its transaction, whoever makes it.
#include "tests/log/logged_vault.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Logs = LoggedVault;

TEST_F(Logs, BeginWithTheVault) {
  EXPECT_THAT(told({}), ElementsAre("made vault", "added agent main", "added key_file " + slot_name()));
  EXPECT_THAT(told(kMain), IsEmpty());
}

TEST_F(Logs, NameEveryChangeOfAnAgentsRecords) {
  vault_.put(kMain, "openai:a", "sk-test-a");
  vault_.put(kMain, "openai:a", "sk-test-b");
  vault_.write([](Writing& writing) {
    auto sheet = *writing.own_profile(kMain, ProfileId("openai:a"));
    sheet.email = "someone@example.com";
    writing.edit_profile(kMain, sheet);
  });
  vault_.write([](Writing& writing) { writing.rename_profile(kMain, ProfileId("openai:a"), ProfileId("openai:b")); });
  vault_.write([](Writing& writing) {
    writing.put_variable(kMain, "OPENAI_API_KEY", SecretString::copy_of("sk-test-v"));
    writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("openai:b")}, {}});
    writing.put_pin(kMain, {"session", ProfileId("openai:b"), {5}});
  });
  vault_.write([](Writing& writing) { writing.remove_profile(kMain, ProfileId("openai:b")); });
  EXPECT_THAT(told(kMain),
              ElementsAre("added profile openai:a", "replaced profile openai:a", "edited profile openai:a",
                          "renamed profile openai:a openai:b", "added variable OPENAI_API_KEY", "added order openai",
                          "added pin session", "removed profile openai:b", "removed pin session"));
  EXPECT_TRUE(looked_at(kMain).whole);
}

TEST_F(Logs, NameWhatIsDoneToAgentsAndKeys) {
  vault_.add_agent(kWorker);
  vault_.write([](Writing& writing) { writing.set_default_agent(kWorker); });
  const auto token = vault_.write([](Writing& writing) {
    return issue_token(writing, writing.session().keyring(), {kWorker, SharedProfiles::excluded, {}});
  });
  const auto all = told({});
  ASSERT_THAT(all, SizeIs(6));
  EXPECT_EQ(all[3], "added agent worker");
  EXPECT_EQ(all[4], "chosen agent worker");
  EXPECT_TRUE(all[5].starts_with("added token ")) << all[5];
  EXPECT_TRUE(all[5].ends_with(" of worker")) << all[5];
}

TEST_F(Logs, SayWhoItWasAndFromWhichProgram) {
  vault_.put(kMain, "a", "sk-test-a");
  const auto entry = entries(kMain).front().entry;
  EXPECT_EQ(entry.time, vault_.now());
  EXPECT_EQ(entry.opener, LogOpener::key_file);
  EXPECT_EQ(entry.slot, vault_.open().opened_with()->slot);
  EXPECT_EQ(entry.caller, (Caller{1000, 4242, "bash"}));
}

TEST_F(Logs, MarkWhatATokensHolderWroteAsSelfReported) {
  vault_.add_agent(kWorker);
  auto holder = with_token(kWorker);
  put_with(holder, kWorker, "w");
  vault_.put(kWorker, "by-root", "sk-test-r");
  const auto all = entries(kWorker);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].entry.opener, LogOpener::token);
  EXPECT_EQ(all[0].proof, LoggedEntry::Proof::none);
  EXPECT_EQ(all[1].proof, LoggedEntry::Proof::right);
}

TEST_F(Logs, HoldNoSecret) {
  vault_.put(kMain, "a", "sk-test-a");
  for (const auto& logged : entries(kMain)) {
    const auto text = encode(logged.entry);
    EXPECT_EQ(text_of(text).find("sk-test"), std::string_view::npos);
  }
}

TEST_F(Logs, SayNothingOfARehearsal) {
  {
    auto opened = vault_.open();
    auto writing = opened.write();
    writing.put_profile(kMain, sheet_of("a"), key_credential("sk-test-a"));
  }
  EXPECT_THAT(told(kMain), IsEmpty());
}

TEST_F(Logs, MakeOneEntryOfAnImport) {
  ImportBatch batch;
  batch.agents.emplace_back(kMain);
  for (int i = 0; i < 100; ++i) {
    batch.agents[0].profiles.push_back({sheet_of("openai:" + std::to_string(i)), key_credential("sk-test-a")});
  }
  vault_.write([&](Writing& writing) { apply(writing, batch, OnConflict::fail); });
  const auto all = entries(kMain);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].entry.count, 100U);
  EXPECT_THAT(all[0].entry.names, SizeIs(kMostLogNames));
}

TEST_F(Logs, OfARemovedAgentGoWithItAndTheVaultsSaysWhereItEnded) {
  vault_.add_agent(kWorker);
  vault_.put(kWorker, "w", "sk-test-w");
  const auto id = vault_.agent_id(kWorker);
  vault_.write([](Writing& writing) { writing.remove_agent(kWorker); });
  const auto left = vault_.raw([&](Transaction& transaction) { return log_rows_in(transaction); });
  for (const auto& row : left) EXPECT_NE(row.agent, LogOwner{id});
  const auto last = entries({}).back().entry;
  EXPECT_EQ(last.verb, LogVerb::removed);
  EXPECT_EQ(last.ended_at, 1U);
  EXPECT_TRUE(last.ended_with);
  EXPECT_TRUE(looked_at({}).whole);
}

TEST_F(Logs, FoldInTheTransactionThatWrites) {
  bounds_ = {8, 4};
  for (int i = 0; i < 40; ++i) vault_.put(kMain, "a", "sk-test-a");
  const auto found = looked_at(kMain);
  EXPECT_TRUE(found.whole) << found.what;
  EXPECT_LE(found.entries, 8U);
  EXPECT_EQ(found.checkpoint->folded + found.entries, 40U);
}

// I05: a change that cannot be logged is not made.
TEST_F(Logs, ThatCannotBeWrittenLetNothingBeChanged) {
  vault_.put(kMain, "a", "sk-test-a");
  const auto before = vault_.snapshot();
  EXPECT_EQ(code_of([&] { return put_without_room_for_the_log(kMain, "b"), 0; }), ErrorCode::io);
  EXPECT_EQ(vault_.snapshot().records, before.records);
  EXPECT_EQ(vault_.snapshot().agents, before.agents);
  EXPECT_EQ(vault_.get(kMain, "b"), std::nullopt);
}

}  // namespace
}  // namespace vault::testing
