// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/docker_credential.h"
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hosts/asking.h"
#include "cli/hosts/question.h"
#include "vault/selection/token_choice.h"

namespace cli {
namespace {

using vault::ErrorCode;

constexpr std::string_view kPrefix = "docker:";

struct DockerCredential final : Action {
  Question question;
  std::string action;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
  void answer(Context& context) const;
};

void DockerCredential::declare(Arguments& arguments) {
  arguments
      .about(
          "A credential helper for docker and podman, which call it as docker-credential-claviger: answers `get` and "
          "`list` from the providers docker:SERVER. The user name is the profile's e-mail. Failures are one sentence "
          "on standard output and status 1, as that protocol has them. `store` and `erase` fail: the vault is changed "
          "by `claviger add`.")
      .positional("ACTION", action, "get, list, store or erase")
      .example("claviger add docker:ghcr.io --provider docker:ghcr.io --type token --email you")
      .never_asks();
}

// The agent's providers that stand for this server, however each is written; all of them for an empty one.
std::vector<vault::ProviderId> providers_of(const vault::AgentView& view, std::string_view server) {
  std::vector<vault::ProviderId> found;
  for (const auto& provider : view.providers()) {
    const auto key = provider.key();
    if (!key.starts_with(kPrefix)) continue;
    if (server.empty() || formats::docker_server(key.substr(kPrefix.size())) == server) found.push_back(provider);
  }
  return found;
}

bool has_username(const vault::ProfileSheet& sheet) { return sheet.email && !sheet.email->empty(); }

// `<token>` as a user name would make docker take the secret for something else, so there must be a real one.
vault::TokenAnswer login_of(vault::Reading& reading, const vault::AgentView& view, const vault::ProviderId& provider,
                            vault::Timestamp now) {
  vault::TokenQuestion question;
  question.suits = has_username;
  return token_for(reading, view, provider, question, now);
}

vault::Token find(vault::Reading& reading, const vault::AgentName& agent, std::string_view server,
                  vault::Timestamp now) {
  const auto view = reading.view(agent);
  bool nameless = false;
  for (const auto& provider : providers_of(view, server)) {
    auto answer = login_of(reading, view, provider, now);
    if (auto* const token = std::get_if<vault::Token>(&answer)) return std::move(*token);
    nameless = nameless || std::holds_alternative<vault::Token>(token_for(reading, view, provider, {}, now));
  }
  if (nameless)
    throw PlainFailure(ErrorCode::bad_input, "the vault has no user name with this login: `claviger edit` --email");
  throw PlainFailure(ErrorCode::not_found, std::string(formats::kDockerNotFound));
}

std::map<std::string, std::string> usernames(vault::Reading& reading, const vault::AgentName& agent,
                                             vault::Timestamp now) {
  const auto view = reading.view(agent);
  std::map<std::string, std::string> all;
  for (const auto& provider : providers_of(view, "")) {
    const auto answer = login_of(reading, view, provider, now);
    const auto* const token = std::get_if<vault::Token>(&answer);
    if (token == nullptr) continue;
    const auto server = formats::docker_server(std::string_view(provider.key()).substr(kPrefix.size()));
    all.emplace(formats::docker_address(server), token->email);
  }
  return all;
}

void DockerCredential::answer(Context& context) const {
  const formats::Sink sink = [&](std::string_view part) { context.out().write(part); };
  if (action == "list") {
    formats::write_docker_list(asked_by_a_program(context,
                                                  [&](vault::Reading& reading, const vault::AgentName& agent) {
                                                    return usernames(reading, agent, context.now());
                                                  }),
                               sink);
    return;
  }
  const auto text = question.read(formats::kLargestDockerRequest);
  if (action != "get") throw PlainFailure(ErrorCode::usage, "docker changes nothing in the vault: use `claviger add`");
  const auto asked = formats::read_docker_request(text);
  const auto server = formats::docker_server(asked);
  if (server.empty()) throw PlainFailure(ErrorCode::not_found, std::string(formats::kDockerNotFound));
  const auto token = asked_by_a_program(context, [&](vault::Reading& reading, const vault::AgentName& agent) {
    return find(reading, agent, server, context.now());
  });
  formats::write_docker_answer({asked, token.email, token.value.reveal()}, sink);
}

ExitCode DockerCredential::run(Context& context) {
  const auto limit = question.time_limit({.out = "the vault is busy: try again\n", .exit_status = 1});
  try {
    answer(context);
    return ExitCode::done;
  } catch (const vault::Error& error) {
    context.out().write(std::string(error.what()) + "\n");
    return ExitCode::helper_failed;
  }
}

}  // namespace

std::unique_ptr<Action> make_docker_credential() { return std::make_unique<DockerCredential>(); }

}  // namespace cli
