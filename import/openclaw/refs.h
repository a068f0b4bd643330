// SPDX-License-Identifier: Apache-2.0
#pragma once
// auth-profiles.json for OpenClaw 2026.4 without a secret in it: each key and token is a reference to the exec provider
// that serves it. The state goes to auth-state.json as ever (write_auth_state).

#include <functional>
#include <string>

#include "import/json/json_writer.h"
#include "vault/model/profile_sheet.h"

namespace formats {

enum class RefOutcome {
  written,
  oauth_left_out,     // OpenClaw takes no references in OAuth profiles
  inactive_left_out,  // a saved replacement: without its set-up it would become active
  empty_left_out,     // no secret to serve, and no reference of its own
};

class OpenclawRefsWriter {
 public:
  // The id under which the provider serves the profile's secret: OpenClaw takes [A-Za-z0-9][A-Za-z0-9._:/-]{0,255}.
  using RefId = std::function<std::string(const vault::ProfileSheet&)>;

  // `alias`: what the provider is called in OpenClaw's configuration (secrets.providers).
  OpenclawRefsWriter(Sink sink, std::string alias, RefId ref_id);
  // A profile without a secret of its own keeps the reference it has. `foreign`: Credential::foreign, of which only
  // `metadata` is written (OpenClaw needs it for some providers); may be empty.
  RefOutcome add(const vault::ProfileSheet& sheet, const vault::SecretString& foreign);
  void finish();  // once, at the end

 private:
  JsonWriter writer_;
  std::string alias_;
  RefId ref_id_;
};

}  // namespace formats
