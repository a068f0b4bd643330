// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/error_report.h"
#include "cli/process/answer_timer.h"
#include "cli/process/request_input.h"
#include "cli/terminal/text.h"
#include "import/openclaw/exec_protocol.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::int64_t kTimeForAnAnswer = 4500;  // OpenClaw waits 5 s unless it is told otherwise

struct Answers {
  std::vector<formats::ExecOutcome> outcomes;
  formats::ExecError failure = formats::ExecError::unavailable;  // when there are none
};

// In the request's own words, without any of its text.
ExitCode refuse(const Context& context, const formats::ExecRequest& request) {
  context.terminal().warn("the request was refused: " + request.fault);
  context.out().write(formats::exec_failure(request.ids, formats::ExecError::invalid_request));
  return ExitCode::bad_input;
}

formats::ExecRequest receive(steady_clock::time_point until) {
  const auto input = read_request(STDIN_FILENO, formats::kLargestExecRequest, until);
  if (input.too_large) return {{}, "it is larger than 1 MiB"};
  auto request = formats::read_exec_request(input.text);
  if (!input.ended && !request.fault.empty()) return {{}, "standard input was not closed in time"};
  return request;
}

formats::ExecOutcome outcome_of(vault::SecretAnswer answer) {
  if (auto* const secret = std::get_if<vault::SecretString>(&answer)) return std::move(*secret);
  if (std::holds_alternative<vault::Ambiguous>(answer)) return formats::ExecError::ambiguous;
  return formats::exec_error_for(std::get<vault::ErrorCode>(answer));
}

// What a damaged copy was to blame for is asked of the server.
bool is_damaged(const vault::SecretAnswer& answer) {
  const auto* const code = std::get_if<vault::ErrorCode>(&answer);
  return code != nullptr && *code == vault::ErrorCode::damaged_record;
}

constexpr milliseconds kTimeForTheRest{1000};  // of an answer, beside what a server takes

std::vector<formats::ExecOutcome> look_up(Context& context, const std::vector<std::string>& ids,
                                          steady_clock::time_point until) {
  context.answers_for_damage();  // id by id
  const auto left = std::chrono::floor<milliseconds>(until - steady_clock::now()) - kTimeForTheRest;
  auto reading = context.open_to_answer(left).read();
  const auto agent = context.agent(reading);
  if (!reading.covers(agent)) {
    context.terminal().warn("no agent " + in_quotes(agent.text()) + ", or this key cannot open it");
  }
  vault::SecretLookup lookup(reading, agent, context.now());
  std::vector<formats::ExecOutcome> outcomes;
  outcomes.reserve(ids.size());
  for (const auto& id : ids) {
    auto answer = lookup.find(id);
    if (is_damaged(answer) && context.answers_from_a_copy()) {
      throw vault::Error(vault::ErrorCode::damaged_record, "a record of the copy is damaged");
    }
    outcomes.push_back(outcome_of(std::move(answer)));
  }
  context.tell_warnings(reading);
  return outcomes;
}

// A vault that does not open is an answer too: with any other exit status OpenClaw would report nothing but that.
Answers answers_to(Context& context, const std::vector<std::string>& ids, steady_clock::time_point until) {
  try {
    return {look_up(context, ids, until)};
  } catch (const vault::Error& error) {
    if (context.gives_up_the_copy(error.code())) return answers_to(context, ids, until);
    const auto words = failure_words(current_failure(), context.terminal());
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, words.data(), words.size());
    // No id was looked at yet: what is not found is the key or token file.
    const bool no_key = error.code() == vault::ErrorCode::not_found;
    return {{}, no_key ? formats::ExecError::locked : formats::exec_error_for(error.code())};
  }
}

struct Resolve final : Action {
  steady_clock::time_point started = steady_clock::now();
  std::int64_t timeout_ms = kTimeForAnAnswer;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Resolve::declare(Arguments& arguments) {
  arguments
      .about(
          "Answers OpenClaw's exec provider protocol: one JSON request on standard input, one JSON answer on standard "
          "output, every id with its value or an error code. Never asks; works without HOME and PATH when --vault and "
          "a key are named. `claviger openclaw wire` prints the configuration.")
      .about(
          "Ids: profile/<profile-id>, ref/<12 hex> (see list --json), each with /key, /token or /access behind it when "
          "that is meant; provider/<provider> for the key or token that the agent would use next; env/<NAME>.")
      .option("--timeout-ms", "N", &timeout_ms, "answer BUSY after this time (default: 4500)")
      .example(
          "echo '{\"protocolVersion\":1,\"provider\":\"claviger\",\"ids\":[\"provider/openai\"]}' | claviger resolve")
      .never_asks();
}

ExitCode Resolve::run(Context& context) {
  if (timeout_ms < 1 || timeout_ms > 120'000) {
    throw vault::Error(vault::ErrorCode::usage, "--timeout-ms takes 1 to 120000");
  }
  const auto until = started + milliseconds(timeout_ms);
  const auto request = receive(until);
  if (!request.fault.empty()) return refuse(context, request);

  const auto left = std::max(std::chrono::ceil<milliseconds>(until - steady_clock::now()), milliseconds(250));
  const auto answers = [&] {
    const AnswerTimer timer({.out = formats::exec_failure(request.ids, formats::ExecError::busy)}, left);
    return answers_to(context, request.ids, until);
  }();
  if (answers.outcomes.size() == request.ids.size()) {
    formats::write_exec_answer(request.ids, answers.outcomes,
                               [&](std::string_view text) { context.out().write(text); });
  } else {
    context.out().write(formats::exec_failure(request.ids, answers.failure));
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_resolve() { return std::make_unique<Resolve>(); }

}  // namespace cli
