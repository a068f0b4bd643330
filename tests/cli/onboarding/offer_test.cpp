// SPDX-License-Identifier: Apache-2.0
#include "cli/onboarding/offer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/onboarding/offer_words.h"
#include "cli/onboarding/taking.h"
#include "vault/base/error.h"
#include "vault/passing_vault.h"

namespace {

using cli::OfferedSource;
using cli::Plan;
using cli::SourceKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using vault::AgentName;
using vault::CredentialKind;
using vault::SecretField;
using vault::SecretString;

constexpr std::int64_t kNow = 1'800'000'000'000, kDay = 86'400'000;

vault::ProfileDraft key(const std::string& id, std::string_view secret) {
  vault::ProfileDraft draft{{vault::ProfileId(id), vault::ProviderId("p")}, {}};
  draft.credential.set(SecretField::key, SecretString::copy_of(secret));
  return draft;
}

vault::ProfileDraft login(const std::string& id, std::string_view access, std::int64_t ends) {
  vault::ProfileDraft draft{{vault::ProfileId(id), vault::ProviderId("p"), CredentialKind::oauth}, {}};
  draft.sheet.expiry = vault::Expiry::at({ends});
  draft.credential.set(SecretField::access, SecretString::copy_of(access));
  draft.credential.set(SecretField::refresh, SecretString::copy_of("test-refresh"));
  return draft;
}

template <class... Drafts>
OfferedSource source(SourceKind kind, Drafts... drafts) {
  OfferedSource made{{kind, "/somewhere"}, vault::ImportBatch{}};
  auto& batch = made.batch->agents.emplace_back(AgentName::shared());
  (batch.profiles.push_back(std::move(drafts)), ...);
  return made;
}

class Offers : public testing::Test {
 protected:
  void put(vault::ProfileDraft draft) {
    auto writing = vault_.write();
    writing.put_profile(AgentName::shared(), draft.sheet, draft.credential);
    writing.commit();
  }
  void make() {
    make_offers(sources_, {kNow}, [this] { return vault_.write(); });
  }
  std::vector<Plan> plans() const {
    std::vector<Plan> all;
    for (const auto& one : sources_) {
      for (const auto& offer : one.offers) all.push_back(offer.plan);
    }
    return all;
  }

  vault::UnlockedVault vault_ = vault::make_passing_vault({});
  std::vector<OfferedSource> sources_;
};

TEST_F(Offers, AddWhatTheVaultDoesNotHaveAndTickIt) {
  sources_.push_back(source(SourceKind::openclaw, key("p:a", "test-a"), key("p:b", "test-b")));
  make();
  EXPECT_THAT(plans(), ElementsAre(Plan::add, Plan::add));
  EXPECT_EQ(sources_[0].offers[1].number, 2U);
  EXPECT_TRUE(sources_[0].offers[1].ticked);
}

TEST_F(Offers, LeaveTheVaultAsItWas) {
  sources_.push_back(source(SourceKind::openclaw, key("p:a", "test-a")));
  make();
  EXPECT_TRUE(vault_.read().own_contents(AgentName::shared()).profiles.empty());
}

TEST_F(Offers, TellWhatIsThereFromWhatHasAnotherValue) {
  put(key("p:same", "test-same"));
  put(key("p:other", "test-other"));
  sources_.push_back(source(SourceKind::openclaw, key("p:same", "test-same"), key("p:other", "test-changed")));
  make();
  EXPECT_THAT(plans(), ElementsAre(Plan::there_already, Plan::keep));
  EXPECT_FALSE(sources_[0].offers[0].can_be_ticked());
  EXPECT_TRUE(sources_[0].offers[1].can_be_ticked());
  EXPECT_FALSE(sources_[0].offers[1].ticked);
}

TEST_F(Offers, TickALoginThatEndsLaterThanTheVaultsAndNoOlderOne) {
  put(login("p:later", "test-old", kNow + kDay));
  put(login("p:older", "test-old", kNow + 3 * kDay));
  sources_.push_back(source(SourceKind::claude, login("p:later", "test-new", kNow + 2 * kDay),
                            login("p:older", "test-new", kNow + 2 * kDay)));
  make();
  EXPECT_THAT(plans(), ElementsAre(Plan::add_newer, Plan::keep));
  EXPECT_TRUE(sources_[0].offers[0].ticked);
}

TEST_F(Offers, PointToTheEarlierSourceThatHasTheName) {
  sources_.push_back(source(SourceKind::openclaw, key("p:x", "test-x"), key("p:a", "test-a"), key("p:b", "test-b")));
  sources_.push_back(source(SourceKind::dotenv, key("p:a", "test-a"), key("p:b", "test-else")));
  make();
  EXPECT_EQ(sources_[1].offers[0].plan, Plan::same_as_above);
  EXPECT_EQ(sources_[1].offers[0].above, 2U);
  EXPECT_EQ(plan_words(sources_[1].offers[1]), "keep 3");
}

TEST_F(Offers, LeaveOutASourceThatTheVaultRefusesAndOfferTheRest) {
  auto bad = key("p:bad", "test-bad");
  bad.sheet.email = std::string(vault::kLongestLabel + 1, 'x');
  sources_.push_back(source(SourceKind::openclaw, key("p:a", "test-a"), std::move(bad)));
  sources_.push_back(source(SourceKind::claude, key("p:a", "test-other")));
  make();
  ASSERT_TRUE(sources_[0].place.trouble);
  EXPECT_TRUE(sources_[0].offers.empty());
  EXPECT_THAT(plans(), ElementsAre(Plan::add));
}

TEST_F(Offers, SayInWordsWhenALoginEnds) {
  sources_.push_back(source(SourceKind::claude, login("p:a", "test", kNow + 3 * kDay), login("p:b", "test", kNow - 1),
                            key("p:c", "test")));
  make();
  EXPECT_EQ(sources_[0].offers[0].ends, "in 3 days");
  EXPECT_EQ(sources_[0].offers[1].ends, "refresh due");
  EXPECT_EQ(sources_[0].offers[2].ends, "never");
}

TEST_F(Offers, ShowNoSecretAndNoControlCharacterInTheTable) {
  sources_.push_back(source(SourceKind::openclaw, key("p:\x1b[31mred", "test-secret-value")));
  sources_.push_back({{SourceKind::codex, "/x", vault::Error(vault::ErrorCode::bad_input, "odd \x1b text")}, {}, {}});
  make();
  const auto text = offer_table(sources_, {});
  EXPECT_THAT(text, Not(HasSubstr("test-secret-value")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("[x]  1  main   p:\\x1b[31mred"));
  EXPECT_THAT(text, HasSubstr("cannot be read: odd"));
}

TEST_F(Offers, FitTheirTableIntoAScreenOf80Columns) {
  put(key("p:other", "test-other"));
  sources_.push_back(source(SourceKind::openclaw, key("p:other", "test-changed"),
                            login("p:" + std::string(60, 'x'), "test", kNow + 3 * kDay)));
  sources_.push_back(source(SourceKind::gemini));
  make();
  const auto text = offer_table(sources_, {80, cli::Colour::off, cli::Glyphs::ascii});
  EXPECT_THAT(text, HasSubstr("\nOpenClaw in '/somewhere'\n[ ]  1  main   p:other"));
  EXPECT_THAT(text, HasSubstr("p:" + std::string(60, 'x') + "\n")) << "an id that does not fit beside the rest";
  EXPECT_THAT(text, HasSubstr("\nGemini in '/somewhere'\n  nothing in it to take\n"));
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) EXPECT_LE(text.find('\n', at) - at, 80U);
}

TEST_F(Offers, AreReportedAsTheyAreTicked) {
  put(key("p:other", "test-other"));
  sources_.push_back(
      source(SourceKind::openclaw, key("p:a", "test-a"), key("p:b", "test-b"), key("p:other", "test-x")));
  make();
  sources_[0].offers[1].ticked = false;
  sources_[0].offers[2].ticked = true;
  const auto report = planned_report(sources_[0]);
  EXPECT_THAT(report.agents[0].added, ElementsAre("p:a"));
  EXPECT_THAT(report.agents[0].replaced, ElementsAre("p:other"));
  EXPECT_EQ(report.agents[0].skipped.front().reason, "not_chosen");
  EXPECT_EQ(cli::taken_words(report, true), "would add 1 profile; would replace 1 profile");
}

}  // namespace
