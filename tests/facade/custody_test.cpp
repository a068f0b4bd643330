// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"
#include "vault/custodies.h"

namespace vault::testing {
namespace {

const ProfileId kLogin{"openai:work"};

class CustodyOfALogin : public ::testing::Test {
 protected:
  CustodyOfALogin() {
    vault_.add_agent(kWorker);
    const auto sheet = vault_.put(kWorker, kLogin.text(), "sk-test-login");
    custody_.owner = CustodyOwner::claviger;
    custody_.secret = sheet.secret_revision;
    put();
  }
  void put() {
    vault_.write([&](Writing& writing) { put_custody(writing, kWorker, custody_); });
  }
  std::optional<Custody> stored(const ProfileId& login = kLogin) const {
    return vault_.read([&](Reading& reading) { return custody_of(reading, kWorker, login); });
  }
  void claim(std::int64_t for_ms) {
    custody_.state = CustodyState::claimed;
    custody_.claim = Claim{test_id<AttemptId>(1), test_id<HolderId>(2), {vault_.now().ms + for_ms}};
    put();
  }

  TestVault vault_;
  Custody custody_{.profile = kLogin, .entry = "openai", .endpoint = "https://auth.openai.com"};
};

TEST_F(CustodyOfALogin, IsReadAsItWasWritten) { EXPECT_EQ(stored(), custody_); }

TEST_F(CustodyOfALogin, IsNoProfileAnywhere) {
  const auto view = vault_.view(kWorker);
  EXPECT_EQ(view.profiles.size(), 1U);
  vault_.read([&](Reading& reading) {
    EXPECT_EQ(reading.listing(kWorker).size(), 1U);
    EXPECT_EQ(reading.own_contents(kWorker).profiles.size(), 1U);
    std::size_t secrets = 0;
    const auto count = [&](const auto&, const auto&) { ++secrets; };
    reading.for_each_own_secret(kWorker, {count, count, count});
    EXPECT_EQ(secrets, 1U);
    return 0;
  });
}

TEST_F(CustodyOfALogin, IsRefusedBeyondItsBounds) {
  custody_.endpoint = "https://auth.openai.com/oauth/token";
  EXPECT_EQ(code_of([&] { return put(), 0; }), ErrorCode::bad_input);
  custody_.endpoint = "https://auth.openai.com";
  custody_.state = CustodyState::claimed;
  EXPECT_EQ(code_of([&] { return put(), 0; }), ErrorCode::bad_input);
}

TEST_F(CustodyOfALogin, FollowsTheLoginToItsNewName) {
  vault_.write([](Writing& writing) { writing.rename_profile(kWorker, kLogin, ProfileId("new")); });
  EXPECT_FALSE(stored());
  const auto moved = stored(ProfileId("new"));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->profile, ProfileId("new"));
  EXPECT_EQ(moved->secret, vault_.view(kWorker).profiles.front().sheet.secret_revision);
}

// What the endpoint answers is kept for the old name.
TEST_F(CustodyOfALogin, KeepsItsNameWhileAClaimStands) {
  claim(1);
  const auto rename = [&] {
    vault_.write([](Writing& writing) { writing.rename_profile(kWorker, kLogin, ProfileId("new")); });
    return 0;
  };
  EXPECT_EQ(code_of(rename), ErrorCode::busy);
  vault_.pass(kClocksDifferByMs + 1);
  EXPECT_EQ(code_of(rename), std::nullopt);
  EXPECT_EQ(stored(ProfileId("new"))->claim, custody_.claim);
}

TEST_F(CustodyOfALogin, GoesWithTheLogin) {
  vault_.write([](Writing& writing) { writing.remove_profile(kWorker, kLogin); });
  EXPECT_FALSE(stored());
  EXPECT_TRUE(vault_.read([](Reading& reading) { return custodies_of(reading, kWorker); }).empty());
}

// Two that are owned would spend one refresh token.
TEST_F(CustodyOfALogin, StaysWithTheLoginWhenThatIsCopied) {
  vault_.write([](Writing& writing) {
    const auto seen = *writing.find_profile(kWorker, kLogin);
    auto copy = seen.sheet;
    copy.id = ProfileId("copy");
    writing.put_profile(kWorker, copy, writing.credential_of(seen));
  });
  EXPECT_TRUE(stored());
  EXPECT_FALSE(stored(ProfileId("copy")));
}

TEST_F(CustodyOfALogin, SaysNothingOfALoginThatTookItsPlace) {
  const auto replaced = vault_.put(kWorker, kLogin.text(), "sk-test-other");
  EXPECT_NE(stored()->secret, replaced.secret_revision);
}

TEST_F(CustodyOfALogin, IsInDoubtOnceAnOlderStateCounts) {
  auto opened = vault_.open();
  auto session = opened.session(Access::write);
  doubt_owned_logins(session);
  session.commit();
  EXPECT_EQ(stored()->state, CustodyState::unknown);
  EXPECT_EQ(stored()->claim->until, vault_.now());
}

TEST_F(CustodyOfALogin, IsLoggedAsSuch) {
  std::vector<LogSubject> subjects;
  auto opened = vault_.open();
  auto session = opened.session(Access::read);
  session.open(kWorker).ledger.read_log(nullptr,
                                        [&](const LoggedEntry& logged) { subjects.push_back(logged.entry.subject); });
  EXPECT_THAT(subjects, ::testing::Contains(LogSubject::custody));
}

}  // namespace
}  // namespace vault::testing
