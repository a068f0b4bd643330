// SPDX-License-Identifier: Apache-2.0
#include "import/logins/external_login.h"

#include "import/logins/jwt_payload.h"
#include "import/logins/login_draft.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using vault::CredentialKind;
using vault::SecretField;

// Qwen, MiniMax and Gemini write the same members.
struct Tool {
  Format format;
  std::string_view provider;
  std::string_view id;
};
constexpr Tool kTools[] = {
    {Format::qwen, "qwen-portal", "qwen-portal:qwen-cli"},
    {Format::minimax, "minimax-portal", "minimax-portal:minimax-cli"},
    {Format::gemini, "google-gemini-cli", "google-gemini-cli:default"},
};
constexpr std::size_t kLongestNameInId = 256;

const Tool& tool_of(Format format) {
  for (const auto& tool : kTools) {
    if (tool.format == format) return tool;
  }
  throw vault::Error(vault::ErrorCode::internal, "not a format of logins");
}

bool is_taken(std::string_view member) {
  return member == "access_token" || member == "refresh_token" || member == "expiry_date" || member == "id_token";
}

// OpenClaw names a login after its account where it knows one.
std::string id_for(const Tool& tool, const std::optional<JwtPayload>& identity) {
  const auto email = identity ? identity->text("email") : std::nullopt;
  const bool named = tool.format == Format::gemini && email && !email->empty() && email->size() <= kLongestNameInId;
  return named ? std::string(tool.provider) + ":" + std::string(*email) : std::string(tool.id);
}

vault::AgentBatch read_oauth_creds(const Tool& tool, JsonValue root, const LoginFile& file) {
  const auto access = filled(root, "access_token");
  const auto refresh = filled(root, "refresh_token");
  const auto expires = time_in(root, "expiry_date");
  if (!access || !refresh) {
    return left_out(file.agent, tool.id, "missing_credential", "the login needs both access_token and refresh_token");
  }
  if (!expires) return left_out(file.agent, tool.id, "invalid_expires", "its expiry_date is no number of milliseconds");
  const auto id_token = filled(root, "id_token");
  const auto identity = id_token ? JwtPayload::of(*id_token) : std::nullopt;
  LoginDraft draft(id_for(tool, identity), tool.provider, CredentialKind::oauth);
  draft.secret(SecretField::access, *access);
  draft.secret(SecretField::refresh, *refresh);
  if (id_token) draft.secret(SecretField::id_token, *id_token);
  draft.expires(*expires);
  if (identity) {
    draft.email(identity->text("email"));
    draft.keep("accountId", identity->text("sub"));
  }
  for (const JsonValue member : root) {
    if (!is_taken(member.name()) && member.name() != "accountId") draft.keep(member);
  }
  return draft.finish(file.agent);
}

}  // namespace

vault::AgentBatch read_external_login(Format format, std::string_view text, const LoginFile& file) {
  const JsonDocument document(text);
  const JsonValue root = document.root();
  if (!root.is(JsonKind::object)) throw vault::Error(vault::ErrorCode::bad_input, "a login file is a JSON object");
  if (format == Format::claude) return read_claude_login(root, file);
  if (format == Format::codex) return read_codex_login(root, file);
  return read_oauth_creds(tool_of(format), root, file);
}

std::optional<std::filesystem::path> login_file_in(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return std::nullopt;
  const auto is_there = [&](const char* name) { return std::filesystem::is_regular_file(folder / name, error); };
  for (const auto* const name : {".credentials.json", "oauth_creds.json"}) {
    if (is_there(name)) return folder / name;
  }
  // OpenClaw's agents have an auth.json of their own; Codex keeps its configuration beside it, or is called so.
  const auto named = std::filesystem::absolute(folder / "auth.json", error).parent_path().filename();
  if (is_there("auth.json") && (named == ".codex" || is_there("config.toml"))) return folder / "auth.json";
  return std::nullopt;
}

}  // namespace formats
