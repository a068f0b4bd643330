// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/arguments/provider_choice.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/damaged_words.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"
#include "cli/words/reason_words.h"
#include "vault/base/error.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

struct Answer {
  vault::ProviderId provider;
  vault::ResolvedOrder order;
  std::vector<std::string> variables;     // the provider's, that the agent has and that are not blank
  std::vector<std::string> placeholders;  // likewise, but no value stands in them
};

Answer answer(const vault::AgentView& view, const std::string& provider, const std::optional<std::string>& pin,
              vault::Timestamp now) {
  Answer result{vault::ProviderId(provider), {}, {}, {}};
  const auto preferred = pin ? std::optional(vault::ProfileId(*pin)) : std::nullopt;
  result.order = view.resolve(result.provider, now, preferred);
  for (const auto name : vault::variables_of(lookup_provider(result.provider))) {
    const auto* const variable = view.find_variable(name);
    if (variable == nullptr || variable->sheet.blank) continue;
    (variable->sheet.placeholder ? result.placeholders : result.variables).emplace_back(name);
  }
  return result;
}

// What is over is said, although OpenClaw would try a login all the same and refresh it.
std::string expired_words(const vault::ProfileSheet& sheet, vault::Timestamp now) {
  const auto end = expiry_time(sheet);
  if (!end || *end > now) return "";
  const bool refreshable = sheet.usable_fields.contains(vault::SecretField::refresh);
  return "; expired " + relative_time(*end, now) + (refreshable ? ", to be refreshed first" : "");
}

std::string_view first_words(vault::OrderSource source) {
  switch (source) {
    case vault::OrderSource::pin: return "pinned";
    case vault::OrderSource::agent_order: return "first in the agent's order";
    case vault::OrderSource::default_order: return "first in the default order";
    case vault::OrderSource::selected_automatically: return "first, selected automatically";
  }
  return "";
}

std::string standing(const vault::Candidate& candidate, std::size_t rank, vault::OrderSource source,
                     vault::Timestamp now) {
  if (candidate.unusable_until) return "cooling down, usable " + relative_time(*candidate.unusable_until, now);
  if (rank == 0) return std::string(first_words(source));
  return "next in line";
}

std::string candidate_reason(const vault::Candidate& candidate, std::size_t rank, vault::OrderSource source,
                             vault::Timestamp now) {
  return standing(candidate, rank, source, now) + expired_words(*candidate.sheet, now);
}

// A variable is used where no profile is.
std::string nothing_next(const Answer& result) {
  if (result.order.candidates.empty() && !result.variables.empty()) return "env/" + result.variables.front() + "\n";
  return "(none)\n";
}

void print_people(const Context& context, const Answer& result) {
  auto& out = context.out();
  const auto now = context.now();
  const auto* const next = result.order.next();
  out.write(next != nullptr ? display_safe(next->id.text()) + "\n" : nothing_next(result));
  Table table({{"  #", Align::right},
               {"PROFILE", Align::left, Shrink::whole},
               {"TYPE"},
               {"WHY", Align::left, Shrink::wraps, 24}});
  std::size_t rank = 0;
  for (const auto& candidate : result.order.candidates) {
    table.add_row({std::to_string(rank + 1), candidate.sheet->id.text(), std::string(name_of(candidate.sheet->kind)),
                   candidate_reason(candidate, rank, result.order.source, now)});
    ++rank;
  }
  for (const auto& excluded : result.order.excluded) {
    table.add_row(
        {"-", excluded.id.text(), "", Cell("not used: " + std::string(words_for(excluded.reason)), Style::dim)});
  }
  for (const auto& name : result.variables) {
    table.add_row(
        {"-", "env/" + name, "variable",
         Cell(result.order.candidates.empty() ? "used, since no profile is" : "used after every profile", Style::dim)});
  }
  for (const auto& name : result.placeholders) {
    const auto why = words_for(vault::Reason::placeholder);
    table.add_row({"-", "env/" + name, "variable", Cell("not used: " + std::string(why), Style::dim)});
  }
  out.write(table.render(context.terminal().table_look()));
  out.flush();  // the notes stand below it
  if (next == nullptr && result.variables.empty()) {
    context.terminal().note("Nothing of " + in_quotes(result.provider.text()) + " can be used now.");
  }
  if (result.order.repaired) {
    context.terminal().note("The stored order names no profile that exists, so it was not followed.");
  }
}

void print_document(const Context& context, const vault::AgentView& view, const Answer& result,
                    const vault::Reading& reading) {
  const auto now = context.now();
  const auto* const next = result.order.next();
  Json document = json_document();
  document["agent"] = view.agent.name.text();
  document["provider"] = result.provider.text();
  document["next"] = next != nullptr ? Json(next->id.text()) : Json(nullptr);
  document["source"] = name_of(result.order.source);
  document["candidates"] = Json::array();
  std::size_t rank = 0;
  for (const auto& candidate : result.order.candidates) {
    document["candidates"].push_back({{"id", candidate.sheet->id.text()},
                                      {"type", name_of(candidate.sheet->kind)},
                                      {"reason", candidate_reason(candidate, rank, result.order.source, now)},
                                      {"rank", rank + 1},
                                      {"cooldownUntilMs", ms_or_null(candidate.unusable_until)}});
    ++rank;
  }
  document["excluded"] = Json::array();
  for (const auto& excluded : result.order.excluded) {
    document["excluded"].push_back({{"id", excluded.id.text()}, {"reason", name_of(excluded.reason)}});
  }
  for (const auto& name : result.placeholders) {
    document["excluded"].push_back({{"id", "env/" + name}, {"reason", name_of(vault::Reason::placeholder)}});
  }
  document["variables"] = result.variables;
  add_damaged(document, reading);
  print_json(context.out(), document);
}

std::optional<std::string> pinned_to(const vault::AgentView& view, const std::string& session) {
  const auto pin = std::ranges::find(view.pins, session, &vault::SessionPin::session);
  return pin == view.pins.end() ? std::nullopt : std::optional(pin->profile.text());
}

void tell_unused_pin(const Context& context, const vault::AgentView& view, const std::string& pin,
                     const std::string& provider) {
  const auto* const seen = view.find(vault::ProfileId(pin));
  const bool foreign =
      seen != nullptr && lookup_provider(seen->sheet.provider) != lookup_provider(vault::ProviderId(provider));
  context.terminal().warn("what is pinned, " + in_quotes(pin) + ", is not used for " + in_quotes(provider) + ": " +
                          (seen == nullptr ? "there is no such profile any more"
                           : foreign       ? "it is for " + in_quotes(seen->sheet.provider.text())
                                           : "it cannot be used now, or the order leaves it out"));
}

struct Which final : Action {
  ProviderChoice choice;
  std::optional<std::string> pin;
  std::optional<std::string> session;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Which::declare(Arguments& arguments) {
  choice.needed = true;
  arguments.about("Explains which of a provider's profiles is used next, why, and why each other is not.")
      .with(choice)
      .option("--pin", "ID", &pin, "as if this profile were pinned")
      .option("--session", "S", &session, "with what is pinned to this session")
      .example("claviger which anthropic --session telegram:42");
}

ExitCode Which::run(Context& context) {
  if (pin && session) throw vault::Error(vault::ErrorCode::usage, "--pin and --session: one choice at a time");
  const auto provider = choice.required();
  auto reading = context.open_to_answer().read();
  const auto view = reading.view(context.agent(reading));
  context.tell_warnings(reading);
  if (pin) require_profile(reading, view.agent.name, *pin);
  if (session) pin = pinned_to(view, *session);
  if (!knows_provider(view, provider) && reading.damaged().empty()) fail_unknown_provider(view, provider);
  const auto result = answer(view, provider, pin, context.now());
  if (pin && result.order.source != vault::OrderSource::pin) tell_unused_pin(context, view, *pin, provider);
  if (context.flags().json) {
    print_document(context, view, result, reading);
  } else {
    print_people(context, result);
  }
  return tell_damaged(context, reading);
}

}  // namespace

std::unique_ptr<Action> make_which() { return std::make_unique<Which>(); }

}  // namespace cli
