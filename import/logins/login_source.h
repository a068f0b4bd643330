// SPDX-License-Identifier: Apache-2.0
#pragma once
// Another tool's login file and what lies around it: when it was written, and whose account it is.

#include <filesystem>
#include <string_view>

#include "import/format.h"
#include "vault/model/batch.h"

namespace formats {

// claude, codex, qwen, minimax or gemini?
bool is_login(Format format) noexcept;

// `path` is empty for text that came through a pipe.
vault::AgentBatch read_login(Format format, std::string_view text, const std::filesystem::path& path,
                             const vault::AgentName& agent);

}  // namespace formats
