// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/status_report.h"

#include <gtest/gtest.h>

#include "tests/policy/profiles.h"
#include "vault/selection/provider_groups.h"

namespace vault::testing {
namespace {

AgentView view_of(std::vector<Profile> profiles) {
  AgentView view{{AgentName::shared(), Inheritance::linked, {}}, {}, {}, {}, {}, {}, {}, {}};
  for (auto& profile : profiles) view.profiles.push_back({std::move(profile.sheet), AgentName::shared(), false});
  return view;
}

std::vector<std::string> words_of(const ResolvedOrder& order) {
  std::vector<std::string> words{std::string(name_of(order.source)), order.repaired ? "repaired" : "as it is"};
  for (const auto& candidate : order.candidates) words.push_back(candidate.sheet->id.text());
  for (const auto& excluded : order.excluded)
    words.push_back(excluded.id.text() + " " + std::string(name_of(excluded.reason)));
  return words;
}

// P1: one look at all profiles, and the same answers as one look a provider.
TEST(ProviderGroups, AnswerAsTheWholeViewDoes) {
  auto view =
      view_of({api_key("openai:a", "openai"), api_key("anthropic:b", "anthropic"), token("anthropic:c", "anthropic"),
               token("claude-cli:d", "claude-cli"), api_key("groq:e", "groq").without_secret()});
  ProviderOrder order{ProviderId("anthropic")};
  order.ids = std::vector{ProfileId("anthropic:b"), ProfileId("openai:a"), ProfileId("gone")};
  view.orders.push_back(order);
  const ProviderGroups groups(view);
  for (const auto* const name : {"openai", "anthropic", "claude-cli", "groq", "unknown"}) {
    const ProviderId provider{std::string(name)};
    EXPECT_EQ(words_of(groups.resolve(provider, kNow)), words_of(view.resolve(provider, kNow))) << name;
  }
  EXPECT_EQ(groups.find(ProfileId("groq:e")), &view.profiles.back());
  EXPECT_EQ(groups.find(ProfileId("gone")), nullptr);
}

// T1: OpenClaw refreshes its own copy; the vault's is over all the same.
TEST(StatusReport, LeavesRefreshableLoginsUncountedWhenAsked) {
  const auto view = view_of({oauth("a:login", "a").with(SecretField::refresh).expires_in(-kDay),
                             oauth("b:login", "b").with(SecretField::refresh).expires_in(kMinute)});
  StatusQuestion question;
  EXPECT_EQ(report_status(view, question, kNow).verdict.exit_code, 1);
  question.ignore_refreshable = true;
  const auto report = report_status(view, question, kNow);
  EXPECT_EQ(report.verdict.exit_code, 0);
  EXPECT_EQ(report.profiles.front().status.health, Health::expired);
}

TEST(StatusReport, StillCountsALoginThatNobodyCanRefresh) {
  const auto view = view_of({oauth("a:login", "a").without_secret().with(SecretField::access).expires_in(-kDay)});
  StatusQuestion question;
  question.ignore_refreshable = true;
  EXPECT_EQ(report_status(view, question, kNow).verdict.exit_code, 1);
}

}  // namespace
}  // namespace vault::testing
