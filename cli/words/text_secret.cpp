// SPDX-License-Identifier: Apache-2.0
#include "cli/words/text_secret.h"

#include "cli/arguments/did_you_mean.h"
#include "cli/terminal/text.h"
#include "cli/words/profile_words.h"
#include "vault/base/error.h"
#include "vault/policy/status.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

using vault::AgentName;
using vault::Error;
using vault::ErrorCode;

constexpr std::string_view kVariable = "env/", kConfig = "config/";

bool is_config(std::string_view id) noexcept { return id.starts_with(kConfig); }

// Without "env/" or "config/".
std::string name_in(std::string_view id) {
  return std::string(id.substr((is_config(id) ? kConfig : kVariable).size()));
}

TextSecret own_text_of(const vault::VariableSheet& sheet, const AgentName& agent) {
  return seen_text(vault::SeenVariable{sheet, agent});
}

[[noreturn]] void fail_not_found(vault::Reading& reading, const AgentName& agent, const std::string& id) {
  const auto owner = owner_of(id, agent);
  std::vector<std::string> known;
  if (!is_config(id)) {
    for (const auto& seen : reading.view(agent).variables) known.push_back("env/" + seen.sheet.name);
  } else if (reading.covers(owner)) {
    for (const auto& sheet : reading.own_contents(owner).config_secrets) known.push_back("config/" + sheet.path);
  }
  const auto near = nearest(id, known);
  throw Error(ErrorCode::not_found,
              "agent " + in_quotes(owner.text()) + " sees no " + noun_of(id) + " " + in_quotes(name_in(id)),
              near            ? "did you mean " + in_quotes(*near) + "?"
              : is_config(id) ? "claviger list --config"
                              : "claviger list --variables");
}

}  // namespace

bool is_text_secret(std::string_view id) noexcept { return id.starts_with(kVariable) || is_config(id); }

std::string noun_of(std::string_view id) { return is_config(id) ? "secret of openclaw.json" : "variable"; }

TextSecret seen_text(const vault::SeenVariable& variable) {
  const auto& sheet = variable.sheet;
  return {"env/" + sheet.name, variable.owner, variable.inherited, sheet.blank,
          sheet.placeholder,   sheet.created,  sheet.updated,      sheet.fingerprint};
}

TextSecret seen_text(const vault::ConfigSecretSheet& secret) {
  return {"config/" + secret.path, AgentName::config(), false, false, false, secret.created,
          secret.updated,          secret.fingerprint};
}

std::string config_path_in_quotes(std::string_view path) { return "'" + line_safe(path) + "'"; }

AgentName owner_of(const std::string& id, const AgentName& agent) {
  return is_config(id) ? AgentName::config() : agent;
}

TextSecret require_text(vault::Reading& reading, const AgentName& agent, const std::string& id) {
  if (is_config(id)) {
    if (const auto found = reading.find_config_secret(name_in(id))) return seen_text(*found);
  } else if (const auto found = reading.find_variable(agent, name_in(id))) {
    return seen_text(*found);
  }
  fail_not_found(reading, agent, id);
}

vault::SecretString value_of(vault::Reading& reading, const TextSecret& secret) {
  if (is_config(secret.id)) return reading.value_of(reading.find_config_secret(name_in(secret.id)).value());
  return reading.value_of(reading.find_variable(secret.owner, name_in(secret.id)).value());
}

vault::Revision revision_of(vault::Reading& reading, const TextSecret& secret) {
  if (is_config(secret.id)) return reading.revision_of(reading.find_config_secret(name_in(secret.id)).value());
  return reading.revision_of(reading.find_variable(secret.owner, name_in(secret.id)).value());
}

std::optional<TextSecret> own_text(vault::Writing& writing, const AgentName& agent, const std::string& id) {
  if (is_config(id)) {
    const auto sheet = writing.own_config_secret(name_in(id));
    return sheet ? std::optional(seen_text(*sheet)) : std::nullopt;
  }
  const auto sheet = writing.own_variable(agent, name_in(id));
  return sheet ? std::optional(own_text_of(*sheet, agent)) : std::nullopt;
}

TextSecret put_text(vault::Writing& writing, const AgentName& agent, const std::string& id,
                    const vault::SecretString& value, const std::optional<vault::Revision>& seen) {
  if (is_config(id)) return seen_text(writing.put_config_secret(name_in(id), value, seen));
  return own_text_of(writing.put_variable(agent, name_in(id), value, seen), agent);
}

void remove_text(vault::Writing& writing, const AgentName& agent, const std::string& id) {
  is_config(id) ? writing.remove_config_secret(name_in(id)) : writing.remove_variable(agent, name_in(id));
}

Json text_json(const TextSecret& secret) {
  const auto name = name_in(secret.id);
  Json entry = {{"id", secret.id},
                {is_config(secret.id) ? "path" : "name", name},
                {"agent", secret.owner.text()},
                {"inherited", secret.inherited},
                {"blank", secret.blank},
                {"ref", is_config(secret.id) ? vault::exec_id_of_config(name) : secret.id},
                {"fingerprint", or_null(fingerprint_text(secret.fingerprint))},
                {"createdAtMs", secret.created.ms},
                {"updatedAtMs", secret.updated.ms}};
  if (secret.placeholder) {
    entry["status"] = name_of(vault::Health::missing);
    entry["reason"] = name_of(vault::Reason::placeholder);
  }
  return entry;
}

}  // namespace cli
