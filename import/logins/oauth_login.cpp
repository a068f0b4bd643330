// SPDX-License-Identifier: Apache-2.0
#include "import/logins/oauth_login.h"

#include "import/json/secret_json.h"
#include "vault/base/error.h"

namespace formats {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::SecretField;

const char* const kShape = R"(give a JSON object such as {"access": "...", "refresh": "..."})";

void take(vault::Credential& credential, const JsonValue& member) {
  const auto field = vault::field_named(member.name());
  const bool belongs = field == SecretField::access || field == SecretField::refresh || field == SecretField::id_token;
  if (!belongs || !member.is(JsonKind::string)) {
    throw Error(ErrorCode::bad_input, "an OAuth login has the texts access, refresh and idToken, and nothing else",
                kShape);
  }
  credential.set(*field, vault::SecretString::copy_of(member.text()));
}

}  // namespace

vault::Credential read_oauth_login(std::string_view json) {
  const JsonDocument document(json);
  if (!document.root().is(JsonKind::object))
    throw Error(ErrorCode::bad_input, "an OAuth login is a JSON object", kShape);
  vault::Credential credential;
  for (const auto member : document.root()) take(credential, member);
  const auto usable = credential.usable();
  if (!usable.contains(SecretField::access) && !usable.contains(SecretField::refresh)) {
    throw Error(ErrorCode::bad_input, "the OAuth login holds no token", kShape);
  }
  return credential;
}

}  // namespace formats
