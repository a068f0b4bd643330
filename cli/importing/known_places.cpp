// SPDX-License-Identifier: Apache-2.0
#include "cli/importing/known_places.h"

#include <algorithm>
#include <array>

#include "import/stores/bad_files.h"
#include "import/stores/state_dir.h"
#include "vault/base/ids.h"
#include "vault/policy/provider_variables.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

struct Named {
  SourceKind kind;
  std::string_view name, title, format;
};
constexpr std::array kKinds = {
    Named{SourceKind::openclaw, "openclaw", "OpenClaw", "openclaw-state-dir"},
    Named{SourceKind::dotenv, "dotenv", "Variables", "dotenv"},
    Named{SourceKind::claude, "claude", "Claude Code", "claude"},
    Named{SourceKind::codex, "codex", "Codex", "codex"},
    Named{SourceKind::gemini, "gemini", "Gemini", "gemini"},
    Named{SourceKind::environment, "environment", "The environment", "environment"},
};

const Named& entry_of(SourceKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

constexpr std::string_view kProfilePrefix = ".openclaw-";
constexpr std::array kOlderNames = {".clawdbot", ".moltbot", ".moldbot"};

bool is_profile_name(std::string_view name) {
  const auto fits = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '_' || letter == '-';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '-' && name.front() != '_' &&
         std::ranges::all_of(name, fits);
}

class Finder {
 public:
  Finder(const Environment& environment, fs::path folder, const std::set<SourceKind>& kinds)
      : environment_(environment), folder_(std::move(folder)), kinds_(kinds) {
    for (const auto* const name : {"HOME", "OPENCLAW_HOME"}) {
      if (const auto home = folder_in(name)) homes_.push_back(*home);
    }
  }

  std::vector<KnownPlace> find() {
    for (const auto& state_dir : state_dirs()) look_at_state_dir(state_dir);
    for (const auto& home : homes_) look_for(SourceKind::dotenv, home / ".config" / "openclaw" / "gateway.env");
    if (!folder_.empty()) look_for(SourceKind::dotenv, folder_ / ".env");
    look_for_logins();
    const auto variables = environment_.variables();
    if (kinds_.contains(SourceKind::environment) && std::ranges::any_of(variables, is_a_providers)) {
      found_.push_back({SourceKind::environment, {}, {}});
    }
    std::ranges::stable_sort(found_, {}, &KnownPlace::kind);
    return std::move(found_);
  }

 private:
  static bool is_a_providers(const Environment::Variable& variable) {
    return !vault::trimmed(variable.value).empty() && vault::provider_of_variable(variable.name);
  }

  std::optional<fs::path> folder_in(const char* variable) const {
    const auto value = environment_.get(variable);
    if (!value) return std::nullopt;
    std::error_code failure;
    const auto path = fs::absolute(fs::path(*value), failure).lexically_normal();
    return failure ? std::nullopt : std::optional(path);
  }

  std::vector<fs::path> state_dirs() const {
    std::vector<fs::path> all;
    for (const auto* const name : {"OPENCLAW_STATE_DIR", "CLAWDBOT_STATE_DIR"}) {
      if (const auto named = folder_in(name)) all.push_back(*named);
    }
    for (const auto& home : homes_) {
      all.push_back(home / ".openclaw");
      std::ranges::copy(profiles_in(home), std::back_inserter(all));
      for (const auto* const name : kOlderNames) all.push_back(home / name);
    }
    return all;
  }

  static std::vector<fs::path> profiles_in(const fs::path& home) {
    std::vector<fs::path> profiles;
    std::error_code failure;
    fs::directory_iterator entry(home, failure);
    for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure)) {
      const auto name = entry->path().filename().string();
      if (!name.starts_with(kProfilePrefix)) continue;
      if (is_profile_name(std::string_view(name).substr(kProfilePrefix.size()))) profiles.push_back(entry->path());
    }
    std::ranges::sort(profiles);
    return profiles;
  }

  // A state directory's own .env is part of it.
  void look_at_state_dir(const fs::path& path) {
    if (!kinds_.contains(SourceKind::openclaw)) return look_for(SourceKind::dotenv, path / ".env");
    note(SourceKind::openclaw, path, [&] { return formats::is_openclaw_state_dir(path); });
  }

  void look_for(SourceKind kind, const fs::path& file) {
    if (!kinds_.contains(kind) || is_inside_a_state_dir(file)) return;
    note(kind, file, [&] {
      std::error_code failure;
      return formats::has_file(file) && !fs::is_directory(file, failure);
    });
  }

  void look_for_logins() {
    auto claude = folder_in("CLAUDE_SECURESTORAGE_CONFIG_DIR");
    if (!claude) claude = folder_in("CLAUDE_CONFIG_DIR");
    const auto home = homes_.empty() ? fs::path() : homes_.front();
    const auto below_home = [&](const char* name) { return home.empty() ? std::nullopt : std::optional(home / name); };
    if (!claude) claude = below_home(".claude");
    auto codex = folder_in("CODEX_HOME");
    if (!codex) codex = below_home(".codex");
    const auto gemini_home = folder_in("GEMINI_CLI_HOME");
    const auto gemini = gemini_home ? std::optional(*gemini_home / ".gemini") : below_home(".gemini");
    if (claude) look_for(SourceKind::claude, *claude / ".credentials.json");
    if (codex) look_for(SourceKind::codex, *codex / "auth.json");
    if (gemini) look_for(SourceKind::gemini, *gemini / "oauth_creds.json");
  }

  bool is_inside_a_state_dir(const fs::path& file) const {
    std::error_code failure;
    return std::ranges::any_of(found_, [&](const KnownPlace& place) {
      return place.kind == SourceKind::openclaw && file.filename() == ".env" &&
             fs::equivalent(place.path, file.parent_path(), failure);
    });
  }

  template <class IsThere>
  void note(SourceKind kind, const fs::path& path, IsThere&& is_there) {
    std::error_code failure;
    const auto same = [&](const KnownPlace& place) {
      return place.kind == kind && (place.path == path || fs::equivalent(place.path, path, failure));
    };
    if (std::ranges::any_of(found_, same)) return;
    try {
      if (is_there()) found_.push_back({kind, path, {}});
    } catch (const vault::Error& error) {
      found_.push_back({kind, path, error});
    }
  }

  const Environment& environment_;
  fs::path folder_;
  const std::set<SourceKind>& kinds_;
  std::vector<fs::path> homes_;
  std::vector<KnownPlace> found_;
};

}  // namespace

std::set<SourceKind> every_source_kind() {
  std::set<SourceKind> all;
  for (const auto& entry : kKinds) all.insert(entry.kind);
  return all;
}

std::string_view name_of(SourceKind kind) noexcept { return entry_of(kind).name; }
std::string_view title_of(SourceKind kind) noexcept { return entry_of(kind).title; }
std::string_view import_format_of(SourceKind kind) noexcept { return entry_of(kind).format; }

std::optional<SourceKind> source_kind_named(std::string_view name) noexcept {
  for (const auto& entry : kKinds) {
    if (entry.name == name) return entry.kind;
  }
  return std::nullopt;
}

std::vector<KnownPlace> find_known_places(const Environment& environment, const fs::path& folder,
                                          const std::set<SourceKind>& kinds) {
  return Finder(environment, folder, kinds).find();
}

fs::path working_folder() {
  std::error_code failure;
  auto folder = fs::current_path(failure);
  return failure ? fs::path() : folder;
}

}  // namespace cli
