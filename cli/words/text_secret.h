// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is no profile and holds one text: a variable, and a secret of openclaw.json. By the id that a person typed:
// env/NAME, config/PATH. Secrets of openclaw.json belong to the agent @config, whatever agent is asked for.

#include <optional>
#include <string>
#include <string_view>

#include "cli/words/json_output.h"
#include "vault/writing.h"

namespace cli {

struct TextSecret {
  std::string id;  // env/NAME or config/PATH
  vault::AgentName owner;
  bool inherited = false;
  bool blank = false;
  bool placeholder = false;
  vault::Timestamp created{}, updated{};
  vault::Fingerprint fingerprint{};
};

bool is_text_secret(std::string_view id) noexcept;
std::string noun_of(std::string_view id);  // "variable", "secret of openclaw.json"
TextSecret seen_text(const vault::SeenVariable& variable);
TextSecret seen_text(const vault::ConfigSecretSheet& secret);

// 'path' of a secret of openclaw.json, for a sentence: safe, whole, and with its backslashes as people type them.
std::string config_path_in_quotes(std::string_view path);

// Who owns what is put under this id: @config, or `agent`.
vault::AgentName owner_of(const std::string& id, const vault::AgentName& agent);
// What the agent sees under this id. not_found, with the nearest id as the hint.
TextSecret require_text(vault::Reading& reading, const vault::AgentName& agent, const std::string& id);
vault::SecretString value_of(vault::Reading& reading, const TextSecret& secret);
vault::Revision revision_of(vault::Reading& reading, const TextSecret& secret);

// Of the agent's own; for a variable also when main has one of that name.
std::optional<TextSecret> own_text(vault::Writing& writing, const vault::AgentName& agent, const std::string& id);
TextSecret put_text(vault::Writing& writing, const vault::AgentName& agent, const std::string& id,
                    const vault::SecretString& value, const std::optional<vault::Revision>& seen = {});
void remove_text(vault::Writing& writing, const vault::AgentName& agent, const std::string& id);  // not_found

// Holds "ref", the id by which resolve gives it. "status": "missing" and "reason" are there where a placeholder stands
// in the value's place, and nowhere else.
Json text_json(const TextSecret& secret);

}  // namespace cli
