// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/shell_word.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct Options {
  std::string provider;
  bool for_all = false;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments.option("--provider", "P", &provider, "which provider")
      .flag("--default", for_all, "the order for all agents without an own one");
}

std::string joined(const std::vector<vault::ProfileId>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ", ") + display_safe(id.text());
  return text.empty() ? "(empty order: no profile is used)" : text;
}

void print_order(const Context& context, const vault::AgentName& agent, const vault::ProviderId& provider,
                 const std::vector<vault::ProfileId>* ids, std::string_view source, bool dry_run = false) {
  if (!context.flags().json) {
    context.out().write(ids != nullptr ? joined(*ids) + "\n" : "(none: selected automatically)\n");
    return;
  }
  Json document = json_receipt(dry_run);
  document["agent"] = agent.text();
  document["provider"] = provider.text();
  document["order"] = nullptr;
  if (ids != nullptr) {
    document["order"] = Json::array();
    for (const auto& id : *ids) document["order"].push_back(id.text());
  }
  document["source"] = source;
  print_json(context.out(), document);
}

// OpenClaw's rule: what an order names must be there and belong to the provider. Repeated ids count once.
std::vector<vault::ProfileId> checked_ids(const vault::AgentView& view, const vault::ProviderId& provider,
                                          const std::vector<std::string>& words) {
  std::vector<vault::ProfileId> ids;
  for (const auto& word : words) {
    if (vault::trimmed(word).empty()) continue;
    const vault::ProfileId id{std::string(vault::trimmed(word))};
    const auto* const seen = view.find(id);
    if (seen == nullptr) {
      throw Error(ErrorCode::not_found,
                  "agent " + in_quotes(view.agent.name.text()) + " sees no profile " + in_quotes(id.text()),
                  "claviger list --provider " + shell_word(provider.text()));
    }
    if (lookup_provider(seen->sheet.provider) != lookup_provider(provider)) {
      throw Error(ErrorCode::bad_input, in_quotes(id.text()) + " is for " + in_quotes(seen->sheet.provider.text()) +
                                            ", not for " + in_quotes(provider.text()));
    }
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  if (ids.empty())
    throw Error(ErrorCode::usage, "an order names at least one profile", "`claviger order clear` removes the order");
  return ids;
}

// Writes the ids (none: takes the order away) and leaves the last-good mark.
void store(vault::Writing& writing, const vault::AgentName& agent, const Options& options,
           std::optional<std::vector<vault::ProfileId>> ids) {
  const vault::ProviderId provider(options.provider);
  auto order = options.for_all ? writing.default_order(provider) : writing.own_order(agent, provider);
  if (!order && !ids) return;
  if (!order) order = vault::ProviderOrder{provider};
  order->ids = std::move(ids);
  if (options.for_all) {
    writing.put_default_order(*order);
  } else {
    writing.put_order(agent, *order);
  }
}

struct OrderGet final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void OrderGet::declare(Arguments& arguments) {
  arguments.about("Prints the explicit order in which a provider's profiles are tried, and where it comes from.");
  options.declare(arguments);
}

ExitCode OrderGet::run(Context& context) {
  auto reading = context.open_to_answer().read();
  const auto view = reading.view(context.agent(reading));
  context.tell_warnings(reading);
  refuse_misspelt_provider(view, options.provider);
  const vault::ProviderId provider(options.provider);
  const auto* const own = options.for_all ? nullptr : view.order_of(provider);
  const auto* const by_default = view.default_order_of(provider);
  const auto source = own != nullptr          ? vault::OrderSource::agent_order
                      : by_default != nullptr ? vault::OrderSource::default_order
                                              : vault::OrderSource::selected_automatically;
  print_order(context, view.agent.name, provider, own != nullptr ? own : by_default, name_of(source));
  return ExitCode::done;
}

struct OrderSet final : Action {
  Options options;
  std::vector<std::string> words;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void OrderSet::declare(Arguments& arguments) {
  arguments
      .about("Sets the order in which a provider's profiles are tried. A profile that it leaves out is never tried.")
      .positional("PROFILE-IDS", words, "first, second, ...");
  options.declare(arguments);
  arguments.dry_run(options.dry_run).example("claviger order set --provider anthropic anthropic:work anthropic:backup");
}

ExitCode OrderSet::run(Context& context) {
  auto writing = context.open(vault::Access::write).write();
  const auto agent = context.agent(writing);
  const vault::ProviderId provider(options.provider);
  const auto ids = checked_ids(writing.view(agent), provider, words);
  store(writing, agent, options, ids);
  context.finish(writing, options.dry_run);
  const std::string whose =
      options.for_all ? "for all agents without their own" : "for agent " + in_quotes(agent.text());
  context.note_change("Set", "set", "the order of " + in_quotes(options.provider) + " " + whose + ": " + joined(ids));
  if (context.flags().json) {
    print_order(context, agent, provider, &ids,
                name_of(options.for_all ? vault::OrderSource::default_order : vault::OrderSource::agent_order),
                options.dry_run);
  }
  return ExitCode::done;
}

struct OrderClear final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void OrderClear::declare(Arguments& arguments) {
  arguments.about("Takes the explicit order away: profiles are selected automatically again. Fine when there is none.");
  options.declare(arguments);
  arguments.dry_run(options.dry_run);
}

ExitCode OrderClear::run(Context& context) {
  auto writing = context.open(vault::Access::write).write();
  const auto agent = context.agent(writing);
  store(writing, agent, options, std::nullopt);
  context.finish(writing, options.dry_run);
  if (context.flags().json) {
    print_order(context, agent, vault::ProviderId(options.provider), nullptr,
                name_of(vault::OrderSource::selected_automatically), options.dry_run);
  }
  context.note_change("Cleared", "clear", "the order of " + in_quotes(options.provider));
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_order_get() { return std::make_unique<OrderGet>(); }
std::unique_ptr<Action> make_order_set() { return std::make_unique<OrderSet>(); }
std::unique_ptr<Action> make_order_clear() { return std::make_unique<OrderClear>(); }

}  // namespace cli
