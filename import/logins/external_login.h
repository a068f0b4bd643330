// SPDX-License-Identifier: Apache-2.0
#pragma once
// The logins that other command line tools keep for themselves: Claude Code, Codex, Qwen, MiniMax and Gemini. Each file
// becomes one profile under the provider and id that the newest OpenClaw uses for it. Read only: the tools go on owning
// their files, and whichever of two holders refreshes a login first makes the other's refresh token worthless.

#include <filesystem>
#include <optional>
#include <string_view>

#include "import/format.h"
#include "vault/model/batch.h"

namespace formats {

struct LoginFile {
  vault::AgentName agent;                   // whose the profile is to be
  vault::Timestamp modified;                // the file's; now, for text that came through a pipe
  std::optional<std::string_view> account;  // Claude Code: the text of ~/.claude.json, which names the account
};

// One of claude, codex, qwen, minimax and gemini; internal for any other format. A login without its tokens or its end
// is no profile but a rejected warning that says why. Throws bad_input for what is not JSON.
vault::AgentBatch read_external_login(Format format, std::string_view text, const LoginFile& file);

// The login file in a tool's own folder, such as ~/.codex. Empty: it is no such folder.
std::optional<std::filesystem::path> login_file_in(const std::filesystem::path& folder);

}  // namespace formats
