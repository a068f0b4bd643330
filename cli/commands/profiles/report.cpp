// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"
#include "vault/policy/backoff.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::UsageStats;

struct Options {
  std::string id;
  std::string outcome;
  std::optional<std::string> reason;
  bool dry_run = false;
  bool succeeded() const { return outcome == "success"; }

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Records how a call with a profile ended, so that the next choice is a better one. After a success the "
          "profile is "
          "tried last in the next round; a failure starts a cooldown: 30 seconds and more for a rate limit, 10 minutes "
          "and more for billing, longer with every repetition.")
      .positional("PROFILE-ID", id, "the profile that was tried")
      .positional("OUTCOME", outcome, "what happened")
      .one_of({"success", "failure"})
      .choice("--reason", "R",
              {"auth_permanent", "auth", "session_expired", "billing", "format", "model_not_found", "overloaded",
               "timeout", "rate_limit", "empty_response", "no_error_details", "unclassified", "unknown"},
              &reason, "why it failed, in OpenClaw's words")
      .dry_run(dry_run)
      .example("claviger report anthropic:work success")
      .example("claviger report anthropic:work failure --reason rate_limit");
}

void require_sense(const Options& options) {
  if (options.succeeded() && options.reason) throw Error(ErrorCode::usage, "--reason belongs to a failure");
  if (!options.succeeded() && !options.reason) {
    throw Error(ErrorCode::usage, "a failure needs its reason", "--reason rate_limit, --reason billing, ...");
  }
}

// What the agent itself has seen of the profile, else what the owner has.
UsageStats known_usage(vault::Writing& writing, const vault::AgentName& agent, const vault::SeenProfile& seen) {
  auto stats = writing.own_usage(agent, seen.sheet.id);
  if (!stats && seen.inherited) stats = writing.own_usage(seen.owner, seen.sheet.id);
  return stats.value_or(UsageStats{});
}

// OpenClaw marks only what is the agent's own.
void mark_last_good(vault::Writing& writing, const vault::AgentName& agent, const vault::SeenProfile& seen) {
  if (seen.inherited) return;
  auto order = writing.own_order(agent, seen.sheet.provider).value_or(vault::ProviderOrder{seen.sheet.provider});
  if (order.last_good == seen.sheet.id) return;
  order.last_good = seen.sheet.id;
  writing.put_order(agent, order);
}

UsageStats apply(vault::Writing& writing, const vault::AgentName& agent, const vault::SeenProfile& seen,
                 const Options& options, vault::Timestamp now) {
  const auto before = known_usage(writing, agent, seen);
  const auto after = options.succeeded() ? after_success(before, now)
                                         : after_failure(before, *vault::failure_reason_named(*options.reason), now,
                                                         seen.sheet.provider);
  if (after != before) writing.put_usage(agent, {seen.sheet.id, after});
  if (options.succeeded()) mark_last_good(writing, agent, seen);
  return after;
}

void print_document(const Context& context, const vault::AgentName& agent, const Options& options,
                    const UsageStats& stats, const std::optional<vault::Timestamp>& rests_until) {
  Json document = json_receipt(options.dry_run);
  document["agent"] = agent.text();
  document["profile"] = options.id;
  document["outcome"] = options.outcome;
  document["reason"] = or_null(options.reason);
  document["errorCount"] = stats.error_count.value_or(0);
  document["lastUsedMs"] = ms_or_null(stats.last_used);
  document["cooldownUntilMs"] = ms_or_null(rests_until);
  print_json(context.out(), document);
}

struct Report final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Report::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode Report::run(Context& context) {
  require_sense(options);
  auto writing = context.open(vault::Access::write).write();
  const auto agent = context.agent(writing);
  const auto seen = require_profile(writing, agent, options.id);
  const auto now = context.now();
  const auto stats = apply(writing, agent, seen, options, now);
  context.finish(writing, options.dry_run);
  const auto rests_until = unusable_until({&seen.sheet, &stats}, now);
  context.terminal().note(
      in_quotes(options.id) +
      (rests_until ? " cools down: usable again " + relative_time(*rests_until, now) + "." : " may be used."));
  if (context.flags().json) print_document(context, agent, options, stats, rests_until);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_report() { return std::make_unique<Report>(); }

}  // namespace cli
