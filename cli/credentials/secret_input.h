// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a new secret comes from: a hidden question, standard input or a file. Never the command line.

#include <optional>
#include <string>

#include "vault/model/credential.h"
#include "vault/model/profile_sheet.h"

namespace cli {

class Arguments;
class Context;

struct SecretSource {
  bool from_stdin = false;
  std::optional<std::string> from_file;

  void declare(Arguments& arguments);
  // What was piped or lies in the file, read once; empty where it is to be asked for. On a terminal --stdin is a
  // question as well, so that nothing typed is seen.
  std::optional<vault::SecretString> given(const Context& context) const;
  // The profile's credential, from that text or the person. An api_key or token is one text, cleaned of what pasting
  // leaves behind; an OAuth login is asked for field by field, or read as a JSON object with "access", "refresh" and
  // "idToken". usage for two sources at once, bad_input for what cannot be a secret.
  vault::Credential read(const Context& context, const vault::ProfileSheet& sheet,
                         std::optional<vault::SecretString> given) const;

  // One text without a profile around it, such as a variable's value: as it is given, but for a line end behind it.
  vault::SecretString read_text(const Context& context, const std::string& id) const;
};

}  // namespace cli
