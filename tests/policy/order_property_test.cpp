// SPDX-License-Identifier: Apache-2.0
// Random small stores and orders, full of edges, resolved twice: by the real thing and by the naive reading.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "tests/policy/naive_order.h"
#include "tests/policy/profiles.h"

namespace vault::testing {
namespace {

constexpr int kCases = 30'000;

// Draws by remainder, as the distributions of the standard library differ from one to the next.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t end) { return engine_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class T, std::size_t n>
  const T& pick(const std::array<T, n>& from) {
    return from[below(n)];
  }

 private:
  std::mt19937 engine_;
};

constexpr std::array kIds = {"a", "b", "c", "d", "e", "f", "g"};
constexpr std::array kProviders = {"xai", "xai", "xai", " XAI ", "x-ai", "other", "openrouter"};
constexpr std::array kModes = {"api_key", "token", "oauth", "aws-sdk"};
constexpr std::array kKinds = {CredentialKind::api_key, CredentialKind::token, CredentialKind::oauth};
constexpr std::array<std::int64_t, 10> kTimes = {kNow.ms - kHour,   kNow.ms - 1,          kNow.ms, kNow.ms + 1,
                                                 kNow.ms + kDay,    kNow.ms + kDay + 1,   0,       -1,
                                                 kLastTimestamp.ms, kLastTimestamp.ms + 1};

Expiry draw_expiry(Dice& dice) {
  if (dice.one_in(3)) return Expiry::none();
  if (dice.one_in(10)) return Expiry::invalid("\"soon\"");
  return Expiry::at({dice.pick(kTimes)});
}

std::optional<Timestamp> draw_window(Dice& dice) {
  if (!dice.one_in(4)) return std::nullopt;
  return Timestamp{dice.pick(kTimes)};
}

Profile draw_profile(Dice& dice) {
  auto made = profile(dice.pick(kKinds), dice.pick(kIds), dice.pick(kProviders));
  made.expires(draw_expiry(dice));
  if (dice.one_in(4)) made.without_secret();
  if (dice.one_in(5)) made.with(SecretField::refresh);
  if (dice.one_in(8)) made.with_key_ref();
  if (dice.one_in(8)) made.with_token_ref();
  made.sheet.setup_replacement = dice.one_in(12);
  made.sheet.malformed_key = dice.one_in(12);
  made.sheet.placeholder = dice.one_in(12) && made.sheet.usable_fields.contains(main_field(made.sheet.kind));
  made.sheet.unresolved_oauth_ref = dice.one_in(6);
  if (!dice.one_in(3)) made.last_used(std::int64_t(dice.below(4)));
  made.usage.cooldown_until = draw_window(dice);
  made.usage.disabled_until = draw_window(dice);
  made.usage.blocked_until = draw_window(dice);
  return made;
}

std::vector<ProfileId> draw_order(Dice& dice) {
  std::vector<ProfileId> order;
  for (auto count = dice.below(6); count > 0; --count) order.emplace_back(dice.one_in(6) ? "gone" : dice.pick(kIds));
  return order;
}

struct Drawn {
  std::vector<Profile> profiles;
  std::vector<ProfileView> views;
  std::optional<std::vector<ProfileId>> agent_order, default_order;
  std::vector<DeclaredProfile> declared;
  OrderQuestion question{.provider = ProviderId("xai"), .profiles = {}};
};

Drawn draw(Dice& dice) {
  Drawn drawn;
  for (auto count = dice.below(8); count > 0; --count) drawn.profiles.push_back(draw_profile(dice));
  drawn.views = views_of(drawn.profiles);
  for (auto& view : drawn.views) {
    if (dice.one_in(5)) view.usage = nullptr;
  }
  if (dice.one_in(3)) drawn.agent_order = draw_order(dice);
  if (dice.one_in(3)) drawn.default_order = draw_order(dice);
  for (auto count = dice.one_in(3) ? dice.below(4) : 0; count > 0; --count) {
    drawn.declared.push_back({ProfileId(dice.pick(kIds)), ProviderId(dice.pick(kProviders)), dice.pick(kModes)});
  }
  if (dice.one_in(4)) drawn.question.preferred = ProfileId(dice.pick(kIds));
  if (dice.one_in(8)) drawn.question.provider = ProviderId(dice.pick(kProviders));
  return drawn;
}

// Points the question at what it asks about, once that has found its place.
const OrderQuestion& settled(Drawn& drawn) {
  drawn.question.profiles = drawn.views;
  drawn.question.declared = drawn.declared;
  if (drawn.agent_order) drawn.question.agent_order = &*drawn.agent_order;
  if (drawn.default_order) drawn.question.default_order = &*drawn.default_order;
  return drawn.question;
}

// The profiles of the question's provider that are not hidden by one of the same id.
std::vector<ProfileView> of_provider(const OrderQuestion& question) {
  std::vector<ProfileView> views;
  std::map<std::string, int> seen;
  for (const auto& view : question.profiles) {
    const bool first = seen[view.sheet->id.text()]++ == 0;
    if (first && lookup_provider(view.sheet->provider) == lookup_provider(question.provider)) views.push_back(view);
  }
  return views;
}

TEST(OrderProperty, AgreesWithANaiveReadingOfTheRules) {
  Dice dice(20'260'906);
  std::map<std::string, int> kinds_of_answer;
  for (int i = 0; i < kCases; ++i) {
    auto drawn = draw(dice);
    const auto& question = settled(drawn);
    const auto expected = naive_answer(question, kNow);

    const auto order = resolve_order(question, kNow);

    ASSERT_EQ(candidate_ids(order), expected.candidates) << "case " << i;
    ASSERT_EQ(exclusions(order), expected.excluded) << "case " << i;
    ASSERT_EQ(name_of(order.source), expected.source) << "case " << i;
    ASSERT_EQ(order.repaired, expected.repaired) << "case " << i;
    ASSERT_EQ(name_of(roll_up(order, of_provider(question), kNow)), expected.health) << "case " << i;
    ++kinds_of_answer[expected.source];
    ++kinds_of_answer[expected.health];
    kinds_of_answer["repaired"] += expected.repaired;
  }
  // A draw that never reaches a rule would prove nothing about it.
  for (const auto* kind : {"pin", "agent order", "default order", "selected automatically", "repaired", "ok", "static",
                           "expiring", "expired", "missing"}) {
    EXPECT_GT(kinds_of_answer[kind], 100) << kind;
  }
}

}  // namespace
}  // namespace vault::testing
