// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wired_copies.h"

#include <algorithm>

#include "cli/context.h"
#include "cli/openclaw/config/config_file.h"
#include "cli/openclaw/place.h"
#include "cli/unlocking/paths.h"
#include "vault/selection/profile_ref.h"

namespace cli {
namespace {

using vault::AgentName;

constexpr std::string_view kVariable = "env/";
constexpr std::string_view kConfig = "config/";

bool asks_for_provider(const std::string& exec_id, const vault::ProviderId& provider) {
  constexpr std::string_view kProvider = "provider/";
  return exec_id.starts_with(kProvider) && vault::ascii_lower(exec_id.substr(kProvider.size())) == provider.key();
}

bool asks_for_text(const Reference& reference, const std::string& id) {
  if (reference.exec_id == id) return true;
  return id.starts_with(kConfig) && reference.exec_id == vault::config_ref(id.substr(kConfig.size()));
}

// Through this reference's provider, is it the owner's that is seen?
bool sees_owners(vault::Reading& reading, const Reference& reference, const AgentName& owner,
                 const vault::ProfileId& id) {
  if (reference.serves == owner) return true;
  if (!reading.covers(reference.serves)) return false;
  const auto seen = reading.find_profile(reference.serves, id);
  return seen && seen->owner == owner;
}

bool sees_owners_text(vault::Reading& reading, const Reference& reference, const AgentName& owner,
                      const std::string& id) {
  if (reference.serves == owner) return true;
  if (!id.starts_with(kVariable) || !reading.covers(reference.serves)) return false;
  const auto seen = reading.find_variable(reference.serves, id.substr(kVariable.size()));
  return seen && seen->owner == owner;
}

// From main, whose profiles stand in where its own are not there.
bool inherits(vault::Reading& reading, const AgentName& agent) {
  if (agent.is_shared() || !reading.covers(AgentName::shared())) return false;
  const auto agents = reading.agents();
  const auto own = std::ranges::find(agents, agent, &vault::AgentSheet::name);
  return own != agents.end() && own->inheritance == vault::Inheritance::linked;
}

}  // namespace

bool Wired::has_another_date(const vault::Expiry& expiry) const {
  return expiry.form != vault::Expiry::Form::invalid && std::ranges::any_of(named_, [&](const Reference& reference) {
           return reference.own_date && *reference.own_date != expiry;
         });
}

std::string Wired::openclaw() const { return "OpenClaw in " + path_in_quotes(state_dir_); }

void Wired::tell_new_secret(const Terminal& terminal, const vault::Expiry& expiry) const {
  if (!any()) return;
  if (has_another_date(expiry)) return tell_new_date(terminal, expiry);
  terminal.note(openclaw() +
                " refers to it. If its gateway is running, have it read the new secret: " + "openclaw secrets reload");
}

void Wired::tell_new_date(const Terminal& terminal, const vault::Expiry& expiry) const {
  if (!has_another_date(expiry)) return;
  terminal.note(openclaw() + " refers to it and keeps another expiry. To bring both up to date: " +
                "claviger openclaw wire --apply --reload");
}

void Wired::tell_gone(const Terminal& terminal) const {
  if (any() && (named_.empty() || has_stand_in_)) {
    terminal.note(openclaw() + " refers to it and will get another one instead. If its gateway is running, then run: " +
                  "openclaw secrets reload");
    return;
  }
  for (const auto& reference : named_) {
    terminal.note(openclaw() + " refers to it: " + reference.place +
                  ". Without it that reference leads nowhere. To take it out: " + reference.removal);
  }
}

void Wired::add_to(Json& receipt) const {
  if (any()) receipt["wiredIn"] = Json::array({state_dir_.string()});
}

WiredCopies::WiredCopies(const Context& context) noexcept {
  try {
    const auto state_dir = openclaw_state_dir(context, {});
    const std::filesystem::path home(context.environment().get("HOME").value_or(""));
    references_ = references_to(as_typed(context.vault_place()),
                                {state_dir, home, openclaw_config(context.environment(), state_dir)});
    state_dir_ = state_dir;
  } catch (const std::exception&) {
    references_.clear();  // whoever changes the vault has come for that; doctor tells what is wrong there
  }
}

Wired WiredCopies::to_profile(vault::Reading& reading, const AgentName& owner, const vault::ProfileSheet& sheet) const {
  std::vector<Reference> named;
  bool by_provider = false;
  for (const auto& reference : references_) {
    const bool names = asks_for_profile(reference.exec_id, sheet.id);
    if (!names && !asks_for_provider(reference.exec_id, sheet.provider)) continue;
    if (!sees_owners(reading, reference, owner, sheet.id)) continue;
    names ? named.push_back(reference) : void(by_provider = true);
  }
  if (named.empty() && !by_provider) return {};
  const bool has_stand_in = inherits(reading, owner) && reading.own_profile(AgentName::shared(), sheet.id).has_value();
  return {state_dir_, std::move(named), by_provider, has_stand_in};
}

Wired WiredCopies::to_text(vault::Reading& reading, const AgentName& owner, const std::string& id) const {
  std::vector<Reference> named;
  std::ranges::copy_if(references_, std::back_inserter(named), [&](const Reference& reference) {
    return asks_for_text(reference, id) && sees_owners_text(reading, reference, owner, id);
  });
  if (named.empty()) return {};
  const bool has_stand_in = id.starts_with(kVariable) && inherits(reading, owner) &&
                            reading.find_variable(AgentName::shared(), id.substr(kVariable.size())).has_value();
  return {state_dir_, std::move(named), false, has_stand_in};
}

}  // namespace cli
