// SPDX-License-Identifier: Apache-2.0
#include "import/format.h"

#include <algorithm>

#include "import/dotenv/scanner.h"
#include "import/json/secret_json.h"
#include "import/stores/state_dir.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"
#include "vault/crypto/secret_file.h"

namespace formats {
namespace {

struct Named {
  Format format;
  std::string_view name;
};
constexpr Named kNames[] = {
    {Format::openclaw, "openclaw"},
    {Format::openclaw_state_dir, "openclaw-state-dir"},
    {Format::openclaw_sqlite, "openclaw-sqlite"},
    {Format::dotenv, "dotenv"},
    {Format::environment, "environment"},
    {Format::claude, "claude"},
    {Format::codex, "codex"},
    {Format::qwen, "qwen"},
    {Format::minimax, "minimax"},
    {Format::gemini, "gemini"},
};

constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};

[[noreturn]] void fail_as_unknown(const char* what) {
  throw vault::Error(vault::ErrorCode::bad_input, what, vault::Remedy::name_the_format);
}

char first_character(std::string_view text) {
  const auto rest = vault::trimmed(text);
  return rest.empty() ? ' ' : rest.front();
}

// Does it assign a variable, or hold nothing but comments?
bool looks_like_dotenv(std::string_view text) {
  bool comments_alone = true;
  DotenvScanner scanner(text);
  while (const auto item = scanner.next()) {
    if (item->kind == DotenvItem::Kind::assignment) return true;
    comments_alone = false;
  }
  return comments_alone;
}

// Three tools write the same members; their folders tell them apart.
Format login_file_format(JsonValue root, const std::filesystem::path& path) {
  for (const auto& part : path) {
    if (part == ".qwen") return Format::qwen;
    if (part == ".minimax") return Format::minimax;
    if (part == ".gemini") return Format::gemini;
  }
  if (root.find("id_token")) return Format::gemini;
  fail_as_unknown("an OAuth login, but Qwen, MiniMax and Gemini all write such files");
}

bool is_openclaw(JsonValue root) {
  if (root.find("profiles") || root.empty()) return true;
  const auto is_entry = [](JsonValue member) { return member.is(JsonKind::object); };
  return std::any_of(root.begin(), root.end(), is_entry);
}

Format json_format(std::string_view text, const std::filesystem::path& path) {
  const JsonDocument document(text, "profiles", JsonRepeats::last_wins);  // its reader decides what that means
  const JsonValue root = document.root();
  if (root.find("claudeAiOauth")) return Format::claude;
  const bool codex_tokens = root.find("tokens") && root.find("tokens")->find("access_token");
  if (codex_tokens || root.find("OPENAI_API_KEY")) return Format::codex;
  if (root.find_string("access_token") && root.find("expiry_date")) return login_file_format(root, path);
  if (!is_openclaw(root)) fail_as_unknown("a JSON document of no format we know");
  return Format::openclaw;
}

}  // namespace

std::string_view name_of(Format format) noexcept {
  for (const auto& known : kNames) {
    if (known.format == format) return known.name;
  }
  return {};
}

std::optional<Format> format_named(std::string_view name) noexcept {
  for (const auto& known : kNames) {
    if (known.name == name) return known.format;
  }
  return std::nullopt;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& known : kNames) names.emplace_back(known.name);
  return names;
}

Format detect_format(std::string_view text, const std::filesystem::path& path) {
  if (text.starts_with(kSqliteMagic)) return Format::openclaw_sqlite;
  const bool json_by_name = path.extension() == ".json" || path.extension() == ".json5";
  // Nobody else's name, so there is no need to read it twice.
  if (first_character(text) == '{' && path.filename() == "auth-profiles.json") return Format::openclaw;
  if (std::string_view("{[\"").find(first_character(text)) != std::string_view::npos || json_by_name) {
    return json_format(text, path);
  }
  if (path.empty() && !looks_like_dotenv(text)) return json_format(text, path);
  if (!vault::is_utf8(text) || text.find('\0') != std::string_view::npos) fail_as_unknown("neither JSON nor text");
  return Format::dotenv;
}

Format detect_format(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    if (is_openclaw_state_dir(path)) return Format::openclaw_state_dir;
    fail_as_unknown("a folder, but not an OpenClaw state directory");
  }
  const auto bytes = vault::read_secret_file(path, kLargestJson, vault::Links::follow, vault::Privacy::any);
  return detect_format(vault::text_of(bytes.reveal()), path);
}

}  // namespace formats
