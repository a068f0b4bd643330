// SPDX-License-Identifier: Apache-2.0
#include "import/logins/jwt_payload.h"
#include "import/logins/login_draft.h"

namespace formats {
namespace {

using vault::CredentialKind;
using vault::SecretField;

constexpr std::string_view kId = "openai:codex-cli";
constexpr std::int64_t kHourMs = 3'600'000;

enum class Mode { api_key, login, unknown };

// Without a word from the file, a key is what Codex itself would use.
Mode mode_of(JsonValue root) {
  const auto word = root.find_string("auth_mode");
  if (!word) return filled(root, "OPENAI_API_KEY") ? Mode::api_key : Mode::login;
  const std::string mode = vault::ascii_lower(*word);
  if (mode == "apikey") return Mode::api_key;
  return mode == "chatgpt" || mode == "chatgptauthtokens" ? Mode::login : Mode::unknown;
}

void add_end(LoginDraft& draft, std::string_view access, vault::Timestamp modified) {
  const auto claims = JwtPayload::of(access);
  const auto told = claims ? claims->expires() : std::nullopt;
  draft.expires(told ? *told : vault::Timestamp{modified.ms + kHourMs});
  if (!told)
    draft.warn("expiry_guessed", "its access token has no expiry: assumed an hour after the file's last change");
}

void add_identity(LoginDraft& draft, JsonValue tokens) {
  const auto id_token = filled(tokens, "id_token");
  const auto claims = id_token ? JwtPayload::of(*id_token) : std::nullopt;
  const auto of_openai = claims ? claims->find("https://api.openai.com/auth") : std::nullopt;
  if (id_token) draft.secret(SecretField::id_token, *id_token);
  if (claims) draft.email(claims->text("email"));
  auto account = filled(tokens, "account_id");
  if (!account && of_openai) account = filled(*of_openai, "chatgpt_account_id");
  draft.keep("accountId", account);
  if (of_openai) draft.keep("chatgptPlanType", of_openai->find_string("chatgpt_plan_type"));
}

vault::AgentBatch read_key(JsonValue root, const LoginFile& file) {
  const auto key = filled(root, "OPENAI_API_KEY");
  if (!key) return left_out(file.agent, kId, "missing_credential", "it is in API key mode and holds no OPENAI_API_KEY");
  LoginDraft draft(kId, "openai", CredentialKind::api_key);
  draft.secret(SecretField::key, *key);
  if (root.find("tokens") && root.find("tokens")->is(JsonKind::object)) {
    draft.warn("not_taken", "its login is not in use there beside the API key, and was not taken");
  }
  return draft.finish(file.agent);
}

vault::AgentBatch read_tokens(JsonValue root, const LoginFile& file) {
  const auto tokens = root.find("tokens");
  const auto access = tokens ? filled(*tokens, "access_token") : std::nullopt;
  const auto refresh = tokens ? filled(*tokens, "refresh_token") : std::nullopt;
  if (!access || !refresh) {
    return left_out(file.agent, kId, "missing_credential", "the login needs both access_token and refresh_token");
  }
  LoginDraft draft(kId, "openai", CredentialKind::oauth);
  draft.secret(SecretField::access, *access);
  draft.secret(SecretField::refresh, *refresh);
  add_end(draft, *access, file.modified);
  add_identity(draft, *tokens);
  if (filled(root, "OPENAI_API_KEY")) {
    draft.warn("not_taken", "its API key is not in use there beside the login, and was not taken");
  }
  return draft.finish(file.agent);
}

}  // namespace

vault::AgentBatch read_codex_login(JsonValue root, const LoginFile& file) {
  switch (mode_of(root)) {
    case Mode::api_key: return read_key(root, file);
    case Mode::login: return read_tokens(root, file);
    case Mode::unknown: break;
  }
  return left_out(file.agent, kId, "unknown_mode", "its auth_mode is neither a login nor an API key");
}

}  // namespace formats
