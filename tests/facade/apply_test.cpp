// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/facade/batches.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

std::vector<std::pair<std::string, std::string>> skipped_in(const AppliedAgent& agent) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& entry : agent.skipped) all.emplace_back(entry.id, entry.reason);
  return all;
}

TEST(Apply, TakesEverythingIntoAnAgentThatIsMade) {
  TestVault vault;
  const auto report = apply_and_commit(vault, full_batch(kWorker), OnConflict::fail);
  ASSERT_EQ(report.agents.size(), 1U);
  EXPECT_TRUE(report.agents[0].created);
  EXPECT_THAT(report.agents[0].added, ElementsAre("a", "b", "NAME"));
  EXPECT_EQ(report.agents[0].orders, 1U);
  EXPECT_EQ(report.agents[0].usage, 1U);
  EXPECT_TRUE(report.changed());

  EXPECT_EQ(vault.get(kWorker, "b"), "sk-test-b");
  const auto view = vault.view(kWorker);
  EXPECT_EQ(view.agent.inheritance, Inheritance::linked);
  EXPECT_THAT(*view.order_of(ProviderId("openai")), ElementsAre(ProfileId("b"), ProfileId("a")));
  EXPECT_THAT(*view.default_order_of(ProviderId("openai")), ElementsAre(ProfileId("a")));
  EXPECT_EQ(view.usage.at(ProfileId("a")).error_count, 0);
  EXPECT_EQ(vault.read([](Reading& reading) { return std::string(reading.foreign_of(kWorker, "openclaw").reveal()); }),
            R"({"x":""})");
}

// F07
TEST(Apply, ChangesNothingTheSecondTime) {
  TestVault vault;
  apply_and_commit(vault, full_batch(kWorker), OnConflict::fail);
  const auto before = vault.snapshot();
  for (const auto rule : {OnConflict::fail, OnConflict::skip, OnConflict::replace}) {
    const auto report = apply_and_commit(vault, full_batch(kWorker), rule);
    EXPECT_FALSE(report.changed());
    EXPECT_THAT(skipped_in(report.agents[0]),
                ElementsAre(Pair("a", "unchanged"), Pair("b", "unchanged"), Pair("NAME", "unchanged")));
  }
  EXPECT_EQ(vault.snapshot().records, before.records);
  EXPECT_EQ(vault.snapshot().agents, before.agents);
}

TEST(Apply, SkipsWhatDiffersWhenTold) {
  TestVault vault;
  apply_and_commit(vault, full_batch(kWorker), OnConflict::fail);
  const auto report = apply_and_commit(vault, full_batch(kWorker, "2"), OnConflict::skip);
  EXPECT_FALSE(report.changed());
  EXPECT_THAT(skipped_in(report.agents[0]),
              ElementsAre(Pair("a", "exists"), Pair("b", "exists"), Pair("NAME", "exists"),
                          Pair("order:openai", "exists"), Pair("usage:a", "exists"), Pair("document", "exists")));
  EXPECT_EQ(vault.get(kWorker, "a"), "sk-test-a");
  EXPECT_THAT(*vault.view(kWorker).default_order_of(ProviderId("openai")), ElementsAre(ProfileId("a")));
}

TEST(Apply, ReplacesWhatDiffersWhenTold) {
  TestVault vault;
  apply_and_commit(vault, full_batch(kWorker), OnConflict::fail);
  const auto report = apply_and_commit(vault, full_batch(kWorker, "2"), OnConflict::replace);
  EXPECT_THAT(report.agents[0].replaced, ElementsAre("a", "b", "NAME"));
  EXPECT_THAT(report.agents[0].added, IsEmpty());
  EXPECT_EQ(vault.get(kWorker, "a"), "sk-test-a2");
  EXPECT_EQ(vault.view(kWorker).usage.at(ProfileId("a")).error_count, 1);
  EXPECT_THAT(*vault.view(kWorker).default_order_of(ProviderId("openai")), ElementsAre(ProfileId("a2")));
  EXPECT_EQ(vault.read([](Reading& reading) { return std::string(reading.foreign_of(kWorker, "openclaw").reveal()); }),
            R"({"x":"2"})");
}

TEST(Apply, FailsAtTheFirstDifferenceAndNamesIt) {
  TestVault vault;
  vault.put(kMain, "b", "sk-test-held");
  const auto before = vault.snapshot();
  const Error error = error_of([&] { return apply_and_commit(vault, full_batch(kMain), OnConflict::fail); });
  EXPECT_EQ(error.code(), ErrorCode::already_exists);
  EXPECT_THAT(error.what(), HasSubstr("'b'"));
  EXPECT_EQ(std::string(error.what()).find("sk-test"), std::string::npos);
  EXPECT_EQ(vault.snapshot().records, before.records);
}

TEST(Apply, SeesAnyDifferenceInSheetOrSecret) {
  TestVault vault;
  apply_and_commit(vault, full_batch(kMain), OnConflict::fail);
  const auto differs = [&](auto&& change) {
    auto batch = full_batch(kMain);
    change(batch.agents.front().profiles.front());
    return code_of([&] { return apply_and_commit(vault, batch, OnConflict::fail); }) == ErrorCode::already_exists;
  };
  EXPECT_FALSE(differs([](ProfileDraft&) {}));
  EXPECT_FALSE(differs([](ProfileDraft& draft) { draft.sheet.created = {1}, draft.sheet.position = 9; }));
  EXPECT_TRUE(differs([](ProfileDraft& draft) { draft.sheet.email = "x"; }));
  EXPECT_TRUE(differs([](ProfileDraft& draft) { draft.sheet.expiry = Expiry::at({1}); }));
  EXPECT_TRUE(differs([](ProfileDraft& draft) { draft.sheet.provider = ProviderId("google"); }));
  EXPECT_TRUE(differs([](ProfileDraft& draft) { draft.credential.set(SecretField::token, SecretString()); }));
  EXPECT_TRUE(differs([](ProfileDraft& draft) { draft.credential.set_foreign(SecretString::copy_of("{\"y\":1}")); }));
}

TEST(Apply, ComparesWithTheAgentsOwnAndNotWithWhatItInherits) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, "a", "sk-test-shared");
  const auto report = apply_and_commit(vault, full_batch(kWorker), OnConflict::fail);
  EXPECT_FALSE(report.agents[0].created);
  EXPECT_EQ(vault.get(kWorker, "a"), "sk-test-a");
  EXPECT_EQ(vault.get(kMain, "a"), "sk-test-shared");
}

TEST(Apply, LeavesNothingWithoutACommit) {
  TestVault vault;
  const auto before = vault.snapshot();
  auto opened = vault.open();
  {
    auto writing = opened.write();
    EXPECT_TRUE(apply(writing, full_batch(kWorker), OnConflict::fail).changed());
  }
  EXPECT_EQ(vault.snapshot().records, before.records);
  EXPECT_EQ(vault.snapshot().agents, before.agents);
}

TEST(Apply, TellsItsProgressAfterEveryEntry) {
  TestVault vault;
  std::vector<std::size_t> done;
  vault.write([&](Writing& writing) {
    apply(writing, full_batch(kMain), OnConflict::fail, [&](std::size_t count, std::size_t all) {
      done.push_back(count);
      EXPECT_EQ(all, 6U);
    });
  });
  EXPECT_THAT(done, ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(Apply, KeepsTheSourcesOrderOfProfiles) {
  TestVault vault;
  auto batch = batch_for(kMain);
  for (const auto* id : {"z", "a", "m"}) batch.agents.front().profiles.push_back(draft(id, "sk-test-1"));
  apply_and_commit(vault, batch, OnConflict::fail);
  std::vector<std::string> ids;
  for (const auto& seen : vault.view(kMain).profiles) ids.push_back(seen.sheet.id.text());
  EXPECT_THAT(ids, ElementsAre("z", "a", "m"));
}

TEST(Apply, MakesAnAgentThatHasNothingToTake) {
  TestVault vault;
  const auto report = apply_and_commit(vault, batch_for(kWorker), OnConflict::fail);
  EXPECT_TRUE(report.changed());
  EXPECT_TRUE(vault.view(kWorker).profiles.empty());
}

// Fault O1
namespace {

ImportBatch wired_batch(const std::string& id, const std::string& inline_key = "") {
  auto batch = batch_for(kMain);
  auto one = draft(id, inline_key);
  if (inline_key.empty()) one.credential.erase(SecretField::key);
  one.sheet.key_ref = SecretRef{"exec", "claviger", "profile/" + id};
  batch.agents.front().profiles.push_back(std::move(one));
  return batch;
}

ProfileSheet stored_sheet(const TestVault& vault, const std::string& id) {
  return vault.read([&](Reading& reading) { return reading.find_profile(kMain, ProfileId(id))->sheet; });
}

}  // namespace

TEST(Apply, NeverReplacesASecretByAReferenceToTheVaultItself) {
  for (const auto rule : {OnConflict::replace, OnConflict::skip, OnConflict::fail}) {
    TestVault vault;
    vault.put(kMain, "a", "sk-test-held");
    const auto report = apply_and_commit(vault, wired_batch("a"), rule);
    EXPECT_THAT(skipped_in(report.agents[0]), ElementsAre(Pair("a", "already_wired")));
    EXPECT_FALSE(report.changed());
    EXPECT_EQ(vault.get(kMain, "a"), "sk-test-held");
  }
}

TEST(Apply, TakesNoReferenceToTheVaultItselfIntoAFreshVault) {
  TestVault vault;
  const auto report = apply_and_commit(vault, wired_batch("a"), OnConflict::skip);
  EXPECT_THAT(skipped_in(report.agents[0]), ElementsAre(Pair("a", "already_wired")));
  EXPECT_TRUE(vault.view(kMain).profiles.empty());
}

TEST(Apply, TakesAnInlineSecretWithoutTheReferenceToTheVaultBesideIt) {
  TestVault vault;
  const auto batch = wired_batch("a", "sk-test-inline");
  const auto report = apply_and_commit(vault, batch, OnConflict::skip);
  EXPECT_EQ(vault.get(kMain, "a"), "sk-test-inline");
  EXPECT_EQ(stored_sheet(vault, "a").key_ref, std::nullopt);
  EXPECT_NO_THROW(vault.read([&](Reading& reading) { return verify_applied(reading, batch, report), 0; }));
}

TEST(Apply, KeepsTheHeldSecretWhenTheWiredSourceHasAnOlderOneInline) {
  TestVault vault;
  vault.put(kMain, "a", "sk-test-held");
  apply_and_commit(vault, wired_batch("a", "sk-test-dead"), OnConflict::replace);
  EXPECT_EQ(vault.get(kMain, "a"), "sk-test-held");
}

TEST(Apply, NeverReplacesASecretByWhatIsNone) {
  const auto kept = [](auto&& make_empty) {
    TestVault vault;
    vault.put(kMain, "a", "sk-test-held");
    auto batch = batch_for(kMain);
    batch.agents.front().profiles.push_back(draft("a", ""));
    make_empty(batch.agents.front().profiles.front());
    const auto report = apply_and_commit(vault, batch, OnConflict::replace);
    EXPECT_THAT(skipped_in(report.agents[0]), ElementsAre(Pair("a", "no_secret")));
    return vault.get(kMain, "a") == "sk-test-held";
  };
  EXPECT_TRUE(kept([](ProfileDraft&) {}));
  EXPECT_TRUE(kept([](ProfileDraft& draft) {
    draft.sheet.key_ref = SecretRef{"env", std::nullopt, "OPENAI_API_KEY"};
  }));
  EXPECT_TRUE(kept([](ProfileDraft& draft) { draft.credential = key_credential("${OPENAI_API_KEY}"); }));
  EXPECT_TRUE(kept([](ProfileDraft& draft) { draft.credential = key_credential("[REDACTED]"); }));
}

TEST(Apply, ReplacesAReferenceByASecretWhenTold) {
  TestVault vault;
  auto batch = batch_for(kMain);
  batch.agents.front().profiles.push_back(draft("a", ""));
  batch.agents.front().profiles.front().sheet.key_ref = SecretRef{"env", std::nullopt, "OPENAI_API_KEY"};
  apply_and_commit(vault, batch, OnConflict::fail);
  const auto report = apply_and_commit(vault, full_batch(kMain), OnConflict::replace);
  EXPECT_EQ(vault.get(kMain, "a"), "sk-test-a");
  EXPECT_EQ(stored_sheet(vault, "a").key_ref, std::nullopt);
  EXPECT_THAT(report.agents[0].replaced, ElementsAre("a"));
}

// Fault T4
TEST(Apply, SaysWhetherTheSecretDiffersOrOnlyWhatIsSaidOfIt) {
  TestVault vault;
  apply_and_commit(vault, full_batch(kMain), OnConflict::fail);
  auto batch = full_batch(kMain);
  batch.agents.front().profiles[0].sheet.display_name = "Another name";
  batch.agents.front().profiles[1].credential = key_credential("sk-test-other");
  const auto skipped = apply_and_commit(vault, batch, OnConflict::skip).agents[0];
  EXPECT_THAT(skipped_in(skipped), ElementsAre(Pair("a", "details"), Pair("b", "exists"), Pair("NAME", "unchanged")));
  const auto replaced = apply_and_commit(vault, batch, OnConflict::replace).agents[0];
  EXPECT_THAT(replaced.replaced, ElementsAre("a", "b"));
  EXPECT_THAT(replaced.lost, ElementsAre("b"));
}

// Fault O14
TEST(Apply, CountsProfilesApartFromVariables) {
  TestVault vault;
  const auto added = apply_and_commit(vault, full_batch(kMain), OnConflict::fail).agents[0];
  EXPECT_EQ(added.added_profiles, 2U);
  const auto replaced = apply_and_commit(vault, full_batch(kMain, "2"), OnConflict::replace).agents[0];
  EXPECT_EQ(replaced.replaced_profiles, 2U);
  EXPECT_THAT(replaced.lost, ElementsAre("a", "b", "NAME"));
}

// Who commits only what changed must not lose these.
TEST(ApplyReports, CountDefaultOrdersAsAChange) {
  TestVault vault;
  auto batch = batch_for(kMain);
  batch.default_orders.push_back({ProviderId("openai"), std::vector{ProfileId("a")}});
  EXPECT_TRUE(apply_and_commit(vault, batch, OnConflict::fail).changed());
  EXPECT_FALSE(apply_and_commit(vault, batch, OnConflict::fail).changed());
}

TEST(ApplyReports, CountForeignMembersAsAChange) {
  TestVault vault;
  auto batch = batch_for(kMain);
  batch.agents.front().foreign = SecretString::copy_of("{}");
  EXPECT_TRUE(apply_and_commit(vault, batch, OnConflict::fail).changed());
  EXPECT_FALSE(apply_and_commit(vault, batch, OnConflict::fail).changed());
}

}  // namespace
}  // namespace vault::testing
