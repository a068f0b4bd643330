// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where on this host credentials of model providers usually lie. Looks for names and reads no content.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/process/environment.h"
#include "vault/base/error.h"

namespace cli {

enum class SourceKind { openclaw, dotenv, claude, codex, gemini, environment };  // in the order they are offered

std::set<SourceKind> every_source_kind();
std::string_view name_of(SourceKind kind) noexcept;           // "openclaw": as --only and JSON have it
std::string_view title_of(SourceKind kind) noexcept;          // "OpenClaw": for people
std::string_view import_format_of(SourceKind kind) noexcept;  // as `import --format` has it
std::optional<SourceKind> source_kind_named(std::string_view name) noexcept;

struct KnownPlace {
  SourceKind kind = SourceKind::openclaw;
  std::filesystem::path path;             // empty for the environment
  std::optional<vault::Error> trouble{};  // it is there and cannot be looked into
};

// Each place once, also where links lead to it twice:
// - OpenClaw's state directories: OPENCLAW_STATE_DIR, CLAWDBOT_STATE_DIR, ~/.openclaw, ~/.openclaw-PROFILE, and the
//   older ~/.clawdbot, ~/.moltbot, ~/.moldbot; OPENCLAW_HOME is a home beside HOME;
// - `.env` in `folder`, OpenClaw's gateway.env, and without the kind openclaw each state directory's `.env`;
// - Claude Code's login (CLAUDE_SECURESTORAGE_CONFIG_DIR, CLAUDE_CONFIG_DIR, ~/.claude), Codex's (CODEX_HOME, ~/.codex)
//   and Gemini's (GEMINI_CLI_HOME, ~/.gemini);
// - the environment, when a variable of a known provider is set in it.
// `folder`: where the caller works; empty: not known. Never throws for what lies there.
std::vector<KnownPlace> find_known_places(const Environment& environment, const std::filesystem::path& folder,
                                          const std::set<SourceKind>& kinds = every_source_kind());

// The folder this process works in; empty when it is gone.
std::filesystem::path working_folder();

}  // namespace cli
