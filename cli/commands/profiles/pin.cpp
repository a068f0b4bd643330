// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "cli/words/pin_words.h"
#include "vault/base/error.h"

namespace cli {
namespace {

constexpr std::size_t kLongestSession = 1024;

void declare_session(Arguments& arguments, std::string& session) {
  arguments.option("--session", "S", &session, "the session's name or key, as its program writes it");
}

void require_session(const std::string& session) {
  if (session.empty() || session.size() > kLongestSession) {
    throw vault::Error(vault::ErrorCode::usage, "a session's name has 1 to 1024 bytes");
  }
}

// A whole id first: an id may hold an '@' itself, such as google:me@example.com.
vault::ProfileId profile_meant(vault::Reading& reading, const vault::AgentName& agent, const std::string& word) {
  if (!word.empty() && reading.find_profile(agent, vault::ProfileId(word))) return vault::ProfileId(word);
  const auto words = split_pin(word);
  return require_profile(reading, agent, words ? std::string(words->profile) : word).sheet.id;
}

void print_pin(const Context& context, const vault::AgentName& agent, const std::string& session,
               const vault::SessionPin* pin, bool dry_run = false) {
  if (!context.flags().json) {
    context.out().write(pin != nullptr ? display_safe(pin->profile.text()) + "\n" : std::string("(none)\n"));
    return;
  }
  Json document = json_receipt(dry_run);
  document["agent"] = agent.text();
  document["session"] = session;
  document["profile"] = pin != nullptr ? Json(pin->profile.text()) : Json(nullptr);
  document["pinnedAtMs"] = pin != nullptr ? Json(pin->pinned.ms) : Json(nullptr);
  print_json(context.out(), document);
}

struct PinSet final : Action {
  std::string session;
  std::string choice;
  bool dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void PinSet::declare(Arguments& arguments) {
  arguments
      .about(
          "Pins a profile to a session: it is tried first there, even while it cools down. A profile that cannot serve "
          "the provider, or that an explicit order leaves out, is still not used.")
      .positional("CHOICE", choice, "PROFILE-ID, or MODEL@PROFILE-ID; the model itself is not kept");
  declare_session(arguments, session);
  arguments.dry_run(dry_run)
      .example("claviger pin set --session telegram:42 anthropic:work")
      .example("claviger pin set --session telegram:42 anthropic/claude-opus@anthropic:work");
}

ExitCode PinSet::run(Context& context) {
  require_session(session);
  auto writing = context.open(vault::Access::write).write();
  const auto agent = context.agent(writing);
  const vault::SessionPin pin{session, profile_meant(writing, agent, choice), context.now()};
  writing.put_pin(agent, pin);
  context.finish(writing, dry_run);
  context.note_change("Pinned", "pin", in_quotes(pin.profile.text()) + " to session " + in_quotes(session));
  if (context.flags().json) print_pin(context, agent, session, &pin, dry_run);
  return ExitCode::done;
}

struct PinGet final : Action {
  std::string session;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void PinGet::declare(Arguments& arguments) {
  arguments.about("Prints the profile that is pinned to a session.");
  declare_session(arguments, session);
}

ExitCode PinGet::run(Context& context) {
  auto reading = context.open_to_answer().read();
  const auto view = reading.view(context.agent(reading));
  context.tell_warnings(reading);
  const auto pin = std::ranges::find(view.pins, session, &vault::SessionPin::session);
  print_pin(context, view.agent.name, session, pin == view.pins.end() ? nullptr : &*pin);
  return ExitCode::done;
}

struct PinClear final : Action {
  std::string session;
  bool dry_run = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void PinClear::declare(Arguments& arguments) {
  arguments.about("Removes a session's pin. Fine when there is none.");
  declare_session(arguments, session);
  arguments.dry_run(dry_run);
}

ExitCode PinClear::run(Context& context) {
  require_session(session);
  auto writing = context.open(vault::Access::write).write();
  const auto agent = context.agent(writing);
  const bool was_there = writing.remove_pin(agent, session);
  if (was_there || dry_run) context.finish(writing, dry_run);
  if (was_there) context.note_change("Removed", "remove", "the pin of session " + in_quotes(session));
  if (!was_there) context.terminal().note("Session " + in_quotes(session) + " had no pin.");
  if (context.flags().json) print_pin(context, agent, session, nullptr, dry_run);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_pin_set() { return std::make_unique<PinSet>(); }
std::unique_ptr<Action> make_pin_get() { return std::make_unique<PinGet>(); }
std::unique_ptr<Action> make_pin_clear() { return std::make_unique<PinClear>(); }

}  // namespace cli
