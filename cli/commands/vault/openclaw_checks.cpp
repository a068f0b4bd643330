// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/vault/openclaw_checks.h"

#include "cli/context.h"
#include "cli/openclaw/comparison.h"
#include "cli/openclaw/config/config_file.h"
#include "cli/openclaw/place.h"
#include "cli/terminal/shell_word.h"
#include "cli/unlocking/paths.h"
#include "import/stores/state_dir.h"
#include "vault/base/error.h"

namespace cli {
namespace {

constexpr const char* kId = "openclaw";
constexpr const char* kWireAgain = "claviger openclaw wire --apply";
constexpr std::chrono::seconds kPatience{8};  // and two for its files

std::optional<OpenclawPlace> place_of_openclaw(const Context& context) {
  const auto& environment = context.environment();
  if (!environment.get("OPENCLAW_STATE_DIR") && !environment.get("HOME")) return std::nullopt;
  const auto state_dir = openclaw_state_dir(context, {});
  if (!formats::is_openclaw_state_dir(state_dir)) return std::nullopt;
  const std::filesystem::path home(environment.get("HOME").value_or(""));
  return OpenclawPlace{state_dir, home, openclaw_config(environment, state_dir)};
}

std::string few_of(const std::vector<std::string>& places) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < places.size() && i < kShown; ++i) text += (i == 0 ? "" : ", ") + places[i];
  return places.size() <= kShown ? text : text + " and " + std::to_string(places.size() - kShown) + " more";
}

void judge_providers(const Comparison& seen, Checks& into) {
  for (const auto& trial : seen.trials) {
    if (trial.outcome == ProviderTrial::Outcome::answers) continue;
    const bool is_silent = trial.outcome == ProviderTrial::Outcome::silent;
    into.push_back({kId, is_silent ? Rating::broken : Rating::skipped, trial.why, trial.hint});
  }
}

// One check each: what puts it back differs.
void judge_gone(const std::vector<Reference>& gone, Checks& into) {
  for (const auto& reference : gone) {
    const bool is_known = !reference.way_back.empty();
    into.push_back({kId, Rating::broken, "OpenClaw refers to what this vault does not have: " + reference.place,
                    is_known ? "`" + reference.way_back + "`, or take it out of OpenClaw: " + reference.removal
                             : "take it out of OpenClaw: " + reference.removal});
  }
}

void judge(const Comparison& seen, const std::string& state_dir, Checks& into) {
  const auto add = [&](Rating rating, const std::string& what, const std::vector<std::string>& places,
                       const std::string& remedy) {
    if (!places.empty()) into.push_back({kId, rating, what + few_of(places), remedy});
  };
  judge_gone(seen.gone, into);
  add(Rating::insecure, "in plaintext in OpenClaw, although the vault serves it: ", seen.plaintext, kWireAgain);
  add(Rating::insecure, "in plaintext in OpenClaw, and not as the vault has it: ", seen.other_plaintext,
      "`claviger import " + state_dir + " --on-conflict replace`, then `" + kWireAgain + "`");
  add(Rating::weak, "expires in OpenClaw at another time than in the vault: ", seen.dates, kWireAgain);
  add(Rating::weak, "in plaintext in OpenClaw, where wiring cannot end it: ", seen.beyond_wiring, "");
  judge_providers(seen, into);
}

}  // namespace

void check_openclaw(const Context& context, vault::UnlockedVault& vault, Checks& into) {
  try {
    const auto place = place_of_openclaw(context);
    if (!place) return;
    const auto where = path_in_quotes(place->state_dir);
    const auto folder = shell_word(place->state_dir.string());
    const auto before = into.size();
    const auto seen = compare_openclaw(context, vault, *place, kPatience);
    if (!seen.is_wired) {
      into.push_back({kId, Rating::skipped, "OpenClaw in " + where + " does not use this vault",
                      "`claviger import " + folder + "`, then `" + kWireAgain + "`"});
      return;
    }
    judge(seen, folder, into);
    if (into.size() > before) return;
    into.push_back({kId, Rating::secure,
                    "OpenClaw in " + where + " gets what this vault has: " + std::to_string(seen.references) +
                        (seen.references == 1 ? " reference" : " references")});
  } catch (const vault::Error& error) {
    into.push_back(
        {kId, Rating::skipped, "OpenClaw could not be compared with the vault: " + std::string(error.what()), ""});
  }
}

}  // namespace cli
