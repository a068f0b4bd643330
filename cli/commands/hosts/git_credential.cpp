// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hosts/asking.h"
#include "cli/hosts/question.h"
#include "import/hosts/git_credential.h"
#include "vault/selection/token_choice.h"

namespace cli {
namespace {

// What git's forges take where a token stands for the user.
constexpr std::string_view kAnyUser = "x-access-token";

struct GitCredential final : Action {
  Question question;
  std::string operation;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void GitCredential::declare(Arguments& arguments) {
  arguments
      .about(
          "A credential helper for git: answers `get` with the user name and the token of the provider git:HOST or "
          "git:HOST/PATH, the longest first. The user name is the profile's e-mail, else x-access-token. What it does "
          "not have it leaves to git's next helper. `store` and `erase` are read and ignored: the vault is changed by "
          "`claviger add`.")
      .positional("OPERATION", operation, "get, store or erase")
      .example("claviger add git:github.com --provider git:github.com --type token")
      .example("git config --global --add credential.https://github.com.helper '!claviger git-credential'")
      .never_asks();
}

std::string_view username_of(const vault::ProfileSheet& sheet) {
  return sheet.email && !sheet.email->empty() ? std::string_view(*sheet.email) : kAnyUser;
}

std::optional<vault::Token> find(vault::Reading& reading, const vault::AgentName& agent,
                                 const formats::GitRequest& request, vault::Timestamp now) {
  vault::TokenQuestion question;
  if (request.username) {
    question.suits = [&](const vault::ProfileSheet& sheet) { return username_of(sheet) == *request.username; };
  }
  const auto view = reading.view(agent);
  for (const auto& provider : formats::git_providers(request)) {
    auto answer = token_for(reading, view, vault::ProviderId(provider), question, now);
    if (auto* const token = std::get_if<vault::Token>(&answer)) return std::move(*token);
  }
  return std::nullopt;
}

ExitCode GitCredential::run(Context& context) {
  const auto text = question.read(formats::kLargestGitRequest, formats::is_whole_git_request);
  if (operation != "get") return ExitCode::done;
  const auto request = formats::read_git_request(text);
  if (formats::git_providers(request).empty()) return ExitCode::done;
  const auto limit = question.time_limit(kBusyInTime);
  const auto token = asked_by_a_program(context, [&](vault::Reading& reading, const vault::AgentName& agent) {
    return find(reading, agent, request, context.now());
  });
  if (!token) return ExitCode::done;
  const auto username = token->email.empty() ? kAnyUser : std::string_view(token->email);
  formats::write_git_answer({username, token->value.reveal(), token->expires},
                            [&](std::string_view part) { context.out().write(part); });
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_git_credential() { return std::make_unique<GitCredential>(); }

}  // namespace cli
