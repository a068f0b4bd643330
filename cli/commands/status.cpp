// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/duration.h"
#include "cli/status_output.h"

namespace cli {
namespace {

struct Options {
  bool check = false;
  bool selected = false;
  bool all_agents = false;
  std::optional<std::string> warn_within;
  std::optional<std::string> provider;
};

void declare(Arguments& arguments, Options& options) {
  arguments
      .about("Tells the health of every profile that the agent sees. With --check the exit status says it too: 1 when "
             "something that counts is expired or missing, 2 when something is expiring, else 0. What an explicit order "
             "leaves out does not count.")
      .flag("--check", options.check, "answer with the exit status as well")
      .flag("--selected", options.selected, "count each provider's next profile only")
      .flag("--all-agents", options.all_agents, "every agent within reach of the key")
      .option("--provider", "P", &options.provider, "this provider only")
      .option("--warn-within", "D", &options.warn_within, "expiring means: within this time (default 24h)")
      .example("claviger status --check --warn-within 7d")
      .parse();
}

std::vector<vault::AgentName> agents_asked(const Context& context, vault::Reading& reading, const Options& options) {
  if (!options.all_agents) return {context.agent(reading)};
  std::vector<vault::AgentName> names;
  for (const auto& agent : reading.agents()) names.push_back(agent.name);
  return names;
}

}  // namespace

ExitCode run_status(Context& context, Arguments& arguments) {
  Options options;
  declare(arguments, options);
  StatusQuestion question{options.provider, options.selected ? Counting::selected : Counting::not_excluded};
  if (options.warn_within) question.warn_within_ms = parse_duration_ms(*options.warn_within);
  auto reading = context.open(vault::Access::read).read();
  StatusDocument document{context.now(), question.warn_within_ms, options.all_agents, {}};
  for (const auto& name : agents_asked(context, reading, options)) {
    document.agents.push_back(std::make_unique<AgentStatus>(reading.view(name)));
    auto& agent = *document.agents.back();
    agent.report = report_status(agent.view, question, document.checked_at);
  }
  context.tell_warnings(reading);
  const auto verdict = verdict_of(document);
  if (context.flags().json) {
    print_status_json(context, document);
  } else {
    print_status_table(context, document);
  }
  return options.check ? static_cast<ExitCode>(verdict.exit_code) : ExitCode::done;
}

}  // namespace cli
