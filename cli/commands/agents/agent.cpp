// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/confirmation.h"
#include "cli/unlocking/rekeying.h"
#include "cli/words/json_output.h"
#include "vault/access/rekey.h"

namespace cli {
namespace {

std::string_view sight_of(const vault::AgentSheet& agent) {
  if (agent.name.is_shared()) return "shared";
  if (agent.name.is_config()) return "secrets of openclaw.json";
  return agent.inheritance == vault::Inheritance::isolated ? "own" : "own and shared";
}

Json agent_json(const vault::AgentSheet& agent, const vault::AgentName& by_default) {
  return {{"agent", agent.name.text()},
          {"default", agent.name == by_default},
          {"isolated", agent.inheritance == vault::Inheritance::isolated},
          {"createdAtMs", agent.created.ms}};
}

struct AgentList final : Action {
  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AgentList::declare(Arguments& arguments) { arguments.about("Lists the vault's agents that this key opens."); }

ExitCode AgentList::run(Context& context) {
  auto reading = context.open(vault::Access::read).read();
  const auto agents = reading.agents();
  const auto by_default = reading.default_agent();
  context.tell_warnings(reading);
  if (context.flags().json) {
    Json document = json_document();
    document["agents"] = Json::array();
    for (const auto& agent : agents) document["agents"].push_back(agent_json(agent, by_default));
    print_json(context.out(), document);
    return ExitCode::done;
  }
  Table table({{"AGENT", Align::left, Shrink::whole}, {"SEES"}, {"SINCE", Align::left, Shrink::goes}, {""}});
  for (const auto& agent : agents) {
    table.add_row({agent.name.text(), std::string(sight_of(agent)), vault::to_rfc3339(agent.created).substr(0, 10),
                   agent.name == by_default ? "default" : ""});
  }
  context.out().write(table.render(context.terminal().table_look()));
  return ExitCode::done;
}

struct AgentAdd final : Action {
  std::string name;
  bool isolated = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AgentAdd::declare(Arguments& arguments) {
  arguments.about("Adds an agent. It sees its own profiles and those of 'main', unless it is isolated.")
      .positional("AGENT", name, "a-z, 0-9, '-' and '_', at most 64")
      .flag("--isolated", isolated, "it sees its own profiles only")
      .dry_run(dry_run);
}

ExitCode AgentAdd::run(Context& context) {
  const vault::AgentName agent(name);
  if (agent.is_config()) {
    throw vault::Error(vault::ErrorCode::usage,
                       "'@config' is the vault's own name, for the secrets of openclaw.json: it comes with the first");
  }
  auto writing = context.open(vault::Access::write).write();
  writing.add_agent(agent, isolated ? vault::Inheritance::isolated : vault::Inheritance::linked);
  context.finish(writing, dry_run);
  context.note_change("Added", "add", "agent " + in_quotes(agent.text()));
  if (context.flags().json) {
    Json document = json_receipt(dry_run);
    document["agent"] = agent.text();
    document["isolated"] = isolated;
    print_json(context.out(), document);
  }
  return ExitCode::done;
}

vault::RekeyPlan removal_of(vault::UnlockedVault& vault, const vault::AgentName& agent) {
  auto writing = vault.write();
  return plan_agent_removal(writing, vault.keyring(), agent);
}

Json removal_json(const vault::AgentName& agent, const vault::RekeyPlan& plan, bool dry_run) {
  Json document = json_receipt(dry_run);
  document["agent"] = agent.text();
  document["newKeysFor"] = Json::array();
  for (const auto& renewed : plan.agents) document["newKeysFor"].push_back(renewed.text());
  return document;
}

struct AgentRemove final : Action {
  std::string name;
  bool yes = false, dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AgentRemove::declare(Arguments& arguments) {
  arguments
      .about(
          "Removes an agent with its own profiles, orders, variables and tokens. What those tokens could read of main "
          "is "
          "given new keys in the same step.")
      .positional("AGENT", name, "which agent")
      .yes(yes)
      .dry_run(dry_run);
}

ExitCode AgentRemove::run(Context& context) {
  const vault::AgentName agent(name);
  auto& vault = context.open(vault::Access::write);
  vault.read().view(agent);
  if (!yes && !dry_run) confirm_removal(context, agent.text(), "agent");
  const auto plan = removal_of(vault, agent);
  vault::RekeyReport report;
  if (dry_run) {
    auto writing = vault.write();
    writing.remove_agent(agent);
    context.finish(writing, dry_run);
  } else {
    report = rekey(vault, plan);
    tell_carried(context, report);
  }
  context.note_change("Removed", "remove", "agent " + in_quotes(agent.text()));
  if (!context.flags().json) return ExitCode::done;
  Json document = removal_json(agent, plan, dry_run);
  add_carried(document, report, vault);
  print_json(context.out(), document);
  return ExitCode::done;
}

Json default_json(const vault::AgentName& agent, bool dry_run) {
  Json document = json_receipt(dry_run);
  document["agent"] = agent.text();
  return document;
}

struct AgentDefault final : Action {
  std::optional<std::string> name;
  bool dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AgentDefault::declare(Arguments& arguments) {
  arguments.about("Prints the agent that is used when none is named, or sets it.")
      .positional("AGENT", name, "the new default")
      .dry_run(dry_run);
}

ExitCode AgentDefault::run(Context& context) {
  if (name) {
    auto writing = context.open(vault::Access::write).write();
    writing.set_default_agent(vault::AgentName(*name));
    context.finish(writing, dry_run);
    context.note_change("Made", "make", in_quotes(*name) + " the default agent");
    if (context.flags().json) print_json(context.out(), default_json(vault::AgentName(*name), dry_run));
    return ExitCode::done;
  }
  auto reading = context.open(vault::Access::read).read();
  const auto by_default = reading.default_agent();
  if (context.flags().json) {
    print_json(context.out(), default_json(by_default, false));
  } else {
    context.out().write(by_default.text() + "\n");
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_agent_list() { return std::make_unique<AgentList>(); }
std::unique_ptr<Action> make_agent_add() { return std::make_unique<AgentAdd>(); }
std::unique_ptr<Action> make_agent_remove() { return std::make_unique<AgentRemove>(); }
std::unique_ptr<Action> make_agent_default() { return std::make_unique<AgentDefault>(); }

}  // namespace cli
