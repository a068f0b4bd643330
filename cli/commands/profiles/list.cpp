// SPDX-License-Identifier: Apache-2.0
#include <functional>

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

// One that is over counts as ending within any time.
bool ends_within(const vault::ProfileSheet& sheet, std::int64_t ms, vault::Timestamp now) {
  const auto end = expiry_time(sheet);
  return end && end->ms - now.ms <= ms;
}

// What was asked for, of all that the agent sees.
class Choice {
 public:
  Choice(const vault::Listing& listing, const List& options, vault::Timestamp now)
      : listing_(listing), options_(options), now_(now) {
    if (const auto word = options.provider.value()) provider_.emplace(*word);
    if (options.expiring) within_ms_ = parse_duration_ms(*options.expiring);
  }

  void for_each_profile(const std::function<void(const vault::SeenProfile&)>& visit) const {
    if (options_.variables) return;
    listing_.for_each_profile([&](const vault::SeenProfile& seen) {
      if (is_chosen(seen.sheet)) visit(seen);
    });
  }

  void for_each_variable(const std::function<void(const vault::SeenVariable&)>& visit) const {
    if (options_.type || within_ms_) return;  // a variable is of no type and has no end
    for (const auto& seen : listing_.variables()) {
      if (!provider_ || vault::provider_of_variable(seen.sheet.name) == provider_->key()) visit(seen);
    }
  }

  bool asks_for_what_is_there() const {
    bool found = !provider_;
    if (!found) listing_.for_each_profile([&](const auto& seen) { found = found || seen.sheet.provider == provider_; });
    return found;
  }

 private:
  bool is_chosen(const vault::ProfileSheet& sheet) const {
    if (provider_ && !(sheet.provider == *provider_)) return false;
    if (options_.type && name_of(sheet.kind) != *options_.type) return false;
    return !within_ms_ || ends_within(sheet, *within_ms_, now_);
  }

  const vault::Listing& listing_;
  const List& options_;
  vault::Timestamp now_;
  std::optional<vault::ProviderId> provider_;
  std::optional<std::int64_t> within_ms_;
};

Cell origin(bool inherited) { return inherited ? Cell("shared", Style::dim) : Cell("own"); }

std::string shown_value(const vault::VariableSheet& variable) {
  if (variable.blank) return "(empty)";
  return variable.placeholder ? "(placeholder)" : "********";
}

// Said only where the id does not say it.
std::string provider_beside(const vault::ProfileSheet& sheet) {
  return sheet.provider.key() == sheet.id.conventional_provider() ? "" : sheet.provider.text();
}

void tell_that_nothing_is_listed(const Context& context, const vault::Listing& listing) {
  const auto agent = "Agent " + in_quotes(listing.agent().name.text());
  if (listing.size() > 0) return context.terminal().note(agent + " has nothing that matches.");
  context.terminal().note(agent + " has no profiles yet. To add one:");
  context.terminal().note(typed_here("  claviger add openai:default --type api_key", context.flags()));
}

constexpr std::size_t kProviderColumn = 1;

void for_each_row(const Choice& choice, vault::Timestamp now, bool narrow,
                  const std::function<void(std::vector<Cell>)>& visit) {
  choice.for_each_profile([&](const vault::SeenProfile& seen) {
    const auto& sheet = seen.sheet;
    visit({sheet.id.text(), provider_beside(sheet), std::string(name_of(sheet.kind)),
           narrow ? short_end_words(sheet, now) : expiry_words(sheet, now), origin(seen.inherited),
           fingerprint_text(sheet).value_or("-")});
  });
  choice.for_each_variable([&](const vault::SeenVariable& seen) {
    visit({"env/" + seen.sheet.name, "", "variable", "never", origin(seen.inherited), shown_value(seen.sheet)});
  });
}

// Few rows are kept, and so are those that have to fit a terminal. Others are gone through twice.
void print_table(const Context& context, const vault::Listing& listing, const Choice& choice) {
  constexpr std::size_t kWidthForDates = 100, kFewRows = 20'000;
  const auto look = context.terminal().table_look();
  const bool narrow = look.width.value_or(kWidthForDates) < kWidthForDates;
  Table table({{"PROFILE", Align::left, Shrink::whole},
               {"", Align::left, Shrink::allowed, 8},
               {"TYPE"},
               {narrow ? "ENDS" : "EXPIRES"},
               {"FROM"},
               {"FINGERPRINT", Align::left, Shrink::goes}});
  const bool kept = look.width || listing.size() <= kFewRows;
  const auto rows = [&](const auto& visit) { for_each_row(choice, context.now(), narrow, visit); };
  std::size_t count = 0;
  rows([&](std::vector<Cell> cells) {
    ++count;
    if (!cells[kProviderColumn].text.empty()) table.name_column(kProviderColumn, "PROVIDER");
    kept ? table.add_row(std::move(cells)) : table.measure(std::move(cells));
  });
  auto& out = context.out();
  if (kept) {
    out.write(table.render(look));
  } else if (count > 0) {
    const auto lines = table.lines(look);
    out.write(lines.header());
    rows([&](std::vector<Cell> cells) { out.write(lines.of(std::move(cells))); });
  }
  out.flush();  // the note stands below it
  if (count == 0) tell_that_nothing_is_listed(context, listing);
}

void print_document(const Context& context, const Choice& choice, const vault::Reading& reading) {
  JsonStream document(context.out());
  document.begin_array("profiles");
  choice.for_each_profile([&](const auto& seen) { document.element(profile_json(seen)); });
  document.end_array();
  document.begin_array("variables");
  choice.for_each_variable([&](const auto& seen) { document.element(text_json(seen_text(seen))); });
  document.end_array();
  add_damaged(document, reading);
  document.finish();
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
  auto reading = context.open_to_answer().read();
  if (config) {
    list_config(context, reading);
    return ExitCode::done;
  }
  const auto agent = context.agent(reading);
  const auto listing = reading.listing(agent);
  context.tell_warnings(reading);
  const Choice choice(listing, *this, context.now());
  if (!choice.asks_for_what_is_there()) refuse_misspelt_provider(reading.view(agent), *provider.value());
  if (context.flags().json) {
    print_document(context, choice, reading);
  } else {
    print_table(context, listing, choice);
  }
  return tell_damaged(context, reading);
}

}  // namespace

std::unique_ptr<Action> make_list() { return std::make_unique<List>(); }

}  // namespace cli
