// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/references.h"

#include <array>
#include <unistd.h>

#include "cli/openclaw/config/config_references.h"
#include "cli/openclaw/provider_block.h"
#include "cli/openclaw/wire/stored_profiles.h"
#include "cli/terminal/shell_word.h"
#include "cli/terminal/text.h"
#include "import/stores/state_dir.h"
#include "vault/selection/profile_ref.h"

namespace cli {
namespace {

// An id says nothing of its agent; `type` is empty where the reference says nothing of it.
std::string command_that_adds(std::string_view exec_id, const vault::AgentName& serves, const std::string& type) {
  constexpr std::string_view kProfile = "profile/";
  std::string words;
  if (exec_id.starts_with("env/") || exec_id.starts_with("config/")) words = shell_word(exec_id);
  if (exec_id.starts_with(kProfile)) words = shell_word(exec_id.substr(kProfile.size()));
  if (words.empty()) return {};
  if (!type.empty()) words += " --type " + type;
  const bool is_usual = serves.text() == "main" || serves == vault::AgentName::config();
  return "claviger add " + words + (is_usual ? "" : " --agent " + shell_word(serves.text()));
}

class Collector {
 public:
  Collector(std::map<std::string, vault::AgentName> providers, bool is_newest)
      : providers_(std::move(providers)), is_newest_(is_newest) {}

  bool has_providers() const { return !providers_.empty(); }

  void judge(const vault::AgentName& agent, const vault::ProfileSheet& sheet) {
    const auto* const ref = vault::reference_of(sheet);
    if (ref == nullptr || sheet.kind == vault::CredentialKind::oauth) return;
    auto* const found = add(*ref, "profile " + in_quotes(sheet.id.text()) + " of agent " + in_quotes(agent.text()));
    if (found == nullptr) return;
    found->removal = is_newest_ ? "openclaw models auth logout " + shell_word(sheet.id.text()) + " --agent " +
                                      agent.text() + " --yes"
                                : "delete it in that agent's auth-profiles.json";
    if (sheet.kind == vault::CredentialKind::token) found->own_date = sheet.expiry;
    if (asks_for_profile(found->exec_id, sheet.id))
      found->way_back =
          command_that_adds("profile/" + sheet.id.text(), found->serves, std::string(vault::name_of(sheet.kind)));
  }

  void judge(const PlacedReference& placed) {
    const auto path = formats::config_path_text(placed.segments);
    auto* const found =
        add(placed.ref, in_quotes(path.value_or("a place whose name cannot be shown")) + " in openclaw.json");
    if (found != nullptr && path) found->removal = "openclaw config unset " + shell_word(*path);
  }

  std::vector<Reference> take() { return std::move(found_); }

 private:
  Reference* add(const vault::SecretRef& ref, std::string place) {
    if (ref.source != "exec" || !ref.provider) return nullptr;
    const auto provider = providers_.find(*ref.provider);
    if (provider == providers_.end()) return nullptr;
    auto way_back = command_that_adds(ref.id, provider->second, {});
    found_.push_back({provider->first, provider->second, ref.id, std::move(place), {}, std::move(way_back), {}});
    return &found_.back();
  }

  std::map<std::string, vault::AgentName> providers_;
  bool is_newest_;  // 2026.9, which has a command for it
  std::vector<Reference> found_;
};

}  // namespace

std::vector<Reference> references_to(const std::string& vault, const OpenclawPlace& place) {
  const bool is_newest = ::access((place.state_dir / "state/openclaw.sqlite").c_str(), F_OK) == 0;
  Collector collector(wired_providers(place.config, vault), is_newest);
  if (!collector.has_providers()) return {};
  const auto batch = formats::read_openclaw_state_dir(place.state_dir, place.home, formats::OnBadFile::skip);
  for_each_stored_profile(batch, place.state_dir, [&](const vault::AgentName& agent, const auto& draft, bool) {
    collector.judge(agent, draft.sheet);
  });
  for (const auto& placed : references_in(place.config).all) collector.judge(placed);
  return collector.take();
}

bool asks_for_profile(std::string_view exec_id, const vault::ProfileId& id) {
  constexpr std::array<std::string_view, 4> kSelectors = {"", "/key", "/token", "/access"};
  for (const auto& name : {"profile/" + id.text(), vault::profile_ref(id)}) {
    if (!exec_id.starts_with(name)) continue;
    const auto rest = exec_id.substr(name.size());
    for (const auto selector : kSelectors) {
      if (rest == selector) return true;
    }
  }
  return false;
}

}  // namespace cli
