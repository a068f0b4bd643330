// SPDX-License-Identifier: Apache-2.0
#include "import/stores/config_drafts.h"

#include <map>

#include "vault/base/ids.h"

namespace formats {
namespace {

struct Remark {
  const char* reason;
  const char* text;
};

Remark remark_on(ConfigState state) {
  switch (state) {
    case ConfigState::placeholder: return {"placeholder", "left out: it is a placeholder, not a secret"};
    case ConfigState::escaped:
      return {"config_escaped", "left out: OpenClaw reads the $${...} in it as ${...}, so the secret is another text"};
    case ConfigState::not_text: return {"config_not_text", "left out: it is neither text nor a reference"};
    case ConfigState::too_long: return {"config_too_long", "left out: it is longer than 512 KiB"};
    default: return {nullptr, nullptr};
  }
}

class Variables {
 public:
  explicit Variables(vault::AgentBatch& main) : main_(main) {
    for (std::size_t i = 0; i < main.variables.size(); ++i) places_.emplace(main.variables[i].name, i);
  }

  // Null when there was none of this name before.
  vault::VariableDraft* add(const std::string& name, vault::SecretString& value) {
    const auto [at, is_new] = places_.emplace(name, main_.variables.size());
    if (!is_new) return &main_.variables[at->second];
    main_.variables.push_back({name, std::move(value)});
    return nullptr;
  }

  void warn(const char* reason, const std::string& name, std::string text) {
    main_.warnings.push_back({reason, name, "left out: " + std::move(text), true});
  }

 private:
  vault::AgentBatch& main_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

ConfigDrafts draft_config_secrets(ConfigReading& reading, const std::function<bool(std::string_view)>& is_profile) {
  ConfigDrafts drafts;
  drafts.warnings = std::move(reading.warnings);
  for (auto& entry : reading.fields) {
    if (const auto remark = remark_on(entry.state); remark.reason) {
      drafts.warnings.push_back({remark.reason, entry.path, remark.text, true});
    } else if (entry.state != ConfigState::secret) {
      continue;
    } else if (is_model_key(*entry.field) && is_profile(entry.value.reveal())) {
      drafts.warnings.push_back({"preferred_profile", std::string(entry.value.reveal()),
                                 "openclaw.json names it as the key of '" + entry.segments[2] +
                                     "': OpenClaw uses it first, the vault uses orders",
                                 false});
    } else {
      drafts.batch.config_secrets.push_back({std::move(entry.path), std::move(entry.value)});
    }
  }
  return drafts;
}

void add_config_variables(vault::AgentBatch& main, std::vector<ConfigVariable> variables) {
  Variables all(main);
  for (auto& variable : variables) {
    auto* const other = all.add(variable.name, variable.value);
    if (!other || other->value.same_as(variable.value)) continue;
    if (variable.of_skill) {
      all.warn("name_taken", variable.name, variable.path + " of openclaw.json has another value");
    } else if (vault::trimmed(other->value.reveal()).empty()) {
      other->value = std::move(variable.value);
    } else {
      all.warn("shadowed_variable", variable.name,
               variable.path + " of openclaw.json has another value, which OpenClaw does not use");
    }
  }
}

void add_store_variables(vault::AgentBatch& main, std::vector<vault::VariableDraft> variables) {
  Variables all(main);
  for (auto& variable : variables) {
    const auto* const other = all.add(variable.name, variable.value);
    if (!other || other->value.same_as(variable.value)) continue;
    all.warn("name_taken", variable.name, "OpenClaw's secrets store has another value");
  }
}

}  // namespace formats
