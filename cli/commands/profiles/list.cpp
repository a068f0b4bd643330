// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/arguments/provider_choice.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/damaged_words.h"
#include "cli/words/find_profile.h"
#include "cli/words/profile_words.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

struct List final : Action {
  ProviderChoice provider;
  std::optional<std::string> type;
  std::optional<std::string> expiring;
  bool variables = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

struct Chosen {
  std::vector<vault::SeenProfile> profiles;
  std::vector<vault::SeenVariable> variables;
};

// One that is over counts as ending within any time.
bool ends_within(const vault::ProfileSheet& sheet, std::int64_t ms, vault::Timestamp now) {
  const auto end = expiry_time(sheet);
  return end && end->ms - now.ms <= ms;
}

Chosen chosen(const vault::AgentView& view, const List& options, vault::Timestamp now) {
  const auto provider = options.provider.value();
  const auto within = options.expiring ? std::optional(parse_duration_ms(*options.expiring)) : std::nullopt;
  Chosen result;
  for (const auto& seen : view.profiles) {
    if (options.variables) break;
    if (provider && !(seen.sheet.provider == vault::ProviderId(*provider))) continue;
    if (options.type && name_of(seen.sheet.kind) != *options.type) continue;
    if (within && !ends_within(seen.sheet, *within, now)) continue;
    result.profiles.push_back(seen);
  }
  if (options.type || within) return result;  // a variable is of no type and has no end
  for (const auto& seen : view.variables) {
    const auto speaks_for = vault::provider_of_variable(seen.sheet.name);
    if (!provider || speaks_for == vault::ProviderId(*provider).key()) result.variables.push_back(seen);
  }
  return result;
}

Cell origin(const vault::AgentName& owner, bool inherited) {
  return inherited ? Cell(owner.text() + " (inherited)", Style::dim) : Cell("own");
}

void print_table(const Context& context, const vault::AgentView& view, const Chosen& rows) {
  Table table({{"PROFILE", Align::left, Shrink::allowed},
               {"PROVIDER", Align::left, Shrink::allowed},
               {"TYPE"},
               {"EXPIRES"},
               {"FROM"},
               {"FINGERPRINT"}});
  for (const auto& seen : rows.profiles) {
    table.add_row({seen.sheet.id.text(), seen.sheet.provider.text(), std::string(name_of(seen.sheet.kind)),
                   expiry_words(seen.sheet, context.now()), origin(seen.owner, seen.inherited),
                   fingerprint_text(seen.sheet).value_or("-")});
  }
  for (const auto& seen : rows.variables) {
    const auto provider = vault::provider_of_variable(seen.sheet.name);
    table.add_row({"env/" + seen.sheet.name, std::string(provider.value_or("-")), "variable", "never",
                   origin(seen.owner, seen.inherited), seen.sheet.blank ? "(empty)" : "********"});
  }
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();  // the note stands below it
  if (rows.profiles.empty()) {
    context.terminal().note("Agent " + in_quotes(view.agent.name.text()) + " sees no such profiles.");
  }
}

void List::declare(Arguments& arguments) {
  arguments
      .about(
          "Lists the profiles that the agent sees, its own and then those it inherits from 'main', and below them its "
          "variables, masked.")
      .with(provider)
      .choice("--type", "T", {"api_key", "token", "oauth"}, &type, "only profiles of this type")
      .option("--expiring", "D", &expiring, "only what ends within this time, or has ended: 7d, 24h")
      .flag("--variables", variables, "only the variables")
      .example("claviger list anthropic")
      .example("claviger list --expiring 7d --json");
}

ExitCode List::run(Context& context) {
  auto reading = context.open(vault::Access::read).read();
  const auto view = reading.view(context.agent(reading));
  const auto rows = chosen(view, *this, context.now());
  context.tell_warnings(reading);
  if (context.flags().json) {
    Json document = json_document();
    document["profiles"] = Json::array();
    for (const auto& seen : rows.profiles) document["profiles"].push_back(profile_json(seen));
    document["variables"] = Json::array();
    for (const auto& seen : rows.variables) document["variables"].push_back(variable_json(seen));
    add_damaged(document, reading);
    print_json(context.out(), document);
  } else {
    print_table(context, view, rows);
    if (const auto word = provider.value(); word && rows.profiles.empty()) tell_nearest_provider(context, view, *word);
  }
  return tell_damaged(context, reading);
}

}  // namespace

std::unique_ptr<Action> make_list() { return std::make_unique<List>(); }

}  // namespace cli
