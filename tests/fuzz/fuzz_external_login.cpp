// SPDX-License-Identifier: Apache-2.0
// Any bytes as a login file, as the file that names its account, and as a JSON Web Token.
#include <cstdint>
#include <cstdlib>

#include "import/json/secret_json.h"
#include "import/logins/external_login.h"
#include "import/logins/jwt_payload.h"
#include "vault/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using formats::Format;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto format : {Format::claude, Format::codex, Format::qwen, Format::minimax, Format::gemini}) {
    try {
      const auto batch =
          formats::read_external_login(format, text, {vault::AgentName::shared(), {1'700'000'000'000}, text});
      // One login is one profile, or a reason why it is none.
      const bool rejected = !batch.warnings.empty() && batch.warnings.front().rejected;
      if (batch.profiles.size() != (rejected ? 0U : 1U)) std::abort();
      // What it kept beside the secrets is JSON again.
      for (const auto& draft : batch.profiles) {
        const auto& foreign = draft.credential.foreign();
        if (!foreign.empty()) static_cast<void>(formats::JsonDocument(foreign.reveal()));
      }
    } catch (const vault::Error& error) {
      if (error.code() != vault::ErrorCode::bad_input) std::abort();
    }
  }
  if (const auto payload = formats::JwtPayload::of(text)) static_cast<void>(payload->expires());
  return 0;
}
