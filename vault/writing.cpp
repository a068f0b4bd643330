// SPDX-License-Identifier: Apache-2.0
#include "vault/writing.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/model/placeholder.h"
#include "vault/seal/codec.h"

namespace vault {
namespace {

// Where records are damaged, the one that is not found may be among them.
[[noreturn]] void fail_not_own(const AgentName& agent, const AgentLedger& ledger) {
  ledger.require_undamaged();
  throw Error(ErrorCode::not_found, "agent '" + agent.text() + "' has no such profile", Remedy::list_the_profiles);
}

void require_ordinary(const AgentName& agent) {
  if (!agent.is_config()) return;
  throw Error(ErrorCode::usage, "'@config' holds the secrets of openclaw.json and nothing else");
}

// For who is about to write there: a record of that name that does not open is told as damage, others' damage is not.
template <class Decoded>
auto find_decoded(AgentLedger& ledger, RecordKind kind, std::string_view name, Decoded (*decode)(ByteView)) {
  const auto record = ledger.find_to_write(kind, name);
  return record ? std::optional<Decoded>(decode(record->sheet.reveal())) : std::nullopt;
}

void store_order(AgentLedger& ledger, RecordKind kind, const ProviderOrder& order) {
  if (order.ids || order.last_good) {
    ledger.put(kind, order.provider.key(), encode(order), std::nullopt);
  } else {
    ledger.erase(kind, order.provider.key());
  }
}

// What a refresh brings is kept for the name that the login had when it was claimed.
std::optional<Custody> movable_custody(AgentLedger& ledger, const ProfileId& login, Timestamp now) {
  auto custody = find_decoded(ledger, RecordKind::custody, login.text(), decode_custody);
  if (!custody || !claim_stands(*custody, now)) return custody;
  throw Error(ErrorCode::busy, "the login is being refreshed, until " + to_rfc3339(custody->claim->until),
              "try again after that");
}

void move_custody(AgentLedger& ledger, Custody custody, const ProfileSheet& from, const ProfileSheet& to) {
  custody.profile = to.id;
  if (custody.secret == from.secret_revision) custody.secret = to.secret_revision;
  ledger.put(RecordKind::custody, to.id.text(), encode(custody), std::nullopt);
  ledger.erase(RecordKind::custody, from.id.text());
}

bool rename_within(ProviderOrder& order, const ProfileId& from, const ProfileId& to) {
  bool changed = false;
  if (order.ids) {
    for (auto& id : *order.ids) {
      if (id != from) continue;
      id = to;
      changed = true;
    }
  }
  if (order.last_good == from) {
    order.last_good = to;
    changed = true;
  }
  return changed;
}

}  // namespace

Writing::Writing(Session session) : Reading(std::move(session)) {
  // Nothing is sealed under a key that somebody may have put back.
  if (session_.keyring().holds_root()) session_.verify_vault();
}

void Writing::add_agent(const AgentName& name, Inheritance inheritance) {
  const auto kept = name.is_config() ? Inheritance::isolated : inheritance;
  const bool logs_reads = session_.ledger().settings().logs_reads;
  session_.take(session_.ledger().add_agent({name, kept, now(), logs_reads}));
}

void Writing::remove_agent(const AgentName& name) {
  if (name.is_shared()) throw Error(ErrorCode::usage, "the shared agent 'main' cannot be removed");
  if (name == default_agent()) {
    throw Error(ErrorCode::usage, "'" + name.text() + "' is the default agent", Remedy::change_the_default_agent);
  }
  open(name).ledger.verify();
  session_.forget(name);
  session_.ledger().erase_agent(name);
}

void Writing::set_default_agent(const AgentName& name) {
  require_ordinary(name);
  open(name);
  auto settings = session_.ledger().settings();
  settings.default_agent = name;
  session_.ledger().put_settings(settings);
  session_.ledger().notes().note(LogVerb::chosen, LogSubject::agent, name.text());
}

void Writing::log_reads(LogOfReads reads) {
  const bool on = reads == LogOfReads::on;
  auto& ledger = session_.ledger();
  auto settings = ledger.settings();
  settings.logs_reads = on;
  ledger.put_settings(settings);
  session_.for_each_agent([&](OpenedAgent& agent) {
    if (!on) session_.take_in_reads(agent);
    if (agent.agent.sheet.logs_reads == on) return;
    agent.agent.sheet.logs_reads = on;
    ledger.put_agent_sheet(agent.agent);
  });
  ledger.notes().note(on ? LogVerb::switched_on : LogVerb::switched_off, LogSubject::log_of_reads, {});
}

std::optional<ProfileSheet> Reading::own_profile(const AgentName& agent, const ProfileId& id) {
  return find_decoded(open(agent).ledger, RecordKind::profile, id.text(), decode_profile_sheet);
}

std::optional<VariableSheet> Writing::own_variable(const AgentName& agent, std::string_view name) {
  return find_decoded(own_ledger(agent), RecordKind::variable, name, decode_variable_sheet);
}

std::optional<ProviderOrder> Writing::own_order(const AgentName& agent, const ProviderId& provider) {
  return find_decoded(own_ledger(agent), RecordKind::order, provider.key(), decode_order);
}

std::optional<ProviderOrder> Writing::default_order(const ProviderId& provider) {
  return find_decoded(own_ledger(AgentName::shared()), RecordKind::default_order, provider.key(), decode_order);
}

std::optional<UsageStats> Writing::own_usage(const AgentName& agent, const ProfileId& id) {
  auto usage = find_decoded(own_ledger(agent), RecordKind::usage, id.text(), decode_usage);
  return usage ? std::optional(std::move(usage->stats)) : std::nullopt;
}

ProfileSheet Writing::kept_members(AgentLedger& ledger, ProfileSheet sheet, const Credential& credential) {
  const auto old = find_decoded(ledger, RecordKind::profile, sheet.id.text(), decode_profile_sheet);
  sheet.updated = now();
  sheet.created = old ? old->created : sheet.updated;
  sheet.position = old ? old->position : ledger.take_position();
  sheet.usable_fields = credential.usable();
  sheet.placeholder = credential.holds_only_placeholders(sheet.kind);
  return sheet;
}

void Writing::write_profile(AgentLedger& ledger, ProfileSheet& sheet, const Credential& credential) {
  const auto sealed = ledger.seal_secret(RecordKind::profile, sheet.id.text(), encode(credential));
  sheet.secret_revision = sealed.revision;
  ledger.put(RecordKind::profile, sheet.id.text(), encode(sheet), sealed.bytes);
}

ProfileSheet Writing::put_profile(const AgentName& agent, ProfileSheet sheet, const Credential& credential,
                                  const std::optional<Revision>& seen) {
  require_ordinary(agent);
  require_bounds(sheet);
  require_seen(agent, RecordKind::profile, sheet.id.text(), seen);
  auto& opened = open(agent);
  sheet = kept_members(opened.ledger, std::move(sheet), credential);
  const auto* const main = credential.find(main_field(sheet.kind));
  sheet.fingerprint = {};
  if (main != nullptr && opened.agent.keys.write) {
    sheet.fingerprint = fingerprint_of(opened.agent.keys.write->fingerprint, main->reveal());
  }
  write_profile(opened.ledger, sheet, credential);
  return sheet;
}

void Writing::edit_profile(const AgentName& agent, ProfileSheet sheet, const std::optional<Revision>& seen) {
  require_bounds(sheet);
  require_seen(agent, RecordKind::profile, sheet.id.text(), seen);
  auto& ledger = own_ledger(agent);
  const auto old = find_decoded(ledger, RecordKind::profile, sheet.id.text(), decode_profile_sheet);
  if (!old) fail_not_own(agent, ledger);
  sheet.secret_revision = old->secret_revision;
  sheet.fingerprint = old->fingerprint;
  sheet.position = old->position;
  sheet.created = old->created;
  sheet.updated = now();
  ledger.put(RecordKind::profile, sheet.id.text(), encode(sheet), AgentLedger::KeepSecret{});
}

void Writing::rename_profile(const AgentName& agent, const ProfileId& from, const ProfileId& to) {
  auto& opened = open(agent);
  const auto old = own_profile(agent, from);
  if (!old) fail_not_own(agent, opened.ledger);
  if (from == to) return;
  if (own_profile(agent, to)) {
    throw Error(ErrorCode::already_exists, "a profile of that id exists already",
                "choose another id, or remove it first");
  }
  ProfileSheet renamed = *old;
  renamed.id = to;
  renamed.updated = now();
  const auto custody = movable_custody(opened.ledger, from, now());
  const Credential credential = credential_of({*old, agent, false});
  write_profile(opened.ledger, renamed, credential);
  opened.ledger.erase(RecordKind::profile, from.text());
  if (custody) move_custody(opened.ledger, *custody, *old, renamed);
  opened.ledger.notes().renamed(LogSubject::profile, from.text(), to.text());
  rename_in(opened, from, to);
  if (!agent.is_shared() || !session_.keyring().holds_root()) return;
  for (const auto& heir : agents()) {
    const bool sees = !heir.name.is_shared() && heir.inheritance == Inheritance::linked;
    if (sees && !own_profile(heir.name, from)) rename_in(open(heir.name), from, to);
  }
}

void Writing::rename_in(OpenedAgent& agent, const ProfileId& from, const ProfileId& to) {
  const OwnContents contents = contents_of(agent);
  const auto rename_orders = [&](const std::vector<ProviderOrder>& orders, RecordKind kind) {
    for (auto order : orders) {
      if (rename_within(order, from, to)) store_order(agent.ledger, kind, order);
    }
  };
  rename_orders(contents.orders, RecordKind::order);
  rename_orders(contents.default_orders, RecordKind::default_order);
  for (const auto& usage : contents.usage) {
    if (usage.profile != from) continue;
    put_usage(agent.name(), {to, usage.stats});
    agent.ledger.erase(RecordKind::usage, from.text());
  }
  for (auto pin : contents.pins) {
    if (pin.profile != from) continue;
    pin.profile = to;
    put_pin(agent.name(), pin);
  }
}

// One scan: it compares the set that the erasing asks for, too.
std::vector<ProviderOrder> Writing::remove_profile(const AgentName& agent, const ProfileId& id) {
  auto& opened = open(agent);
  const auto own = sheets_of(opened, {RecordKind::order, RecordKind::pin});
  if (!opened.ledger.erase(RecordKind::profile, id.text())) fail_not_own(agent, opened.ledger);
  opened.ledger.erase(RecordKind::usage, id.text());
  opened.ledger.erase(RecordKind::custody, id.text());
  for (const auto& pin : own.pins) {
    if (pin.profile == id) opened.ledger.erase(RecordKind::pin, pin.session);
  }
  auto orders = orders_over_inherited(own.orders, opened);
  std::erase_if(orders, [&](const ProviderOrder& order) {
    return !order.ids || std::ranges::find(*order.ids, id) == order.ids->end();
  });
  return orders;
}

template <class Sheet>
void Writing::write_text(OpenedAgent& agent, RecordKind kind, std::string_view name, Sheet& sheet,
                         const SecretString& value) {
  if (const auto& keys = agent.agent.keys.write) sheet.fingerprint = fingerprint_of(keys->fingerprint, value.reveal());
  const auto sealed = agent.ledger.seal_secret(kind, name, encode_secret_text(value));
  sheet.secret_revision = sealed.revision;
  agent.ledger.put(kind, name, encode(sheet), sealed.bytes);
}

VariableSheet Writing::put_variable(const AgentName& agent, std::string_view name, const SecretString& value,
                                    const std::optional<Revision>& seen) {
  require_ordinary(agent);
  if (!is_variable_name(name)) {
    throw Error(ErrorCode::bad_input, "not a variable's name",
                "letters, digits, '_', '.' and '-', at most 256 of them");
  }
  require_seen(agent, RecordKind::variable, name, seen);
  auto& opened = open(agent);
  const auto old = own_variable(agent, name);
  VariableSheet sheet;
  sheet.name = name;
  sheet.blank = trimmed(value.reveal()).empty();
  sheet.placeholder = is_placeholder(value.reveal());
  sheet.updated = now();
  sheet.created = old ? old->created : sheet.updated;
  sheet.position = old ? old->position : opened.ledger.take_position();
  write_text(opened, RecordKind::variable, name, sheet, value);
  return sheet;
}

void Writing::remove_variable(const AgentName& agent, std::string_view name) {
  if (!own_ledger(agent).erase(RecordKind::variable, name)) {
    throw Error(ErrorCode::not_found, "agent '" + agent.text() + "' has no such variable");
  }
}

ConfigSecretSheet Writing::put_config_secret(std::string_view path, const SecretString& value,
                                             const std::optional<Revision>& seen) {
  if (!is_config_path(path)) {
    throw Error(ErrorCode::bad_input, "not a path in openclaw.json",
                "names of members with '.' between them, at most 1024 bytes: channels.telegram.botToken");
  }
  if (trimmed(value.reveal()).empty()) throw Error(ErrorCode::bad_input, "a secret of openclaw.json cannot be blank");
  require_seen(AgentName::config(), RecordKind::config_secret, path, seen);
  if (!covers(AgentName::config())) add_agent(AgentName::config(), Inheritance::isolated);
  auto& opened = open(AgentName::config());
  const auto old = own_config_secret(path);
  ConfigSecretSheet sheet;
  sheet.path = path;
  sheet.updated = now();
  sheet.created = old ? old->created : sheet.updated;
  sheet.position = old ? old->position : opened.ledger.take_position();
  write_text(opened, RecordKind::config_secret, path, sheet, value);
  return sheet;
}

std::optional<ConfigSecretSheet> Writing::own_config_secret(std::string_view path) {
  if (!covers(AgentName::config())) return std::nullopt;
  return find_decoded(own_ledger(AgentName::config()), RecordKind::config_secret, path, decode_config_secret_sheet);
}

void Writing::remove_config_secret(std::string_view path) {
  if (!covers(AgentName::config()) || !own_ledger(AgentName::config()).erase(RecordKind::config_secret, path)) {
    throw Error(ErrorCode::not_found, "the vault has no such secret of openclaw.json");
  }
}

void Writing::put_order(const AgentName& agent, const ProviderOrder& order) {
  require_ordinary(agent);
  store_order(own_ledger(agent), RecordKind::order, order);
}

void Writing::put_default_order(const ProviderOrder& order) {
  store_order(own_ledger(AgentName::shared()), RecordKind::default_order, order);
}

void Writing::put_usage(const AgentName& agent, const ProfileUsage& usage) {
  require_ordinary(agent);
  own_ledger(agent).put(RecordKind::usage, usage.profile.text(), encode(usage), std::nullopt);
}

void Writing::put_pin(const AgentName& agent, const SessionPin& pin) {
  require_ordinary(agent);
  require_bounds(pin);
  own_ledger(agent).put(RecordKind::pin, pin.session, encode(pin), std::nullopt);
}

bool Writing::remove_pin(const AgentName& agent, std::string_view session) {
  return own_ledger(agent).erase(RecordKind::pin, session);
}

void Writing::put_foreign(const AgentName& agent, std::string_view document, const SecretString& json) {
  auto& ledger = own_ledger(agent);
  const auto sealed = ledger.seal_secret(RecordKind::foreign, document, encode_secret_text(json));
  ledger.put(RecordKind::foreign, document, encode(ForeignSheet{std::string(document), sealed.revision}), sealed.bytes);
}

}  // namespace vault
