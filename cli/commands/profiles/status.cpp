// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/damaged_words.h"
#include "cli/words/find_profile.h"
#include "cli/words/reports/prometheus.h"
#include "cli/words/reports/status_output.h"
#include "vault/base/error.h"

namespace cli {
namespace {

struct Options {
  bool check = false;
  bool selected = false;
  bool all_agents = false;
  bool problems = false;
  bool ignore_refreshable = false;
  std::optional<std::string> warn_within;
  std::optional<std::string> provider;
  std::optional<std::string> format;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Shows the health of every profile that the agent sees, by provider; the one that is used next is marked, "
          "and "
          "the worst come last. With --check the exit status says it too: 1 when something that counts is expired or "
          "missing, 2 when something is expiring, else 0. What an explicit order leaves out does not count.")
      .flag("--check", check, "answer with the exit status as well")
      .flag("--selected", selected, "count each provider's next profile only; one that cools down is missing")
      .flag("--ignore-refreshable", ignore_refreshable,
            "do not count logins that whoever uses them can refresh as expired or expiring")
      .flag("--problems", problems, "only what needs care")
      .flag("--all-agents", all_agents, "every agent that the key opens")
      .option("--provider", "P", &provider, "this provider only")
      .option("--warn-within", "D", &warn_within, "expiring means: within this time (default: 24h)")
      .choice("--format", "F", {"table", "json", "prometheus"}, &format,
              "metrics are for a textfile collector (default: table)")
      .example("claviger status --check --warn-within 7d")
      .example("claviger status --all-agents --format prometheus > claviger.prom");
}

std::vector<vault::AgentName> agents_asked(const Context& context, vault::Reading& reading, const Options& options) {
  if (!options.all_agents) return {context.agent(reading)};
  std::vector<vault::AgentName> names;
  for (const auto& agent : reading.agents()) {
    if (!agent.name.is_config()) names.push_back(agent.name);  // it has no profiles
  }
  return names;
}

void print(const Context& context, const StatusDocument& document, const vault::Reading& reading,
           const std::optional<std::string>& format) {
  const std::string chosen = format.value_or(context.flags().json ? "json" : "table");
  if (context.flags().json && chosen != "json") {
    throw vault::Error(vault::ErrorCode::usage, "--json and --format: one of them at a time");
  }
  if (chosen == "json") return print_status_json(context, document, reading);
  if (chosen == "prometheus") return print_status_metrics(context, document);
  print_status_table(context, document);
}

// A provider may be one agent's alone: it is a slip where no agent that was asked about has it.
void refuse_misspelt(const StatusDocument& document, const std::string& provider) {
  const auto has = [&](const auto& agent) { return knows_provider(agent->view, provider); };
  if (std::ranges::any_of(document.agents, has)) return;
  for (const auto& agent : document.agents) refuse_misspelt_provider(agent->view, provider);
}

struct Status final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Status::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode Status::run(Context& context) {
  vault::StatusQuestion question{options.provider,
                                 options.selected ? vault::Counting::selected : vault::Counting::not_excluded};
  question.ignore_refreshable = options.ignore_refreshable;
  if (options.warn_within) question.warn_within_ms = parse_duration_ms(*options.warn_within);
  auto reading = context.open_to_answer().read();
  StatusDocument document{context.now(), question.warn_within_ms, options.all_agents, options.problems, {}};
  for (const auto& name : agents_asked(context, reading, options)) {
    document.agents.push_back(std::make_unique<AgentStatus>(reading.view(name)));
    auto& agent = *document.agents.back();
    agent.report = vault::report_status(agent.view, question, document.checked_at);
  }
  context.tell_warnings(reading);
  if (options.provider) refuse_misspelt(document, *options.provider);
  const auto verdict = verdict_of(document);
  print(context, document, reading, options.format);
  return tell_damaged(context, reading, options.check ? static_cast<ExitCode>(verdict.exit_code) : ExitCode::done);
}

}  // namespace

std::unique_ptr<Action> make_status() { return std::make_unique<Status>(); }

}  // namespace cli
