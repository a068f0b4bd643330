// SPDX-License-Identifier: Apache-2.0
// The protocol as a state machine: every order of the steps of two and three processes, on one host and on two, with
// one of them killed, stopped for an hour or overtaken by new keys between any two steps, and clocks that are off by
// 50 s. In every end state: no refresh token was sent against the invariant, and a settled login is not older than the
// newest answer that was kept.
#include <gtest/gtest.h>

#include "tests/oauth/world.h"

namespace vault::testing {
namespace {

// One run after the other through a tree of choices: the first options first, then the last choice that has more.
class Choices {
 public:
  std::size_t choose(std::size_t options) {
    if (at_ == taken_.size()) taken_.push_back({0, options});
    return taken_[at_++].choice;
  }
  bool advance() {
    at_ = 0;
    while (!taken_.empty() && taken_.back().choice + 1 == taken_.back().options) taken_.pop_back();
    if (taken_.empty()) return false;
    ++taken_.back().choice;
    return true;
  }

 private:
  struct Taken {
    std::size_t choice, options;
  };
  std::vector<Taken> taken_;
  std::size_t at_ = 0;
};

enum class Event { none, killed, stopped, new_keys };

struct Scenario {
  std::vector<bool> is_there;        // of each process: on the other host
  std::vector<std::int64_t> begins;  // of each process
  std::int64_t clock_off_ms = 0;     // of the other host
  Behaviour first = Behaviour::rotates;
  std::vector<Event> events;  // of which one happens, or none
};

class Run {
 public:
  Run(const Scenario& scenario, Choices& choices) : scenario_(scenario), choices_(choices) {
    world_.there.clock_off_ms = scenario.clock_off_ms;
    world_.endpoint.next(scenario.first);
    for (const bool there : scenario.is_there) processes_.push_back(world_.start(there ? world_.there : world_.here));
    for (std::size_t i = 0; i < processes_.size(); ++i) processes_[i].wakes_ms = scenario.begins[i];
  }

  void to_the_end() {
    while (const auto option = next_option()) carry_out(*option);
    expect_a_right_end("at the end");
    if (::testing::Test::HasFatalFailure()) return;
    // Timers come round on both hosts, when no access token lives any more.
    world_.pass(2 * kHourMs);
    timers_came_round_ = true;
    for (auto* const host : {&world_.there, &world_.here}) world_.run_one(*host);
    expect_a_right_end("after the timers");
  }

 private:
  struct Option {
    std::size_t process;
    Event event;
  };

  std::optional<Option> next_option() {
    std::vector<Option> options;
    for (std::size_t i = 0; i < processes_.size(); ++i) {
      if (processes_[i].is_over()) continue;
      options.push_back({i, Event::none});
      if (!had_event_)
        for (const auto event : scenario_.events) options.push_back({i, event});
    }
    if (options.empty()) return std::nullopt;
    const auto chosen = options[choices_.choose(options.size())];
    story_ += " " + std::to_string(chosen.process) + "." + std::to_string(int(chosen.event));
    return chosen;
  }

  void carry_out(const Option& option) {
    auto& process = processes_[option.process];
    had_event_ = had_event_ || option.event != Event::none;
    switch (option.event) {
      case Event::none: break;
      case Event::killed:
        world_.kill(process);
        was_disturbed_ = true;
        return;
      case Event::stopped: process.wakes_ms = world_.time() + kHourMs; break;
      case Event::new_keys: was_disturbed_ = world_.take_new_keys(); break;
    }
    world_.step(process);
    // Each attempt to settle takes its time, so that there are not so many.
    const bool settles_again = !process.is_over() && process.wakes_ms == world_.time() + kSettleAgainMs;
    if (settles_again) process.wakes_ms = world_.time() + 20'000;
  }

  void expect_a_right_end(const char* when) {
    const auto what = [&] { return story_ + " " + when; };
    ASSERT_TRUE(world_.endpoint.faults().empty()) << world_.endpoint.faults().front() << what();
    const auto custody = world_.custody();
    const auto grant = world_.grant();
    if (custody.state == CustodyState::settled) {
      ASSERT_GE(grant, world_.newest_kept()) << what();
      ASSERT_EQ(custody.secret, world_.sheet().secret_revision) << what();
    }
    // Nobody died, nobody was overtaken by new keys and no answer was lost: neither is a login, once each host has
    // looked at what it has kept.
    if (!timers_came_round_ || was_disturbed_ || scenario_.first == Behaviour::loses_answer) return;
    ASSERT_NE(custody.state, CustodyState::lost) << what();
    if (custody.state == CustodyState::settled) {
      ASSERT_EQ(grant, world_.endpoint.grants()) << what();
    }
  }

  const Scenario& scenario_;
  Choices& choices_;
  World world_;
  std::vector<World::Process> processes_;
  bool had_event_ = false, was_disturbed_ = false, timers_came_round_ = false;
  std::string story_;
};

std::size_t explore(const Scenario& scenario) {
  Choices choices;
  std::size_t runs = 0;
  do {
    Run(scenario, choices).to_the_end();
    ++runs;
  } while (!::testing::Test::HasFailure() && choices.advance());
  return runs;
}

class EveryOrderOfSteps : public ::testing::TestWithParam<std::int64_t> {  // how far the other host's clock is off
 protected:
  // The second begins with the first, or when the first's access token and claim are over.
  void expect_right_ends(std::vector<bool> is_there, std::vector<std::int64_t> begins, std::vector<Event> events) {
    for (const auto first : {Behaviour::rotates, Behaviour::loses_answer}) {
      const auto runs = explore({is_there, begins, GetParam(), first, events});
      EXPECT_GT(runs, is_there.size());
    }
  }
  const std::vector<Event> events_{Event::killed, Event::stopped, Event::new_keys};
};

TEST_P(EveryOrderOfSteps, OfTwoProcessesOnOneHost) { expect_right_ends({false, false}, {0, 0}, events_); }

TEST_P(EveryOrderOfSteps, OfTwoProcessesOnTwoHosts) { expect_right_ends({false, true}, {0, 0}, events_); }

TEST_P(EveryOrderOfSteps, OfOneThatComesWhenTheAccessTokenIsOver) {
  expect_right_ends({false, true}, {0, 50 * kMinuteMs}, events_);
}

TEST_P(EveryOrderOfSteps, OfOneThatComesWhenTheClaimIsOver) { expect_right_ends({true, false}, {0, 100'000}, events_); }

TEST_P(EveryOrderOfSteps, OfThreeProcesses) { expect_right_ends({false, true, true}, {0, 0, 50 * kMinuteMs}, {}); }

// What the tests above go by: the endpoint tells the one from the other.
TEST(TheEndpoint, TellsATokenThatIsSentAgainWhileItsAccessTokenLives) {
  World world;
  const auto post = [&](std::int64_t at) {
    world.pass(at - world.time());
    world.endpoint.post(refresh_request(world.entry, SecretString::copy_of(refresh_token(0)), {}));
    return world.endpoint.faults().size();
  };
  world.endpoint.next(Behaviour::refuses);
  EXPECT_EQ(post(0), 0U);
  EXPECT_EQ(post(1), 0U);
  EXPECT_EQ(post(2), 1U);
  EXPECT_EQ(post(kFirstAccessLivesMs), 1U);
  EXPECT_EQ(post(kFirstAccessLivesMs + 1), 2U);
  EXPECT_EQ(world.endpoint.posts_of(0), 5U);
}

INSTANTIATE_TEST_SUITE_P(WithAClockThatIsOffBy, EveryOrderOfSteps, ::testing::Values(0, 50'000, -50'000),
                         [](const auto& one) {
                           return one.param == 0  ? "Nothing"
                                  : one.param > 0 ? "FiftySecondsAhead"
                                                  : "FiftySecondsBehind";
                         });

}  // namespace
}  // namespace vault::testing
