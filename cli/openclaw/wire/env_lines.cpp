// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/env_lines.h"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/unlocking/paths.h"
#include "import/dotenv/dotenv.h"
#include "import/dotenv/line_removal.h"
#include "import/json/secret_json.h"
#include "import/stores/state_dir.h"
#include "vault/base/atomic_file.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShortest = 8;  // as KnownSecrets has it

vault::SecretBytes contents_of(const fs::path& path, std::size_t limit) {
  return vault::read_secret_file(path, limit, vault::Links::follow, vault::Privacy::any);
}

bool is_any_of(std::string_view value, const std::vector<const vault::SecretString*>& secrets) {
  return value.size() >= kShortest &&
         std::ranges::any_of(secrets, [&](const auto* secret) { return vault::trimmed(secret->reveal()) == value; });
}

bool is_name_byte(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// As a word of its own: "${NAME}", "$NAME", the id of a reference, an API key that is a variable's name.
bool names(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const auto end = at + name.size();
    if ((at == 0 || !is_name_byte(text[at - 1])) && (end == text.size() || !is_name_byte(text[end]))) return true;
  }
  return false;
}

bool names(const vault::ProfileDraft& draft, std::string_view name) {
  const auto is_ref = [&](const auto& ref) { return ref && ref->source == "env" && ref->id == name; };
  const auto* const secret = draft.credential.find(vault::main_field(draft.sheet.kind));
  return is_ref(draft.sheet.key_ref) || is_ref(draft.sheet.token_ref) ||
         (secret != nullptr && names(secret->reveal(), name));
}

bool is_plain_file(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

class UsedNames {
 public:
  UsedNames(const fs::path& state_dir, const fs::path& home, const fs::path& config)
      : batch_(formats::read_openclaw_state_dir(state_dir, home)) {
    if (::access(config.c_str(), F_OK) == 0) config_ = contents_of(config, formats::kLargestJson);
  }
  bool contains(std::string_view name) const {
    if (names(vault::text_of(config_.reveal()), name)) return true;
    return std::ranges::any_of(batch_.agents, [&](const vault::AgentBatch& agent) {
      return std::ranges::any_of(agent.profiles, [&](const auto& draft) { return names(draft, name); });
    });
  }

 private:
  vault::ImportBatch batch_;
  vault::SecretBytes config_;
};

}  // namespace

std::vector<EnvLine> clear_env_lines(const fs::path& state_dir, const fs::path& home, const fs::path& config,
                                     const std::vector<const vault::SecretString*>& secrets, EnvLineRule rule) {
  const auto file = state_dir / ".env";
  std::vector<EnvLine> lines;
  if (!is_plain_file(file)) return lines;
  const auto bytes = contents_of(file, formats::kDotenvLimit);
  const auto is_secret = [&](std::string_view, std::string_view value) { return is_any_of(value, secrets); };
  const auto all = formats::without_lines(vault::text_of(bytes.reveal()), is_secret);
  if (all.lines.empty()) return lines;
  const UsedNames used(state_dir, home, config);
  const auto removal = formats::without_lines(
      vault::text_of(bytes.reveal()),
      [&](std::string_view name, std::string_view value) { return is_any_of(value, secrets) && !used.contains(name); });
  for (const auto& line : all.lines) {
    const auto found = std::ranges::find(removal.lines, line.name, &formats::DotenvLine::name);
    if (found == removal.lines.end()) {
      lines.push_back({file, line.name, false, "OpenClaw's configuration or a profile uses the variable"});
    } else if (!found->removed) {
      lines.push_back({file, line.name, false, "another line of this name would count instead"});
    } else {
      lines.push_back({file, line.name, rule == EnvLineRule::remove});
    }
  }
  if (std::ranges::any_of(lines, &EnvLine::removed))
    vault::write_file_atomically(file, removal.text.reveal(), vault::Existing::replace);
  return lines;
}

}  // namespace cli
