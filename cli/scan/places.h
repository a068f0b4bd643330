// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where plaintext copies of credentials usually lie.

#include <filesystem>
#include <vector>

#include "cli/process/environment.h"

namespace cli {

// What is there of these: OpenClaw's state directories (OPENCLAW_STATE_DIR, ~/.openclaw and ~/.openclaw-PROFILE with
// the backups of either, its former names), the folders of Claude Code, Codex, Gemini and Qwen, systemd's user units,
// histories and startup files of shells and interpreters, ~/.netrc and ~/.npmrc, .env files in the working folder.
// Links to them are followed. usage when there is no home to begin with.
std::vector<std::filesystem::path> default_places(const Environment& environment);

}  // namespace cli
