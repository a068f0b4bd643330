// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/arguments/expiry_options.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/credentials/models_paste.h"
#include "cli/credentials/models_secret.h"
#include "cli/credentials/models_setup.h"
#include "import/openclaw/key_aliases.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::CredentialKind;
using vault::Error;
using vault::ErrorCode;
using vault::SecretField;

struct Options {
  std::string provider;
  std::optional<std::string> id;
  ExpiryOptions expiry;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments.option("--provider", "P", &provider, "whose credential it is")
      .option("--profile-id", "ID", &id, "the profile to write")
      .dry_run(dry_run);
}

void declare_expiry(Arguments& arguments, Options& options) {
  arguments.option("--expires-in", "D", &options.expiry.expires_in,
                   "expires after this time: 365d, 12h, 1h30m; a bare number counts days");
}

ManualProfile token_profile(const std::string& id, const std::string& provider, const vault::Expiry& expiry,
                            const vault::SecretString& token) {
  ManualProfile profile{{vault::ProfileId(id), vault::ProviderId(provider), CredentialKind::token, expiry}, {}};
  profile.credential.set(SecretField::token, token.clone());
  return profile;
}

vault::Expiry expiry_of(const Context& context, const Options& options) {
  return options.expiry.value(context.now()).value_or(vault::Expiry::none());
}

// OpenClaw's choice: the key that would be used next, where it lies in the store as such; else a new profile.
std::string key_profile_id(vault::Writing& writing, const vault::AgentName& agent, const std::string& provider,
                           vault::Timestamp now) {
  const auto view = writing.view(agent);
  for (const auto& candidate : view.resolve(vault::ProviderId(provider), now).candidates) {
    const auto* const seen = view.find(candidate.sheet->id);
    const bool is_inline_key = seen->sheet.kind == CredentialKind::api_key && !seen->sheet.key_ref;
    if (is_inline_key && !seen->inherited && seen->sheet.provider == vault::ProviderId(provider))
      return seen->sheet.id.text();
  }
  return provider + ":manual";
}

void require_replaceable(const vault::ProfileSheet& sheet, const std::string& provider) {
  const std::string id = in_quotes(sheet.id.text());
  if (sheet.kind != CredentialKind::api_key) {
    throw Error(ErrorCode::bad_input, id + " is no API key but of type " + std::string(name_of(sheet.kind)),
                "choose another --profile-id, or `claviger add --replace`");
  }
  if (sheet.provider != vault::ProviderId(provider)) {
    throw Error(ErrorCode::bad_input,
                id + " is for " + in_quotes(sheet.provider.text()) + ", not for " + in_quotes(provider));
  }
  if (sheet.key_ref && !is_self_reference(sheet)) {
    throw Error(ErrorCode::bad_input, id + " refers to a secret that is kept elsewhere", "choose another --profile-id");
  }
}

// What the profile holds beside its key stays.
ManualProfile key_profile(vault::Writing& writing, const vault::AgentName& agent, const std::string& id,
                          const std::string& provider, const vault::SecretString& key) {
  ManualProfile profile{{vault::ProfileId(id), vault::ProviderId(provider), CredentialKind::api_key}, {}};
  if (const auto old = writing.own_profile(agent, profile.sheet.id)) {
    require_replaceable(*old, provider);
    profile.credential = writing.credential_of({*old, agent, false});
    profile.sheet = *old;
    profile.sheet.malformed_key = false;
    profile.sheet.key_ref.reset();  // one to the vault itself is no credential
    profile.credential.set_foreign(formats::without_key_aliases(profile.credential.foreign()));
  }
  profile.credential.set(SecretField::key, key.clone());
  return profile;
}

struct ModelsPasteToken final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void ModelsPasteToken::declare(Arguments& arguments) {
  arguments.about(
      "Keeps a token that was made elsewhere, as OpenClaw's command of this name does: asked for unseen, or read from "
      "standard input when that is no terminal. A profile of the same id is replaced whole.");
  options.declare(arguments);
  declare_expiry(arguments, options);
  arguments.example("claviger models auth paste-token --provider anthropic --expires-in 365d")
      .example("claude-token-helper | claviger models auth paste-token --provider anthropic");
}

ExitCode ModelsPasteToken::run(Context& context) {
  const auto provider = manual_provider(options.provider);
  const auto expiry = expiry_of(context, options);
  context.open_to_change();
  const auto token = read_manual(context, "Token for " + in_quotes(provider) + ": ", clean_manual_token, provider);
  const auto decide = [&](vault::Writing&, const vault::AgentName&) {
    return token_profile(options.id.value_or(provider + ":manual"), provider, expiry, token);
  };
  keep_manual(context, decide, options.dry_run);
  return ExitCode::done;
}

struct ModelsPasteApiKey final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void ModelsPasteApiKey::declare(Arguments& arguments) {
  arguments.about(
      "Keeps an API key, asked for unseen or read from standard input when that is no terminal. Without --profile-id "
      "it "
      "renews the key that would be used next, or makes PROVIDER:manual.");
  options.declare(arguments);
  arguments.example("claviger models auth paste-api-key --provider openai");
}

ExitCode ModelsPasteApiKey::run(Context& context) {
  const auto provider = manual_provider(options.provider);
  context.open_to_change();
  const auto key = read_manual(context, "API key for " + in_quotes(provider) + ": ", clean_manual_key, provider);
  const auto decide = [&](vault::Writing& writing, const vault::AgentName& agent) {
    const auto id = options.id ? *options.id : key_profile_id(writing, agent, provider, context.now());
    return key_profile(writing, agent, id, provider, key);
  };
  keep_manual(context, decide, options.dry_run);
  return ExitCode::done;
}

struct ModelsSetupToken final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void ModelsSetupToken::declare(Arguments& arguments) {
  arguments.about(
      "Makes a long-lived token with `claude setup-token`, where that program is installed, and keeps what is pasted "
      "here. Needs a terminal. Such tokens are valid for about a year; the vault knows only what --expires-in says.");
  options.declare(arguments);
  declare_expiry(arguments, options);
  arguments.example("claviger models auth setup-token --provider anthropic --expires-in 365d");
}

ExitCode ModelsSetupToken::run(Context& context) {
  if (vault::ProviderId(options.provider).key() != "anthropic") {
    throw Error(ErrorCode::usage, "only anthropic has setup tokens",
                "`claviger models auth paste-token` takes any provider's");
  }
  if (options.id && !options.id->starts_with("anthropic:")) {
    throw Error(ErrorCode::usage, "a setup token's profile id begins with 'anthropic:'");
  }
  const auto expiry = expiry_of(context, options);
  require_terminal(context);
  context.open_to_change();
  run_claude_setup(context);
  const auto token = read_manual(context, "Paste the setup token: ", clean_manual_token, "anthropic");
  const auto decide = [&](vault::Writing&, const vault::AgentName&) {
    return token_profile(options.id.value_or("anthropic:default"), "anthropic", expiry, token);
  };
  keep_manual(context, decide, options.dry_run);
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_models_paste_token() { return std::make_unique<ModelsPasteToken>(); }
std::unique_ptr<Action> make_models_paste_api_key() { return std::make_unique<ModelsPasteApiKey>(); }
std::unique_ptr<Action> make_models_setup_token() { return std::make_unique<ModelsSetupToken>(); }

}  // namespace cli
