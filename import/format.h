// SPDX-License-Identifier: Apache-2.0
#pragma once
// The foreign formats by name, and which of them a file is in.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace formats {

enum class Format {
  openclaw,            // auth-profiles.json and its flat predecessors, auth.json, credentials/oauth.json
  openclaw_state_dir,  // a folder such as ~/.openclaw
  openclaw_sqlite,     // one of the stores of OpenClaw 2026.9
  dotenv,
  environment,  // the variables of the running process; never detected
  claude,
  codex,
  qwen,
  minimax,
  gemini,
};

std::string_view name_of(Format format) noexcept;  // as --format takes it: "openclaw", "openclaw-state-dir", ...
std::optional<Format> format_named(std::string_view name) noexcept;
std::vector<std::string> format_names();

// By content first, then by name; `path` may be empty for text that came through a pipe. What is JSON or SQLite but
// nothing we know, and what is neither and not UTF-8, is bad_input, with a hint to name the format. So is text without
// a name that assigns no variable: it is refused as the JSON that it is not, with line and column.
Format detect_format(std::string_view text, const std::filesystem::path& path);

// The same for a file or folder. Throws not_found, unsafe_file, and bad_input, also for a file of more than 256 MiB.
Format detect_format(const std::filesystem::path& path);

}  // namespace formats
