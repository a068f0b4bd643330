// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/config_plan.h"

#include <algorithm>
#include <unistd.h>

#include "cli/openclaw/provider_block.h"
#include "cli/unlocking/paths.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config_secrets.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using formats::ConfigEntry;
using formats::ConfigState;
using vault::AgentName;

bool is_there(const fs::path& path) { return ::access(path.c_str(), F_OK) == 0; }

// With a database beside it an OpenClaw that keeps the reference in the field itself has been at work.
bool is_newest_generation(const fs::path& config) {
  return is_there(config.parent_path() / "state" / "openclaw.sqlite");
}

const char* why_not_taken(ConfigState state) {
  switch (state) {
    case ConfigState::templated: return "OpenClaw fills in ${...} there: the secret is a variable";
    case ConfigState::escaped: return "OpenClaw reads the $${...} in it as ${...}: the secret is another text";
    case ConfigState::placeholder: return "it is a placeholder, not a secret";
    case ConfigState::not_text: return "it is neither text nor a reference";
    case ConfigState::too_long: return "it is longer than 512 KiB";
    default: return nullptr;
  }
}

// Not what OpenClaw fills in itself.
bool may_be_plain(ConfigState state) {
  return state == ConfigState::escaped || state == ConfigState::not_text || state == ConfigState::too_long;
}

formats::ConfigReading read(const fs::path& config, const formats::ConfigFields& fields) {
  const auto bytes = vault::read_secret_file(config, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  try {
    return formats::read_config_secrets(vault::text_of(bytes.reveal()), fields);
  } catch (const vault::Error& error) {
    throw vault::Error(error.code(), path_in_quotes(config) + ": " + error.what());
  }
}

class ConfigPlanner {
 public:
  ConfigPlanner(vault::Reading& reading, std::string provider, bool newest,
                const std::vector<vault::ConfigSecretDraft>& store)
      : reading_(reading),
        lookup_(reading, AgentName::config(), {}),
        provider_(std::move(provider)),
        newest_(newest),
        store_(store) {}

  void judge(ConfigEntry& entry) {
    if (entry.ref) return judge_reference(entry);
    if (const auto* const reason = why_not_taken(entry.state))
      return leave(entry, reason, may_be_plain(entry.state) ? Staying::regardless : Staying::rightly);
    if (entry.state == ConfigState::secret) judge_secret(entry);
  }

  // What the reading itself could not take; its words begin as a receipt's do.
  void note(const vault::ImportWarning& warning) {
    constexpr std::string_view kLeftOut = "left out: ";
    const std::string_view text = warning.text;
    const auto reason = text.starts_with(kLeftOut) ? text.substr(kLeftOut.size()) : text;
    plan_.left.push_back({warning.subject, std::string(reason), Staying::regardless});
  }

  ConfigPlan take() { return std::move(plan_); }

 private:
  void judge_reference(ConfigEntry& entry) {
    if (entry.state == ConfigState::secret)
      return leave(entry, "there is a reference, too, and OpenClaw uses that: the text can be removed",
                   Staying::regardless);
    if (entry.ref->source == "store") return judge_store_reference(entry);
    if (entry.ref->source != "exec" || entry.ref->provider != provider_)
      return leave(entry, "a reference already", Staying::rightly);
    auto field = field_of(entry);
    field.ref = *entry.ref;
    if (reading_.covers(AgentName::config())) {
      auto answer = lookup_.find(entry.ref->id);
      if (auto* const secret = std::get_if<vault::SecretString>(&answer)) field.secret = std::move(*secret);
    }
    if (field.secret.empty()) leave(entry, "a reference to this vault, which has nothing for it", Staying::regardless);
    plan_.wired.push_back(std::move(field));
  }

  // OpenClaw's store is plain text as well: what it refers to there is served from here.
  void judge_store_reference(ConfigEntry& entry) {
    const auto path = formats::config_path_text({"secrets", "store", entry.ref->id});
    const auto stored = std::ranges::find(store_, path.value_or(""), &vault::ConfigSecretDraft::path);
    if (stored == store_.end()) return leave(entry, "a reference already", Staying::rightly);
    add_target(entry, *path, stored->value);
  }

  void judge_secret(ConfigEntry& entry) { add_target(entry, entry.path, entry.value); }

  // `path`: where the vault has it.
  void add_target(const ConfigEntry& entry, const std::string& path, const vault::SecretString& value) {
    const auto held = reading_.find_config_secret(path);
    if (!held) return leave(entry, "not in the vault: `claviger import` takes it in", Staying::until_import);
    if (!reading_.value_of(*held).same_as(value))
      return leave(entry, "the vault holds another value", Staying::until_import);
    auto field = field_of(entry);
    field.ref = {"exec", provider_, vault::exec_id_of_config(path)};
    field.secret = value.clone();
    field.from_store = entry.ref;
    plan_.targets.push_back(std::move(field));
  }

  ServedField field_of(const ConfigEntry& entry) const {
    const auto& outermost = entry.segments.front();
    return {entry.segments,
            entry.path,
            entry.field->type,
            {},
            newest_ ? std::string() : entry.field->ref_member,
            {},
            {},
            outermost != "channels" && outermost != "plugins"};
  }

  void leave(const ConfigEntry& entry, std::string reason, Staying staying) {
    plan_.left.push_back({entry.path, std::move(reason), staying});
  }

  vault::Reading& reading_;
  vault::SecretLookup lookup_;
  std::string provider_;
  bool newest_;
  const std::vector<vault::ConfigSecretDraft>& store_;
  ConfigPlan plan_;
};

formats::ConfigSegments beside(formats::ConfigSegments segments, const std::string& name) {
  segments.back() = name;
  return segments;
}

}  // namespace

ConfigPlan make_config_plan(vault::Reading& reading, const fs::path& config, const std::string& alias,
                            const std::function<bool(std::string_view)>& is_profile,
                            const std::vector<vault::ConfigSecretDraft>& store, const formats::ConfigFields& fields) {
  if (!is_there(config)) return {};
  auto document = read(config, fields);
  ConfigPlanner planner(reading, provider_alias(alias, AgentName::config()), is_newest_generation(config), store);
  for (auto& entry : document.fields) {
    const bool prefers = entry.state == ConfigState::secret && is_model_key(*entry.field);
    if (!prefers || !is_profile(entry.value.reveal())) planner.judge(entry);
  }
  for (const auto& warning : document.warnings) planner.note(warning);
  auto plan = planner.take();
  for (const auto& variable : document.variables) {
    plan.plaintext.push_back(
        {variable.path, variable.name, "OpenClaw takes no reference there", "config unset " + variable.path, true});
  }
  for (const auto& entry : store) {
    const auto name = entry.path.substr(entry.path.rfind('.') + 1);
    plan.plaintext.push_back({entry.path, name, "OpenClaw keeps its own store in plain text, 30 days beyond removal",
                              "secrets store rm " + name, false});
  }
  return plan;
}

FieldViews views_of(const std::vector<ServedField>& fields) {
  FieldViews views;
  for (const auto& field : fields) views.push_back(&field);
  return views;
}

Json wiring_patch(const FieldViews& fields, const Json& providers) {
  Json patch = Json::object();
  if (!providers.empty()) patch["secrets"]["providers"] = providers;
  for (const auto* const field : fields) {
    Json* at = &patch;
    for (const auto& name : field->segments) at = &(*at)[name];
    const Json ref = {{"source", field->ref.source}, {"provider", *field->ref.provider}, {"id", field->ref.id}};
    if (field->ref_member.empty()) {
      *at = ref;
      continue;
    }
    *at = nullptr;
    at = &patch;
    for (const auto& name : beside(field->segments, field->ref_member)) at = &(*at)[name];
    *at = ref;
  }
  return patch;
}

}  // namespace cli
