// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/hosts/stale_members.h"
#include "cli/terminal/shell_word.h"
#include "cli/words/find_profile.h"
#include "cli/words/text_secret.h"
#include "import/json/json_writer.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;

constexpr std::string_view kVariable = "env/", kConfig = "config/";

struct Get final : Action {
  std::string id;
  std::optional<std::string> field;
  bool no_newline = false;
  bool force = false;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void require_no_placeholder(const vault::ProfileSheet& sheet, bool force) {
  if (!sheet.placeholder || force) return;
  throw Error(ErrorCode::bad_input, in_quotes(sheet.id.text()) + " holds a placeholder, no secret",
              "`claviger add " + shell_word(sheet.id.text()) + " --type " + std::string(name_of(sheet.kind)) +
                  " --replace` gives it one; --force prints what is there");
}

[[noreturn]] void fail_without(const vault::ProfileSheet& sheet, vault::SecretField wanted) {
  const bool refers = sheet.key_ref || sheet.token_ref;
  throw Error(ErrorCode::not_found,
              in_quotes(sheet.id.text()) + " has no " + std::string(name_of(wanted)) +
                  (refers ? ": it refers to a secret kept elsewhere" : ""),
              "claviger show " + shell_word(sheet.id.text()));
}

void print(const Context& context, const Get& call, std::string_view field, const vault::SecretString& secret,
           const std::function<vault::Revision()>& revision) {
  auto& out = context.out();
  if (!context.flags().json) {
    out.write(secret.reveal());
    if (!call.no_newline) out.write("\n");
    return;
  }
  formats::JsonWriter writer([&](std::string_view text) { out.write(text); }, formats::JsonLayout::pretty);
  writer.begin_object();
  writer.name("schemaVersion");
  writer.integer(1);
  add_stale_members(writer);
  writer.string_member("id", call.id);
  writer.string_member("field", field);
  writer.string_member("value", secret.reveal());
  writer.string_member("revision", vault::to_hex(revision().bytes));
  writer.end_object();
  writer.finish();
}

void get_variable(Context& context, const Get& call, vault::Reading& reading) {
  if (call.field) throw Error(ErrorCode::usage, "--field belongs to profiles");
  const auto agent = context.agent(reading);
  const auto name = call.id.substr(kVariable.size());
  const auto seen = reading.find_variable(agent, name);
  if (!seen) {
    throw Error(ErrorCode::not_found, "agent " + in_quotes(agent.text()) + " sees no variable " + in_quotes(name),
                "claviger list --variables");
  }
  if (seen->sheet.placeholder && !call.force) {
    throw Error(ErrorCode::bad_input, "variable " + in_quotes(name) + " holds a placeholder, no value",
                "`claviger get " + shell_word(call.id) + " --force` prints what is there");
  }
  const auto value = reading.value_of(*seen);
  context.tell_warnings(reading);
  print(context, call, "value", value, [&] { return reading.revision_of(*seen); });
}

void get_config_secret(Context& context, const Get& call, vault::Reading& reading) {
  if (call.field) throw Error(ErrorCode::usage, "--field belongs to profiles");
  const auto secret = require_text(reading, vault::AgentName::config(), call.id);
  const auto value = value_of(reading, secret);
  context.tell_warnings(reading);
  print(context, call, "value", value, [&] { return revision_of(reading, secret); });
}

void get_secret(Context& context, const Get& call, vault::Reading& reading) {
  const auto profile = require_profile(reading, context.agent(reading), call.id);
  require_no_placeholder(profile.sheet, call.force);
  const auto credential = reading.credential_of(profile);
  const auto wanted = call.field ? *vault::field_named(*call.field) : vault::main_field(profile.sheet.kind);
  const auto* const secret = credential.find(wanted);
  if (secret == nullptr) fail_without(profile.sheet, wanted);
  context.tell_warnings(reading);
  print(context, call, name_of(wanted), *secret, [&] { return reading.revision_of(profile); });
}

void Get::declare(Arguments& arguments) {
  arguments.about("Prints one secret, and nothing else, to standard output.")
      .positional("PROFILE-ID", id, "which profile; env/NAME for a variable, config/PATH for a secret of openclaw.json")
      .choice("--field", "NAME", {"key", "token", "access", "refresh"}, &field,
              "which secret to print (default: the main one)")
      .flag("--no-newline", no_newline, "omit the trailing newline")
      .flag("--force", force, "print it even where it is a placeholder and no secret")
      .example("curl -H \"Authorization: Bearer $(claviger get openai:work)\" ...");
}

ExitCode Get::run(Context& context) {
  auto reading = context.open_to_answer().read();
  if (id.starts_with(kVariable)) {
    get_variable(context, *this, reading);
  } else if (id.starts_with(kConfig)) {
    get_config_secret(context, *this, reading);
  } else {
    get_secret(context, *this, reading);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_get() { return std::make_unique<Get>(); }

}  // namespace cli
