// SPDX-License-Identifier: Apache-2.0
#include "import/logins/login_draft.h"
#include "import/openclaw/entry.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using vault::CredentialKind;
using vault::SecretField;

constexpr std::string_view kId = "anthropic:claude-cli";

bool is_taken(std::string_view member) {
  return member == "accessToken" || member == "refreshToken" || member == "expiresAt" || member == "accountId";
}

// Only a label: a ~/.claude.json that cannot be read leaves the login without one.
void add_account(LoginDraft& draft, std::string_view text) {
  try {
    const JsonDocument document(text);
    const auto account = document.root().find("oauthAccount");
    if (!account) return;
    draft.email(account->find_string("emailAddress"));
    draft.keep("accountId", account->find_string("accountUuid"));
  } catch (const vault::Error&) {
    draft.warn("account_unreadable", "the file that names its account is no JSON: the e-mail address is left out");
  }
}

}  // namespace

vault::AgentBatch read_claude_login(JsonValue root, const LoginFile& file) {
  const auto entry = root.find("claudeAiOauth");
  if (!entry) return left_out(file.agent, kId, "missing_credential", "there is no claudeAiOauth in it");
  const auto access = filled(*entry, "accessToken");
  const auto refresh = filled(*entry, "refreshToken");
  const auto expires = time_in(*entry, "expiresAt");
  if (!access) return left_out(file.agent, kId, "missing_credential", "it has no accessToken");
  if (!expires) return left_out(file.agent, kId, "invalid_expires", "its expiresAt is no number of milliseconds");
  LoginDraft draft(kId, "anthropic", refresh ? CredentialKind::oauth : CredentialKind::token);
  draft.secret(refresh ? SecretField::access : SecretField::token, *access);
  if (refresh) draft.secret(SecretField::refresh, *refresh);
  draft.expires(*expires);
  if (file.account) add_account(draft, *file.account);
  for (const JsonValue member : *entry) {
    if (!is_taken(member.name())) draft.keep(member);
  }
  for (const JsonValue member : root) {
    if (member.name() != "claudeAiOauth") {
      draft.warn("not_taken",
                 "'" + shortened(member.name()) + "' in the file is no part of this login: left where it is");
    }
  }
  return draft.finish(file.agent);
}

}  // namespace formats
