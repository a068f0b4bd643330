// SPDX-License-Identifier: Apache-2.0
#include "import/hosts/aws_credential.h"
#include "cli/arguments/arguments.h"
#include "cli/arguments/duration.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hosts/asking.h"
#include "cli/hosts/question.h"
#include "vault/selection/token_choice.h"

namespace cli {
namespace {

using vault::ErrorCode;

struct AwsCredential final : Action {
  Question asked;
  std::optional<std::string> prefix;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void AwsCredential::declare(Arguments& arguments) {
  arguments
      .about(
          "Answers the AWS SDKs' credential_process from the agent's variables AWS_ACCESS_KEY_ID, "
          "AWS_SECRET_ACCESS_KEY and, where there, AWS_SESSION_TOKEN and AWS_CREDENTIAL_EXPIRATION.")
      .option("--prefix", "P_", &prefix, "instead, variables whose names begin so: P_AWS_ACCESS_KEY_ID, ...")
      .example("credential_process = claviger aws-credential --prefix PROD_")
      .never_asks();
}

struct Keys {
  vault::SecretString id, secret;
  std::optional<vault::SecretString> session;
  std::optional<vault::Timestamp> expiration;
};

std::optional<vault::SecretString> variable(vault::Reading& reading, const vault::AgentName& agent,
                                            const std::string& name, vault::Timestamp now) {
  auto answer = token_of(reading, agent, "env/" + name, {}, now);
  if (auto* const token = std::get_if<vault::Token>(&answer)) return std::move(token->value);
  const auto reason = std::get<vault::NoToken>(answer);
  if (reason == vault::NoToken::unknown) return std::nullopt;
  throw PlainFailure(reason == vault::NoToken::not_one_line ? ErrorCode::bad_input : ErrorCode::not_found,
                     "one of the AWS variables cannot be used: " + std::string(words_for(reason)));
}

std::optional<vault::Timestamp> expiration_in(const std::optional<vault::SecretString>& text) {
  if (!text) return std::nullopt;
  try {
    return parse_time(text->reveal());
  } catch (const vault::Error&) {
    throw PlainFailure(ErrorCode::bad_input, "AWS_CREDENTIAL_EXPIRATION is no time such as 2027-01-31T10:00:00Z");
  }
}

Keys read_keys(vault::Reading& reading, const vault::AgentName& agent, const std::string& prefix,
               vault::Timestamp now) {
  const auto named = [&](const char* name) { return variable(reading, agent, prefix + name, now); };
  auto id = named("AWS_ACCESS_KEY_ID");
  auto secret = named("AWS_SECRET_ACCESS_KEY");
  if (!id || !secret) {
    throw PlainFailure(ErrorCode::not_found,
                       "the agent has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this prefix");
  }
  Keys keys{std::move(*id), std::move(*secret), named("AWS_SESSION_TOKEN"),
            expiration_in(named("AWS_CREDENTIAL_EXPIRATION"))};
  if (keys.expiration && *keys.expiration <= now) {
    throw PlainFailure(ErrorCode::not_found, "the AWS credentials of this prefix have expired");
  }
  return keys;
}

ExitCode AwsCredential::run(Context& context) {
  const auto limit = asked.time_limit(kBusyInTime);
  const auto keys = asked_by_a_program(context, [&](vault::Reading& reading, const vault::AgentName& agent) {
    return read_keys(reading, agent, prefix.value_or(""), context.now());
  });
  const auto session = keys.session ? std::optional(keys.session->reveal()) : std::nullopt;
  formats::write_aws_answer({keys.id.reveal(), keys.secret.reveal(), session, keys.expiration},
                            [&](std::string_view part) { context.out().write(part); });
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_aws_credential() { return std::make_unique<AwsCredential>(); }

}  // namespace cli
