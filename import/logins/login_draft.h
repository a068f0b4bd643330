// SPDX-License-Identifier: Apache-2.0
#pragma once
// A login on its way to a profile. For the readers of this room only.

#include <optional>
#include <string>
#include <string_view>

#include "import/json/json_writer.h"
#include "import/json/secret_json.h"
#include "import/logins/external_login.h"

namespace formats {

class LoginDraft {
 public:
  LoginDraft(std::string_view id, std::string_view provider, vault::CredentialKind kind);

  void secret(vault::SecretField field, std::string_view value);
  void expires(vault::Timestamp time) { draft_.sheet.expiry = vault::Expiry::at(time); }
  void email(std::optional<std::string_view> address);
  // Under OpenClaw's name for it, among the members that the model has no name for.
  void keep(std::string_view name, std::optional<std::string_view> value);
  void keep(JsonValue member) { foreign_.add(member); }
  void warn(std::string reason, std::string text);

  vault::AgentBatch finish(const vault::AgentName& agent);  // once

 private:
  vault::ProfileDraft draft_;
  JsonMembers foreign_;
  std::vector<vault::ImportWarning> warnings_;
};

// A batch of nothing but the reason.
vault::AgentBatch left_out(const vault::AgentName& agent, std::string_view id, std::string reason, std::string text);

// A string that is more than blanks.
std::optional<std::string_view> filled(JsonValue object, std::string_view name) noexcept;
// A positive number of milliseconds.
std::optional<vault::Timestamp> time_in(JsonValue object, std::string_view name);

vault::AgentBatch read_claude_login(JsonValue root, const LoginFile& file);
vault::AgentBatch read_codex_login(JsonValue root, const LoginFile& file);

}  // namespace formats
