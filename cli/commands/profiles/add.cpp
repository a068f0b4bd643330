// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/arguments/expiry_options.h"
#include "cli/arguments/revision_option.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/credentials/new_profile.h"
#include "cli/credentials/secret_input.h"
#include "cli/openclaw/wired_copies.h"
#include "cli/terminal/typed_here.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"
#include "cli/words/text_secret.h"
#include "vault/base/error.h"
#include "vault/model/placeholder.h"
#include "vault/selection/new_id.h"

namespace cli {
namespace {

struct Options {
  std::string id;
  std::optional<std::string> type;
  std::optional<std::string> provider;
  ExpiryOptions expiry;
  std::optional<std::string> email;
  std::optional<std::string> display_name;
  SecretSource source;
  bool replace = false;
  RevisionOption seen;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

void Options::declare(Arguments& arguments) {
  arguments
      .about(
          "Adds a profile, or replaces one with --replace. The secret is asked for, or read from --stdin or a file: "
          "never from the command line, where every other program could see it.")
      .positional("PROFILE-ID", id,
                  "such as anthropic:work; the part before ':' is its provider. env/NAME: a variable; "
                  "config/PATH: a secret of openclaw.json")
      .choice("--type", "TYPE", {"api_key", "token", "oauth"}, &type,
              "what kind of credential it is; without it, asked for, or judged by what was piped")
      .option("--provider", "P", &provider, "the provider, where the id does not begin with it");
  expiry.declare(arguments);
  arguments.option("--email", "E", &email, "whose account it is")
      .option("--display-name", "N", &display_name, "a name for people");
  source.declare(arguments);
  arguments.flag("--replace", replace, "replace the profile that has this id")
      .with(seen)
      .dry_run(dry_run)
      .example("claviger add openai:work --type api_key")
      .example("pass show anthropic | claviger add anthropic:ci --type token --stdin --expires-in 365d");
}

vault::ProfileSheet sheet_from(const Options& options, vault::CredentialKind kind, vault::Timestamp now) {
  vault::ProfileId id(options.id);
  std::string provider = options.provider.value_or(std::string(id.conventional_provider()));
  vault::ProfileSheet sheet{std::move(id), vault::ProviderId(std::move(provider))};
  sheet.kind = kind;
  sheet.expiry = options.expiry.value(now).value_or(vault::Expiry::none());
  sheet.email = options.email;
  sheet.display_name = options.display_name;
  return sheet;
}

void require_sense(const vault::ProfileSheet& sheet) {
  if (sheet.kind == vault::CredentialKind::oauth && sheet.expiry.form == vault::Expiry::Form::none) {
    throw vault::Error(vault::ErrorCode::usage, "an OAuth login needs its expiry",
                       "--expires-in 8h, or --expires-at TIME");
  }
}

void require_bare_text(const Options& options) {
  if (!options.type && !options.provider && !options.email && !options.display_name && !options.expiry.expires_in &&
      !options.expiry.expires_at)
    return;
  throw vault::Error(vault::ErrorCode::usage,
                     "a " + noun_of(options.id) + " has no type, provider, expiry or owner: say its id alone");
}

void require_free(const Options& options, bool is_there) {
  if (!is_there || options.replace) return;
  throw vault::Error(vault::ErrorCode::already_exists,
                     "there is a " + noun_of(options.id) + " " + in_quotes(options.id) + " already",
                     "replace it with --replace");
}

void note_added(const Context& context, bool was_there, const std::string& what) {
  if (was_there) return context.note_change("Replaced", "replace", what);
  context.note_change("Added", "add", what);
}

std::optional<vault::Revision> seen_revision(const Options& options) {
  if (!options.seen.given() || options.replace) return options.seen.value();
  throw vault::Error(vault::ErrorCode::usage, "--if-revision is about what --replace replaces",
                     "say --replace too, or leave it out");
}

ExitCode add_text(Context& context, const Options& options) {
  require_bare_text(options);
  const auto seen = seen_revision(options);
  auto& vault = context.open_to_change();
  const auto agent = [&] {
    auto writing = vault.write();
    const auto name = owner_of(options.id, context.agent(writing));
    require_free(options, own_text(writing, name, options.id).has_value());
    return name;
  }();
  const auto value = options.source.read_text(context, options.id);
  if (vault::is_placeholder(value.reveal())) {
    throw vault::Error(vault::ErrorCode::bad_input, "that is a placeholder, no secret");
  }
  const WiredCopies copies(context);
  auto writing = vault.write();
  const bool was_there = own_text(writing, agent, options.id).has_value();
  require_free(options, was_there);
  const auto stored = put_text(writing, agent, options.id, value, seen);
  const auto entry =
      context.flags().json ? stored_json(text_json(stored), revision_of(writing, stored), options.dry_run) : Json();
  const auto wired = copies.to_text(writing, agent, options.id);
  context.finish(writing, options.dry_run);
  note_added(context, was_there,
             in_quotes(stored.id) + ", fingerprint " + fingerprint_text(stored.fingerprint).value_or("-"));
  wired.tell_new_secret(context.terminal());
  if (context.flags().json) {
    Json document = json_receipt(options.dry_run);
    document[options.id.starts_with("env/") ? "variables" : "config"] = Json::array({entry});
    wired.add_to(document);
    print_json(context.out(), document);
  }
  return ExitCode::done;
}

void tell_doubts(const Context& context, const vault::ProfileSheet& sheet, const vault::Credential& credential) {
  const auto* const secret = credential.find(main_field(sheet.kind));
  if (secret == nullptr) return;
  for (const auto& doubt : doubts_about(sheet, secret->reveal())) context.terminal().warn(doubt);
}

struct Add final : Action {
  Options options;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Add::declare(Arguments& arguments) { options.declare(arguments); }

ExitCode Add::run(Context& context) {
  if (is_text_secret(options.id)) return add_text(context, options);
  const auto seen = seen_revision(options);
  auto given = options.source.given(context);
  const auto kind = options.type ? *vault::kind_named(*options.type) : missing_kind(context, given);
  const auto sheet = sheet_from(options, kind, context.now());
  require_sense(sheet);
  auto& vault = context.open_to_change();
  const auto agent = [&] {
    auto reading = vault.read();
    const auto name = context.agent(reading);
    const auto own = reading.own_profile(name, sheet.id);
    if (own && !options.replace) {
      throw vault::Error(vault::ErrorCode::already_exists, "there is a profile " + in_quotes(options.id) + " already",
                         "replace it with --replace");
    }
    if (!own) require_distinct_id(reading, name, sheet.id);
    return name;
  }();
  const auto credential = options.source.read(context, sheet, std::move(given));
  const WiredCopies copies(context);
  auto writing = vault.write();
  const bool was_there = writing.own_profile(agent, sheet.id).has_value();
  if (was_there && !options.replace) {
    throw vault::Error(vault::ErrorCode::already_exists, "there is a profile " + in_quotes(options.id) + " already");
  }
  const auto stored = writing.put_profile(agent, sheet, credential, seen);
  const vault::SeenProfile now{stored, agent, false};
  const auto entry =
      context.flags().json ? stored_json(profile_json(now), writing.revision_of(now), options.dry_run) : Json();
  const auto wired = copies.to_profile(writing, agent, stored);
  const auto to_order = command_to_order(writing, agent, stored);
  context.finish(writing, options.dry_run);
  note_added(context, was_there,
             in_quotes(options.id) + ": " + std::string(name_of(stored.kind)) + " for " +
                 in_quotes(stored.provider.text()) + ", expires " + expiry_words(stored, context.now()) +
                 ", fingerprint " + fingerprint_text(stored).value_or("-"));
  tell_doubts(context, stored, credential);
  if (to_order) {
    context.terminal().note("The order of " + in_quotes(stored.provider.text()) +
                            " leaves it out, so it is not used. To use it after the others:");
    context.terminal().note("  " + typed_here(*to_order, context.flags()));
  }
  wired.tell_new_secret(context.terminal(), stored.expiry);
  if (context.flags().json) {
    Json document = json_receipt(options.dry_run);
    document["profiles"] = Json::array({entry});
    wired.add_to(document);
    print_json(context.out(), document);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_add() { return std::make_unique<Add>(); }

}  // namespace cli
