// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/history.h"
#include "tests/log/logged_vault.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Histories : public LoggedVault {
 protected:
  Histories() {
    vault_.add_agent(kWorker);
    put(kMain, "a");
    put(kWorker, "w");
    put(kMain, "b");
  }
  void put(const AgentName& agent, const std::string& id) {
    vault_.pass(1000);
    vault_.put(agent, id, "sk-test-x");
  }
  static std::vector<std::string> in_words(const History& history) {
    std::vector<std::string> all;
    for (const auto& one : history.entries)
      all.push_back((one.log ? one.log->text() : "vault") + ": " + in_short(one.entry));
    return all;
  }
  History asked(const HistoryRequest& request) const {
    auto opened = vault_.open();
    return history(opened, request);
  }
};

TEST_F(Histories, GiveTheNewestFirstOfAllLogs) {
  const auto found = asked({{}, 4});
  EXPECT_THAT(in_words(found), ElementsAre("main: added profile b", "worker: added profile w", "main: added profile a",
                                           "vault: added agent worker"));
  EXPECT_EQ(found.older, 3U);
  ASSERT_THAT(found.logs, SizeIs(3));
  EXPECT_FALSE(found.logs[0].log) << "the vault's own first";
  EXPECT_TRUE(found.whole());
}

TEST_F(Histories, OfOneAgentAreItsAlone) {
  EXPECT_THAT(in_words(asked({kMain, 10})), ElementsAre("main: added profile b", "main: added profile a"));
  EXPECT_EQ(code_of([&] { return asked({AgentName("nobody"), 10}); }), ErrorCode::not_found);
}

TEST_F(Histories, ThroughATokenAreThatAgentsAndRootsEntriesCountAsRoots) {
  auto holder = with_token(kWorker, SharedProfiles::readable);
  put_with(holder, kWorker, "by-token");
  const auto found = history(holder, {{}, 10});
  EXPECT_THAT(in_words(found), ElementsAre("worker: added profile by-token", "worker: added profile w"));
  EXPECT_TRUE(found.entries[0].self_reported);
  EXPECT_FALSE(found.entries[1].self_reported);
  EXPECT_EQ(code_of([&] { return history(holder, {kMain, 10}); }), ErrorCode::denied);
}

TEST_F(Histories, KeepALogsOrderWhateverTheClockSaid) {
  vault_.pass(-10'000'000);
  vault_.put(kMain, "in the past", "sk-test-x");
  EXPECT_EQ(in_words(asked({kMain, 2})).front(), "main: added profile in the past");
}

TEST_F(Histories, GiveWhatOpensOfALogThatIsNotWhole) {
  const auto main = vault_.agent_id(kMain);
  vault_.raw([&](Transaction& transaction) {
    auto rows = log_rows_in(transaction);
    rows.erase(std::ranges::find(rows, LogOwner{main}, &LogRow::agent));
    put_log_back(transaction, rows);
  });
  const auto found = asked({kMain, 10});
  EXPECT_FALSE(found.whole());
  EXPECT_FALSE(found.logs[0].what.empty());
  EXPECT_THAT(in_words(found), ElementsAre("main: added profile b"));
}

TEST_F(Histories, WithoutALimitAreAVerdictAlone) {
  const auto found = asked({});
  EXPECT_THAT(found.entries, IsEmpty());
  EXPECT_EQ(found.older, 7U);
}

}  // namespace
}  // namespace vault::testing
