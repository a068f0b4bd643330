// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/models_secret.h"

#include <algorithm>
#include <functional>

#include "vault/base/code_points.h"
#include "vault/base/error.h"
#include "vault/base/ids.h"

namespace cli {
namespace {

using vault::Error;
using vault::ErrorCode;
using vault::SecretString;

constexpr std::uint32_t kLineSeparator = 0x2028;
constexpr std::uint32_t kParagraphSeparator = 0x2029;
constexpr std::uint32_t kLastLatin1 = 0xff;
constexpr std::size_t kShortestSetupToken = 80;
constexpr std::size_t kShortestKeyBody = 8;

bool ends_line(const vault::CodePoint& point) {
  return point.value == '\r' || point.value == '\n' || point.value == kLineSeparator ||
         point.value == kParagraphSeparator;
}
bool is_beyond_latin1(const vault::CodePoint& point) { return point.value > kLastLatin1; }

// The text without the code points that `drop` names; bytes that are no UTF-8 stay, to be refused later.
SecretString without(std::string_view text, const std::function<bool(const vault::CodePoint&)>& drop) {
  vault::SecretBytes kept(text.size());
  std::size_t used = 0;
  while (!text.empty()) {
    const auto point = vault::first_code_point(text);
    if (!point.valid || !drop(point)) {
      std::copy_n(text.begin(), point.size, kept.writable().begin() + static_cast<std::ptrdiff_t>(used));
      used += point.size;
    }
    text.remove_prefix(point.size);
  }
  kept.truncate(used);
  return SecretString(std::move(kept));
}

std::string_view without_last_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Pasted cleaned(const SecretString& raw, vault::CredentialKind kind) {
  const auto text = without_last_line_end(raw.reveal());
  const auto one_line = without(text, ends_line);
  const auto narrow = without(one_line.reveal(), is_beyond_latin1);
  auto pasted = clean_pasted(narrow, kind);
  if (one_line.size() != text.size()) pasted.notices.emplace_back("removed line breaks inside it");
  if (narrow.size() != one_line.size()) pasted.notices.emplace_back("removed characters that no credential contains");
  return pasted;
}

// As OpenClaw tells one: ^sk-[A-Za-z0-9_-]{8,}$
bool looks_like_openai_key(std::string_view text) {
  constexpr std::string_view kPrefix = "sk-";
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  return text.size() >= kShortestKeyBody && std::ranges::all_of(text, is_part);
}

void require_setup_token(std::string_view token) {
  if (!token.starts_with("sk-ant-oat01-")) {
    throw Error(ErrorCode::bad_input, "the token is refused: a setup token of anthropic's starts with sk-ant-oat01-",
                "`claude setup-token` makes one; `claviger models auth paste-api-key` takes an API key");
  }
  if (token.size() < kShortestSetupToken) {
    throw Error(ErrorCode::bad_input, "the token is refused: it is too short", "paste the whole setup token");
  }
}

}  // namespace

std::string manual_provider(std::string_view word) {
  const vault::ProviderId provider{std::string(word)};
  if (provider.key() == "codex") return "openai";
  if (provider.key() == "openai-codex" || provider.key() == "codex-cli") {
    throw Error(ErrorCode::usage, "'" + provider.key() + "' is a provider of the past", "use --provider openai");
  }
  return provider.key();
}

Pasted clean_manual_token(const SecretString& raw, std::string_view provider) {
  auto pasted = cleaned(raw, vault::CredentialKind::token);
  if (provider == "anthropic") {
    pasted.secret =
        without(pasted.secret.reveal(), [](const vault::CodePoint& point) { return vault::is_blank(point.value); });
    require_setup_token(pasted.secret.reveal());
  }
  if (provider == "openai" && looks_like_openai_key(pasted.secret.reveal())) {
    throw Error(ErrorCode::bad_input, "the token is refused: it looks like an OpenAI API key",
                "claviger models auth paste-api-key --provider openai");
  }
  return pasted;
}

Pasted clean_manual_key(const SecretString& raw, std::string_view provider) {
  auto pasted = cleaned(raw, vault::CredentialKind::api_key);
  if (provider == "openai" && !looks_like_openai_key(pasted.secret.reveal())) {
    throw Error(ErrorCode::bad_input, "the key is refused: it does not look like an OpenAI API key",
                "`claviger add` takes any key, `claviger models auth paste-token` a token");
  }
  return pasted;
}

}  // namespace cli
