// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments/arguments.h"
#include "cli/commands/commands.h"
#include "cli/context.h"
#include "cli/words/find_profile.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"
#include "cli/words/text_secret.h"
#include "vault/selection/profile_ref.h"

namespace cli {
namespace {

std::string secrets_in(const vault::ProfileSheet& sheet) {
  std::string names;
  for (const auto field : vault::kSecretFields) {
    if (sheet.usable_fields.contains(field)) names += (names.empty() ? "" : ", ") + std::string(name_of(field));
  }
  return names.empty() ? "none" : names;
}

std::string reference_words(const vault::SecretRef& ref) {
  return ref.source + ":" + ref.provider.value_or("default") + ":" + ref.id;
}

std::string day_of(vault::Timestamp time) { return vault::to_rfc3339(time).substr(0, 10); }

class Lines {
 public:
  explicit Lines(Output& out) : out_(out) {}
  void add(std::string_view name, std::string_view value) {
    out_.write(std::string(name) + std::string(14 - name.size(), ' ') + display_safe(value) + "\n");
  }
  void add_if_any(std::string_view name, const std::optional<std::string>& value) {
    if (value) add(name, *value);
  }

 private:
  Output& out_;
};

void print_lines(const Context& context, const vault::SeenProfile& profile) {
  const auto& sheet = profile.sheet;
  Lines lines(context.out());
  lines.add("id", sheet.id.text());
  lines.add("provider", sheet.provider.text());
  lines.add("type", name_of(sheet.kind));
  lines.add("agent", profile.owner.text() + (profile.inherited ? " (inherited)" : ""));
  lines.add_if_any("e-mail", sheet.email);
  lines.add_if_any("display name", sheet.display_name);
  lines.add("expires", expiry_words(sheet, context.now()));
  lines.add("secrets", secrets_in(sheet));
  if (sheet.key_ref) lines.add("key from", reference_words(*sheet.key_ref));
  if (sheet.token_ref) lines.add("token from", reference_words(*sheet.token_ref));
  lines.add_if_any("fingerprint", fingerprint_text(sheet));
  lines.add("ref", vault::profile_ref(sheet.id));
  lines.add("added", day_of(sheet.created));
  lines.add("changed", day_of(sheet.updated));
}

ExitCode show_text(Context& context, vault::Reading& reading, const std::string& id) {
  const auto secret = require_text(reading, context.agent(reading), id);
  context.tell_warnings(reading);
  if (context.flags().json) {
    Json document = json_document();
    document["variables"] = Json::array();
    document["config"] = Json::array();
    document[id.starts_with("env/") ? "variables" : "config"].push_back(
        with_revision(text_json(secret), revision_of(reading, secret)));
    print_json(context.out(), document);
    return ExitCode::done;
  }
  Lines lines(context.out());
  lines.add("id", secret.id);
  lines.add("agent", secret.owner.text() + (secret.inherited ? " (inherited)" : ""));
  lines.add("value", secret.blank ? "(empty)" : "********");
  lines.add_if_any("fingerprint", fingerprint_text(secret.fingerprint));
  lines.add("added", day_of(secret.created));
  lines.add("changed", day_of(secret.updated));
  return ExitCode::done;
}

struct Show final : Action {
  std::string id;

  void declare(Arguments& arguments) override;
  ExitCode run(Context& context) override;
};

void Show::declare(Arguments& arguments) {
  arguments.about("Prints everything about a profile but its secret, which shows as a fingerprint only.")
      .positional("PROFILE-ID", id,
                  "which profile; env/NAME for a variable, config/PATH for a secret of openclaw.json");
}

ExitCode Show::run(Context& context) {
  auto reading = context.open_to_answer().read();
  if (is_text_secret(id)) return show_text(context, reading, id);
  const auto profile = require_profile(reading, context.agent(reading), id);
  context.tell_warnings(reading);
  if (context.flags().json) {
    Json document = json_document();
    document["profiles"] = Json::array({with_revision(profile_json(profile), reading.revision_of(profile))});
    print_json(context.out(), document);
  } else {
    print_lines(context, profile);
  }
  return ExitCode::done;
}

}  // namespace

std::unique_ptr<Action> make_show() { return std::make_unique<Show>(); }

}  // namespace cli
