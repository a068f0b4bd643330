// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/secret_input.h"

#include <unistd.h>

#include "cli/arguments/arguments.h"
#include "cli/context.h"
#include "cli/credentials/pasted.h"
#include "import/logins/oauth_login.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

using vault::Credential;
using vault::SecretField;
using vault::SecretString;

constexpr std::size_t kLongestSecret = std::size_t{512} << 10;

const Unattended kUnattended{vault::ErrorCode::usage, "nobody is there to type the secret",
                             "pipe it in with --stdin, or name a file with --from-file"};

SecretString cleaned(const Context& context, const SecretString& raw, vault::CredentialKind kind) {
  auto pasted = clean_pasted(raw, kind);
  for (const auto& notice : pasted.notices) context.terminal().note("Note: " + notice);
  return std::move(pasted.secret);
}

Credential ask_for_login(const Context& context) {
  Credential credential;
  const auto access = context.terminal().ask_secret("Access token: ", kUnattended);
  credential.set(SecretField::access, cleaned(context, access, vault::CredentialKind::oauth));
  const auto refresh = context.terminal().ask_secret("Refresh token (empty: none): ", kUnattended);
  if (!refresh.empty()) credential.set(SecretField::refresh, cleaned(context, refresh, vault::CredentialKind::oauth));
  return credential;
}

}  // namespace

void SecretSource::declare(Arguments& arguments) {
  arguments.flag("--stdin", from_stdin, "read the secret from standard input")
      .option("--from-file", "FILE", &from_file, "read the secret from this file");
}

std::optional<SecretString> SecretSource::given(const Context& context) const {
  if (from_stdin && from_file) {
    throw vault::Error(vault::ErrorCode::usage, "--stdin and --from-file: the secret can come from one place only");
  }
  if (from_stdin && context.terminal().is_interactive()) return std::nullopt;
  if (from_stdin) return SecretString(vault::read_secret_stream(STDIN_FILENO, kLongestSecret));
  if (!from_file) return std::nullopt;
  return SecretString(vault::read_secret_file(*from_file, kLongestSecret, vault::Links::follow, vault::Privacy::any));
}

SecretString SecretSource::read_text(const Context& context, const std::string& id) const {
  const auto text = given(context);
  if (!text) return context.terminal().ask_secret("Value of " + in_quotes(id) + ": ", kUnattended);
  auto value = text->reveal();
  if (value.ends_with('\n')) value.remove_suffix(value.ends_with("\r\n") ? 2 : 1);
  return SecretString::copy_of(value);
}

Credential SecretSource::read(const Context& context, const vault::ProfileSheet& sheet,
                              std::optional<SecretString> given) const {
  if (sheet.kind == vault::CredentialKind::oauth) {
    return given ? formats::read_oauth_login(given->reveal()) : ask_for_login(context);
  }
  if (!given) given = context.terminal().ask_secret("Secret for " + in_quotes(sheet.id.text()) + ": ", kUnattended);
  Credential credential;
  credential.set(vault::main_field(sheet.kind), cleaned(context, *given, sheet.kind));
  return credential;
}

}  // namespace cli
