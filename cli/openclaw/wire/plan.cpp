// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/plan.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unistd.h>
#include <utility>

#include "cli/openclaw/provider_block.h"
#include "cli/openclaw/wire/stored_profiles.h"
#include "cli/terminal/text.h"
#include "import/json/secret_json.h"
#include "import/openclaw/config/config.h"
#include "import/openclaw/config/config_path.h"
#include "import/stores/secret_store.h"
#include "import/stores/state_dir.h"
#include "vault/base/encoding.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/model/placeholder.h"
#include "vault/selection/secret_lookup.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using vault::CredentialKind;

bool is_there(const fs::path& path) { return ::access(path.c_str(), F_OK) == 0; }

const vault::SecretString* secret_in(const vault::ProfileDraft& draft) {
  const auto field = vault::main_field(draft.sheet.kind);
  return draft.sheet.usable_fields.contains(field) ? draft.credential.find(field) : nullptr;
}

Declaration declaration_of(const vault::AgentName& agent, const vault::ProfileId& id, const vault::ProviderId& provider,
                           CredentialKind kind) {
  return {agent, id, provider, kind == CredentialKind::api_key ? "api_key" : "token"};
}

class Planner {
 public:
  Planner(vault::Reading& reading, const std::string& alias, const std::vector<vault::ConfigSecretDraft>& store)
      : reading_(reading), alias_(alias), store_(store) {}

  void judge(const vault::AgentName& agent, const vault::ProfileDraft& draft, bool in_shared_store) {
    const auto& sheet = draft.sheet;
    const auto* const secret = secret_in(draft);
    const auto& ref = sheet.kind == CredentialKind::api_key ? sheet.key_ref : sheet.token_ref;
    if (sheet.kind == CredentialKind::oauth) {
      leave(agent, sheet, "a login: OpenClaw takes no references for logins", Staying::rightly);
    } else if (const auto seen = ref ? ours(agent, sheet, *ref) : std::nullopt) {
      note_wired(agent, sheet, *ref, *seen, in_shared_store);
      leave(agent, sheet, "a reference already", Staying::rightly);
    } else if (const auto* const stored = ref ? stored_for(*ref) : nullptr) {
      judge_store_reference(agent, sheet, *ref, *stored, in_shared_store);
    } else if (ref) {
      leave(agent, sheet, "a reference already", Staying::rightly);
    } else if (secret == nullptr) {
      leave(agent, sheet, "it holds no secret", Staying::rightly);
    } else if (vault::is_placeholder(secret->reveal())) {
      leave(agent, sheet, "it holds a placeholder, not a secret: OpenClaw fills it in itself", Staying::rightly);
    } else if (sheet.setup_replacement) {
      leave(agent, sheet, "saved, but not active: finish or discard its set-up in OpenClaw", Staying::regardless);
    } else if (const auto reason = why_not_served(agent, sheet, *secret); !reason.empty()) {
      leave(agent, sheet, reason, Staying::until_import);
    } else {
      add_target(agent, draft, *secret, in_shared_store);
    }
  }

  // One that OpenClaw does not have. Asked for twice, it is added once.
  void add(const vault::AgentName& agent, const vault::ProfileId& id) {
    const auto is_it = [&](const WireTarget& target) { return target.agent == agent && target.id == id; };
    if (std::ranges::any_of(plan_.targets, is_it)) return;
    const auto seen = reading_.find_profile(agent, id);
    if (!seen) {
      throw vault::Error(vault::ErrorCode::not_found,
                         "agent " + in_quotes(agent.text()) + " has no profile " + in_quotes(id.text()));
    }
    const auto& sheet = seen->sheet;
    if (sheet.kind == CredentialKind::oauth) {
      throw vault::Error(vault::ErrorCode::bad_input,
                         in_quotes(id.text()) + " is a login: OpenClaw takes no references for logins");
    }
    const auto credential = reading_.credential_of(*seen);
    const auto* const held = credential.find(vault::main_field(sheet.kind));
    if (held == nullptr || vault::is_placeholder(held->reveal()))
      throw vault::Error(vault::ErrorCode::bad_input, in_quotes(id.text()) + " holds no secret to refer to");
    if (seen->inherited) plan_.inheriting.insert(agent);
    const bool ends = sheet.kind == CredentialKind::token && sheet.expiry.form == vault::Expiry::Form::at;
    plan_.targets.push_back({agent,
                             id,
                             sheet.provider,
                             sheet.kind,
                             {"exec", provider_alias(alias_, agent), vault::exec_id_of(sheet)},
                             false,
                             held->clone(),
                             sheet.expiry,
                             ends});
  }

  WirePlan take() { return std::move(plan_); }

  std::vector<Declaration> served() const {
    auto all = wired_;
    for (const auto& target : plan_.targets) {
      all.push_back(declaration_of(target.agent, target.id, target.provider, target.kind));
    }
    return all;
  }

 private:
  std::optional<vault::SeenProfile> ours(const vault::AgentName& agent, const vault::ProfileSheet& sheet,
                                         const vault::SecretRef& ref) {
    if (ref.source != "exec" || ref.provider != provider_alias(alias_, agent) || !reading_.covers(agent))
      return std::nullopt;
    return reading_.find_profile(agent, sheet.id);
  }

  void note_wired(const vault::AgentName& agent, const vault::ProfileSheet& sheet, const vault::SecretRef& ref,
                  const vault::SeenProfile& seen, bool in_shared_store) {
    wired_.push_back(declaration_of(agent, sheet.id, sheet.provider, sheet.kind));
    const auto credential = reading_.credential_of(seen);
    const auto* const held = credential.find(vault::main_field(sheet.kind));
    if (seen.inherited) plan_.inheriting.insert(agent);
    plan_.wired.push_back({agent, sheet.id, sheet.kind, ref, in_shared_store,
                           held == nullptr ? vault::SecretString() : held->clone(), seen.sheet.expiry,
                           ends_otherwise(sheet, seen.sheet)});
  }

  void add_target(const vault::AgentName& agent, const vault::ProfileDraft& draft, const vault::SecretString& secret,
                  bool in_shared_store) {
    const auto& sheet = draft.sheet;
    const auto seen = reading_.find_profile(agent, sheet.id).value();
    if (seen.inherited) plan_.inheriting.insert(agent);
    plan_.targets.push_back({agent,
                             sheet.id,
                             sheet.provider,
                             sheet.kind,
                             {"exec", provider_alias(alias_, agent), vault::exec_id_of(sheet)},
                             in_shared_store,
                             secret.clone(),
                             seen.sheet.expiry,
                             ends_otherwise(sheet, seen.sheet)});
  }

  const vault::ConfigSecretDraft* stored_for(const vault::SecretRef& ref) const {
    if (ref.source != "store") return nullptr;
    const auto path = formats::config_path_text({"secrets", "store", ref.id});
    const auto found = std::ranges::find(store_, path.value_or(""), &vault::ConfigSecretDraft::path);
    return found == store_.end() ? nullptr : &*found;
  }

  // OpenClaw's store is plain text as well: what it refers to there is served from here.
  void judge_store_reference(const vault::AgentName& agent, const vault::ProfileSheet& sheet,
                             const vault::SecretRef& ref, const vault::ConfigSecretDraft& stored,
                             bool in_shared_store) {
    const auto held = reading_.find_config_secret(stored.path);
    if (!held)
      return leave(agent, sheet, "what it refers to in OpenClaw's store is not in the vault", Staying::until_import);
    if (!reading_.value_of(*held).same_as(stored.value))
      return leave(agent, sheet, "the vault holds another value", Staying::until_import);
    plan_.targets.push_back(
        {agent,
         sheet.id,
         sheet.provider,
         sheet.kind,
         {"exec", provider_alias(alias_, vault::AgentName::config()), vault::exec_id_of_config(stored.path)},
         in_shared_store,
         stored.value.clone(),
         sheet.expiry,
         false,
         ref});
  }

  // OpenClaw has dates on tokens alone. What the vault itself cannot read as a date is nobody's news.
  static bool ends_otherwise(const vault::ProfileSheet& theirs, const vault::ProfileSheet& held) {
    return theirs.kind == CredentialKind::token && held.expiry.form != vault::Expiry::Form::invalid &&
           theirs.expiry != held.expiry;
  }

  void leave(const vault::AgentName& agent, const vault::ProfileSheet& sheet, std::string reason, Staying staying) {
    plan_.left.push_back({agent, sheet.id.text(), std::move(reason), staying});
  }

  std::string why_not_served(const vault::AgentName& agent, const vault::ProfileSheet& sheet,
                             const vault::SecretString& secret) {
    if (!reading_.covers(agent)) return "the vault has no such agent, or this key cannot open it";
    const auto seen = reading_.find_profile(agent, sheet.id);
    if (!seen) return "not in the vault: `claviger import` takes it in";
    const auto credential = reading_.credential_of(*seen);
    const auto* const held = credential.find(vault::main_field(sheet.kind));
    if (seen->sheet.kind != sheet.kind || held == nullptr) return "the vault has something else under this id";
    const auto trimmed = [](const vault::SecretString& text) {
      return vault::SecretString::copy_of(vault::trimmed(text.reveal()));
    };
    return trimmed(*held).same_as(trimmed(secret)) ? "" : "the vault holds another value";
  }

  vault::Reading& reading_;
  const std::string& alias_;
  const std::vector<vault::ConfigSecretDraft>& store_;
  WirePlan plan_;
  std::vector<Declaration> wired_;  // by an earlier run
};

formats::OpenclawConfig configuration(const fs::path& state_dir) {
  const auto path = state_dir / "openclaw.json";
  if (!is_there(path)) return {};
  const auto bytes = vault::read_secret_file(path, formats::kLargestJson, vault::Links::follow, vault::Privacy::any);
  return formats::read_openclaw_config(vault::text_of(bytes.reveal()));
}

std::vector<vault::ConfigSecretDraft> secrets_store(const fs::path& state_dir) {
  const auto path = state_dir / "state" / "openclaw.sqlite";
  if (!is_there(path)) return {};
  return formats::read_openclaw_secret_store(path).secrets;
}

// By the agent itself or by main, whose orders it inherits.
bool is_ordered(const vault::ImportBatch& batch, const Declaration& profile) {
  return std::ranges::any_of(batch.agents, [&](const vault::AgentBatch& agent) {
    return (agent.agent == profile.agent || agent.agent.is_shared()) &&
           std::ranges::any_of(agent.orders,
                               [&](const auto& order) { return order.ids && order.provider == profile.provider; });
  });
}

// As soon as the configuration names one profile of a provider, only those it names are candidates - without an order.
bool is_passed_over(const Declaration& target, const formats::OpenclawConfig& config) {
  bool names_others = false;
  for (const auto& declared : config.profiles) {
    if (declared.id == target.id) return false;
    names_others = names_others || declared.provider == target.provider;
  }
  return names_others &&
         std::ranges::find(config.orders, target.provider, &vault::ProviderOrder::provider) == config.orders.end();
}

std::vector<Declaration> undeclared_among(const std::vector<Declaration>& served, const vault::ImportBatch& batch,
                                          const fs::path& state_dir) {
  const auto config = configuration(state_dir);
  std::vector<Declaration> undeclared;
  for (const auto& profile : served) {
    const bool again = std::ranges::find(undeclared, profile.id, &Declaration::id) != undeclared.end();
    if (!again && is_passed_over(profile, config) && !is_ordered(batch, profile)) undeclared.push_back(profile);
  }
  return undeclared;
}

// Not by path: ids hold colons, dots and brackets, and a path cannot name all of them.
std::vector<std::string> declaring_command(const Json& entries) {
  return {"config", "set", "auth.profiles", entries.dump(-1, ' ', true), "--strict-json", "--merge"};
}

bool has_profile(const vault::ImportBatch& batch, const vault::AgentName& agent, const vault::ProfileId& id) {
  return std::ranges::any_of(batch.agents, [&](const vault::AgentBatch& one) {
    return one.agent == agent &&
           std::ranges::any_of(one.profiles, [&](const auto& draft) { return draft.sheet.id == id; });
  });
}

}  // namespace

const vault::AgentName& WireTarget::served_as() const {
  static const auto config = vault::AgentName::config();
  return from_store ? config : agent;
}

std::set<vault::AgentName> WirePlan::agents() const {
  std::set<vault::AgentName> all;
  for (const auto& target : targets) all.insert(target.served_as());
  for (const auto& profile : wired) all.insert(profile.agent);
  if (!config.targets.empty() || !config.wired.empty()) all.insert(vault::AgentName::config());
  return all;
}

WirePlan make_wire_plan(vault::Reading& reading, const OpenclawPlace& place, const std::string& alias,
                        const NewProfiles& added) {
  const auto& state_dir = place.state_dir;
  const auto batch = formats::read_openclaw_state_dir(state_dir, place.home);
  const auto is_profile = [&](std::string_view text) {
    return std::ranges::any_of(batch.agents, [&](const vault::AgentBatch& agent) {
      return std::ranges::any_of(agent.profiles, [&](const auto& draft) { return draft.sheet.id.text() == text; });
    });
  };
  const auto store = secrets_store(state_dir);
  auto config_plan = make_config_plan(reading, place.config, alias, is_profile, store, *place.fields);
  Planner planner(reading, alias, store);
  for_each_stored_profile(batch, state_dir, [&](const vault::AgentName& agent, const auto& draft, bool in_shared) {
    planner.judge(agent, draft, in_shared);
  });
  for (const auto& id : added.ids) {
    if (!has_profile(batch, added.agent, id)) planner.add(added.agent, id);
  }
  auto undeclared = undeclared_among(planner.served(), batch, state_dir);
  auto plan = planner.take();
  plan.undeclared = std::move(undeclared);
  plan.config = std::move(config_plan);
  return plan;
}

std::vector<Declaration> still_undeclared(const std::vector<Declaration>& declarations, const fs::path& state_dir) {
  const auto config = configuration(state_dir);
  std::vector<Declaration> left;
  std::ranges::copy_if(declarations, std::back_inserter(left),
                       [&](const Declaration& profile) { return is_passed_over(profile, config); });
  return left;
}

std::vector<std::vector<std::string>> declaring_commands(const std::vector<Declaration>& declarations) {
  constexpr std::size_t kMostText = 16 * 1024;  // escaped up to six times as long; Linux takes arguments of 128 KiB
  std::vector<std::vector<std::string>> commands;
  Json entries = Json::object();
  std::size_t text = 0;
  for (const auto& profile : declarations) {
    const auto size = profile.id.text().size() + profile.provider.text().size() + 64;
    if (!entries.empty() && text + size > kMostText) {
      commands.push_back(declaring_command(std::exchange(entries, Json::object())));
      text = 0;
    }
    entries[profile.id.text()] = {{"provider", profile.provider.text()}, {"mode", profile.mode}};
    text += size;
  }
  if (!entries.empty()) commands.push_back(declaring_command(entries));
  return commands;
}

// Joined plainly: OpenClaw takes a name with a dot in it by its segments.
static std::string joined(const formats::ConfigSegments& segments) {
  std::string path;
  for (const auto& segment : segments) path += (path.empty() ? "" : ".") + segment;
  return path;
}

Json apply_plan_json(const WirePlan& plan, const Json& providers, FieldsOfConfig fields) {
  Json document = {{"version", 1}, {"protocolVersion", 1}, {"providerUpserts", providers}, {"targets", Json::array()}};
  for (const auto& target : plan.targets) {
    if (target.in_shared_store) continue;
    const bool is_key = target.kind == CredentialKind::api_key;
    const std::string field = is_key ? "key" : "token";
    document["targets"].push_back(
        {{"type", is_key ? "auth-profiles.api_key.key" : "auth-profiles.token.token"},
         {"path", "profiles." + target.id.text() + "." + field},
         {"pathSegments", Json::array({"profiles", target.id.text(), field})},
         {"agentId", target.agent.text()},
         {"authProfileProvider", target.provider.text()},
         {"ref", {{"source", target.ref.source}, {"provider", *target.ref.provider}, {"id", target.ref.id}}}});
  }
  if (fields == FieldsOfConfig::left_out) return document;
  for (const auto& field : plan.config.targets) {
    if (!field.in_any_openclaw) continue;
    document["targets"].push_back(
        {{"type", field.type},
         {"path", joined(field.segments)},
         {"pathSegments", field.segments},
         {"ref", {{"source", field.ref.source}, {"provider", *field.ref.provider}, {"id", field.ref.id}}}});
  }
  return document;
}

}  // namespace cli
