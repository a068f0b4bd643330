// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"

namespace cli {
namespace {

std::vector<vault::SeenProfile> chosen(const vault::AgentView& view, const std::optional<std::string>& provider) {
  std::vector<vault::SeenProfile> profiles;
  for (const auto& seen : view.profiles) {
    if (!provider || seen.sheet.provider == vault::ProviderId(*provider)) profiles.push_back(seen);
  }
  return profiles;
}

void print_table(const Context& context, const vault::AgentView& view, const std::vector<vault::SeenProfile>& profiles) {
  Table table({{"PROFILE", Align::left, Shrink::allowed},
               {"PROVIDER", Align::left, Shrink::allowed},
               {"TYPE"},
               {"EXPIRES"},
               {"FROM"},
               {"FINGERPRINT"}});
  for (const auto& seen : profiles) {
    table.add_row({seen.sheet.id.text(), seen.sheet.provider.text(), std::string(name_of(seen.sheet.kind)),
                   expiry_words(seen.sheet, context.now()),
                   seen.inherited ? Cell(seen.owner.text() + " (inherited)", Style::dim) : Cell("own"),
                   fingerprint_text(seen.sheet).value_or("-")});
  }
  context.out().write(table.render(context.terminal().table_look()));
  context.out().flush();  // the notes stand below it
  if (profiles.empty()) context.terminal().note("Agent " + in_quotes(view.agent.name.text()) + " sees no profiles.");
  if (!view.variables.empty()) {
    context.terminal().note(std::to_string(view.variables.size()) + " variables beside them: claviger export --format dotenv");
  }
}

struct List final : Action {
  std::optional<std::string> provider;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void List::declare(Arguments& arguments) {
  arguments.about("Lists the profiles that the agent sees: its own, then those it inherits from 'main'.")
      .option("--provider", "P", &provider, "only this provider's");
}

ExitCode List::run(Context& context) {
  auto reading = context.open(vault::Access::read).read();
  const auto view = reading.view(context.agent(reading));
  const auto profiles = chosen(view, provider);
  context.tell_warnings(reading);
  if (!context.flags().json) {
    print_table(context, view, profiles);
    return ExitCode::done;
  }
  Json document = json_document();
  document["profiles"] = Json::array();
  for (const auto& seen : profiles) document["profiles"].push_back(profile_json(seen));
  print_json(context.out(), document);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_list() { return std::make_unique<List>(); }

}  // namespace cli
