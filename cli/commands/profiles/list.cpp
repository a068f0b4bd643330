// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/arguments/provider_choice.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/terminal/typed_here.h"
#include "cli/words/damaged_words.h"
#include "cli/words/find_profile.h"
#include "cli/words/profile_words.h"
#include "cli/words/text_secret.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

struct List final : Action {
  ProviderChoice provider;
  std::optional<std::string> type;
  std::optional<std::string> expiring;
  bool variables = false;
  bool config = false;

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

Cell origin(bool inherited) { return inherited ? Cell("shared", Style::dim) : Cell("own"); }

std::string shown_value(const vault::VariableSheet& variable) {
  if (variable.blank) return "(empty)";
  return variable.placeholder ? "(placeholder)" : "********";
}

// Said only where the id does not say it.
std::string provider_beside(const vault::ProfileSheet& sheet) {
  return sheet.provider.key() == sheet.id.conventional_provider() ? "" : sheet.provider.text();
}

void tell_that_nothing_is_listed(const Context& context, const vault::AgentView& view) {
  const auto agent = "Agent " + in_quotes(view.agent.name.text());
  const bool has_any = !view.profiles.empty() || !view.variables.empty();
  if (has_any) return context.terminal().note(agent + " has nothing that matches.");
  context.terminal().note(agent + " has no profiles yet. To add one:");
  context.terminal().note(typed_here("  claviger add openai:default --type api_key", context.flags()));
}

void print_table(const Context& context, const vault::AgentView& view, const Chosen& rows) {
  constexpr std::size_t kWidthForDates = 100;
  const auto look = context.terminal().table_look();
  const bool narrow = look.width.value_or(kWidthForDates) < kWidthForDates;
  const auto says_provider = [](const auto& seen) { return !provider_beside(seen.sheet).empty(); };
  const bool foreign = std::ranges::any_of(rows.profiles, says_provider);
  Table table({{"PROFILE", Align::left, Shrink::whole},
               {foreign ? "PROVIDER" : "", Align::left, Shrink::allowed, 8},
               {"TYPE"},
               {narrow ? "ENDS" : "EXPIRES"},
               {"FROM"},
               {"FINGERPRINT", Align::left, Shrink::goes}});
  for (const auto& seen : rows.profiles) {
    table.add_row({seen.sheet.id.text(), provider_beside(seen.sheet), std::string(name_of(seen.sheet.kind)),
                   narrow ? short_end_words(seen.sheet, context.now()) : expiry_words(seen.sheet, context.now()),
                   origin(seen.inherited), fingerprint_text(seen.sheet).value_or("-")});
  }
  for (const auto& seen : rows.variables) {
    table.add_row({"env/" + seen.sheet.name, "", "variable", "never", origin(seen.inherited), shown_value(seen.sheet)});
  }
  context.out().write(table.render(look));
  context.out().flush();  // the note stands below it
  if (table.empty()) tell_that_nothing_is_listed(context, view);
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
      .flag("--config", config, "instead, the secrets of openclaw.json: by path, whatever the agent")
      .example("claviger list anthropic")
      .example("claviger list --expiring 7d --json");
}

// Kept beside the agents', and seen with the root key or a token of @config alone.
void list_config(Context& context, vault::Reading& reading) {
  std::vector<TextSecret> secrets;
  if (reading.covers(vault::AgentName::config())) {
    for (const auto& sheet : reading.own_contents(vault::AgentName::config()).config_secrets)
      secrets.push_back(seen_text(sheet));
  }
  context.tell_warnings(reading);
  if (context.flags().json) {
    Json document = json_document();
    document["config"] = Json::array();
    for (const auto& secret : secrets) document["config"].push_back(text_json(secret));
    add_damaged(document, reading);
    print_json(context.out(), document);
    return;
  }
  Table table({{"SECRET", Align::left, Shrink::whole}, {"VALUE"}, {"FINGERPRINT"}, {"CHANGED"}});
  for (const auto& secret : secrets) {
    table.add_row({secret.id, "********", fingerprint_text(secret.fingerprint).value_or("-"),
                   vault::to_rfc3339(secret.updated).substr(0, 10)});
  }
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();
  if (secrets.empty()) context.terminal().note("No secrets of openclaw.json, or this key cannot open them.");
}

ExitCode List::run(Context& context) {
  if (config && (variables || type || expiring || provider.value())) {
    throw vault::Error(vault::ErrorCode::usage, "--config lists what has no provider, type or end: say it alone");
  }
  auto reading = context.open(vault::Access::read).read();
  if (config) {
    list_config(context, reading);
    return ExitCode::done;
  }
  const auto view = reading.view(context.agent(reading));
  context.tell_warnings(reading);
  if (const auto word = provider.value()) refuse_misspelt_provider(view, *word);
  const auto rows = chosen(view, *this, context.now());
  if (context.flags().json) {
    Json document = json_document();
    document["profiles"] = Json::array();
    for (const auto& seen : rows.profiles) document["profiles"].push_back(profile_json(seen));
    document["variables"] = Json::array();
    for (const auto& seen : rows.variables) document["variables"].push_back(text_json(seen_text(seen)));
    add_damaged(document, reading);
    print_json(context.out(), document);
  } else {
    print_table(context, view, rows);
  }
  return tell_damaged(context, reading);
}

}  // namespace

std::unique_ptr<Action> make_list() { return std::make_unique<List>(); }

}  // namespace cli
