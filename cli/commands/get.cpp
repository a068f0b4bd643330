// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/find_profile.h"
#include "vault/base/error.h"

namespace cli {
namespace {

vault::SecretField field_wanted(const vault::ProfileSheet& sheet, const std::optional<std::string>& name) {
  return name ? *vault::field_named(*name) : vault::main_field(sheet.kind);
}

struct Get final : Action {
  std::string id;
  std::optional<std::string> field;
  bool no_newline = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Get::declare(Arguments& arguments) {
  arguments.about("Prints one secret, and nothing else, to standard output.")
      .positional("PROFILE-ID", id, "which profile")
      .choice("--field", "NAME", {"key", "token", "access", "refresh"}, &field, "which secret of it (default: its own kind's)")
      .flag("--no-newline", no_newline, "no line end behind it")
      .example("curl -H \"Authorization: Bearer $(claviger get openai:work)\" ...");
}

ExitCode Get::run(Context& context) {
  auto& vault = context.open(vault::Access::read);
  auto reading = vault.read();
  const auto profile = require_profile(reading, context.agent(reading), id);
  const auto credential = reading.credential_of(profile);
  const auto wanted = field_wanted(profile.sheet, field);
  const auto* const secret = credential.find(wanted);
  if (secret == nullptr) {
    const bool refers = profile.sheet.key_ref || profile.sheet.token_ref;
    throw vault::Error(vault::ErrorCode::not_found,
                       in_quotes(id) + " has no " + std::string(name_of(wanted)) +
                           (refers ? " of its own: it refers to a secret kept elsewhere" : ""),
                       "claviger show " + display_safe(id));
  }
  context.tell_warnings(reading);
  context.out().write(secret->reveal());
  if (!no_newline) context.out().write("\n");
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_get() { return std::make_unique<Get>(); }

}  // namespace cli
