// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hosts/asking.h"
#include "cli/hosts/question.h"
#include "cli/hosts/stale_members.h"
#include "import/json/json_writer.h"
#include "vault/selection/token_choice.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

struct PrintToken final : Action {
  Question asked;
  std::optional<std::string> profile;
  std::optional<std::string> provider;
  std::optional<std::string> session;
  std::vector<std::string> types;
  std::optional<std::string> min_valid;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  vault::TokenQuestion question() const;
};

void PrintToken::declare(Arguments& arguments) {
  arguments
      .about(
          "Prints one line for a program that runs a command to get its key: the key or token of a profile, or of the "
          "next usable one of a provider in the agent's order, else the provider's variable. Of a login it prints the "
          "stored access token; nothing is renewed. Never asks; a failure is one line on stderr that names no id.")
      .positional("PROFILE-ID", profile, "this profile; also ref/... (see list --json) and env/NAME")
      .option("--provider", "P", &provider, "the next usable one of this provider instead")
      .option("--session", "S", &session, "with --provider: first what is pinned to this session")
      .choice("--type", "TYPE", {"api_key", "token", "oauth"}, &types,
              "only of this type; may be repeated. A variable counts as api_key")
      .option("--min-valid", "D", &min_valid, "what expires sooner counts as expired (default: 60s)")
      .example("claviger token --provider anthropic --type api_key")
      .never_asks();
}

vault::TokenQuestion PrintToken::question() const {
  vault::TokenQuestion question;
  for (const auto& type : types) question.kinds.push_back(*vault::kind_named(type));
  if (min_valid) question.min_valid_ms = parse_duration_ms(*min_valid);
  return question;
}

vault::TokenAnswer answer_to(const PrintToken& call, vault::Reading& reading, const vault::AgentName& agent,
                             vault::Timestamp now) {
  if (call.profile) return token_of(reading, agent, *call.profile, call.question(), now);
  const auto view = reading.view(agent);
  std::optional<vault::ProfileId> pinned;
  if (call.session) {
    const auto pin = std::ranges::find(view.pins, *call.session, &vault::SessionPin::session);
    if (pin != view.pins.end()) pinned = pin->profile;
  }
  return token_for(reading, view, vault::ProviderId(*call.provider), call.question(), now, pinned);
}

void print_json_token(Output& out, const vault::Token& token) {
  formats::JsonWriter writer([&](std::string_view text) { out.write(text); }, formats::JsonLayout::pretty);
  writer.begin_object();
  writer.name("schemaVersion");
  writer.integer(1);
  add_stale_members(writer);
  writer.string_member("value", token.value.reveal());
  writer.string_member("profile", token.id);
  writer.string_member("type", name_of(token.kind));
  writer.name("expiresAtMs");
  writer.literal(token.expires ? std::to_string(token.expires->ms) : "null");
  writer.name("refreshed");
  writer.boolean(false);
  writer.end_object();
  writer.finish();
}

ExitCode PrintToken::run(Context& context) {
  if (profile.has_value() == provider.has_value()) {
    throw Error(ErrorCode::usage, "a profile or --provider, one of the two");
  }
  if (session && !provider) throw Error(ErrorCode::usage, "--session belongs to --provider");
  const auto limit = asked.time_limit(kBusyInTime);
  const auto answer = asked_by_a_program(context, [&](vault::Reading& reading, const vault::AgentName& agent) {
    return answer_to(*this, reading, agent, context.now());
  });
  if (const auto* const reason = std::get_if<vault::NoToken>(&answer)) {
    const auto code = *reason == vault::NoToken::not_one_line ? ErrorCode::bad_input : ErrorCode::not_found;
    throw PlainFailure(code, "no token to give: " + std::string(words_for(*reason)));
  }
  const auto& token = std::get<vault::Token>(answer);
  auto& out = context.out();
  if (context.flags().json) {
    print_json_token(out, token);
  } else {
    out.write(token.value.reveal());
    out.write("\n");
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_token() { return std::make_unique<PrintToken>(); }

}  // namespace cli
