// SPDX-License-Identifier: Apache-2.0
#include "vault/reading.h"

#include <algorithm>

#include "vault/base/error.h"
#include "vault/seal/codec.h"

namespace vault {

Reading::Reading(Session session) : session_(std::move(session)) {}
Reading::Reading(Reading&&) noexcept = default;
Reading::~Reading() { session_.set_reads_aside(); }

std::vector<AgentSheet> Reading::agents() {
  std::vector<AgentSheet> sheets;
  for (auto& listed : session_.agents()) sheets.push_back(std::move(listed.sheet));
  return sheets;
}

AgentName Reading::default_agent() { return session_.default_agent(); }

bool Reading::covers(const AgentName& name) { return session_.find(name) != nullptr; }

OpenedAgent* Reading::inherited_by(OpenedAgent& agent) {
  if (agent.name().is_shared() || agent.agent.sheet.inheritance == Inheritance::isolated) return nullptr;
  return session_.find(AgentName::shared());
}

OwnContents Reading::own_contents(const AgentName& name) {
  auto& agent = open(name);
  auto contents = contents_of(agent);
  note_damaged(agent, contents, nullptr);
  return contents;
}

OwnContents Reading::contents_of(OpenedAgent& agent) {
  OwnContents contents;
  agent.ledger.scan([&](OpenRecord&& record) {
    const auto sheet = record.sheet.reveal();
    switch (record.kind) {
      case RecordKind::profile: contents.profiles.push_back(decode_profile_sheet(sheet)); break;
      case RecordKind::variable: contents.variables.push_back(decode_variable_sheet(sheet)); break;
      case RecordKind::order: contents.orders.push_back(decode_order(sheet)); break;
      case RecordKind::default_order: contents.default_orders.push_back(decode_order(sheet)); break;
      case RecordKind::usage: contents.usage.push_back(decode_usage(sheet)); break;
      case RecordKind::pin: contents.pins.push_back(decode_pin(sheet)); break;
      case RecordKind::config_secret: contents.config_secrets.push_back(decode_config_secret_sheet(sheet)); break;
      case RecordKind::foreign: break;
    }
  });
  std::ranges::sort(contents.profiles, {}, &ProfileSheet::position);
  std::ranges::sort(contents.variables, {}, &VariableSheet::position);
  std::ranges::sort(contents.config_secrets, {}, &ConfigSecretSheet::position);
  std::ranges::sort(contents.orders, {}, &ProviderOrder::provider);
  std::ranges::sort(contents.default_orders, {}, &ProviderOrder::provider);
  return contents;
}

std::optional<SeenProfile> Reading::find_profile(const AgentName& agent, const ProfileId& id) {
  auto& own = open(agent);
  if (const auto record = own.ledger.find(RecordKind::profile, id.text())) {
    return SeenProfile{decode_profile_sheet(record->sheet.reveal()), agent, false};
  }
  auto* const shared = inherited_by(own);
  if (shared == nullptr) return std::nullopt;
  const auto record = shared->ledger.find(RecordKind::profile, id.text());
  if (!record) return std::nullopt;
  return SeenProfile{decode_profile_sheet(record->sheet.reveal()), shared->name(), true};
}

std::optional<SeenVariable> Reading::find_variable(const AgentName& agent, std::string_view name) {
  auto& own = open(agent);
  if (const auto record = own.ledger.find(RecordKind::variable, name)) {
    return SeenVariable{decode_variable_sheet(record->sheet.reveal()), agent, false};
  }
  auto* const shared = inherited_by(own);
  if (shared == nullptr) return std::nullopt;
  const auto record = shared->ledger.find(RecordKind::variable, name);
  if (!record) return std::nullopt;
  return SeenVariable{decode_variable_sheet(record->sheet.reveal()), shared->name(), true};
}

namespace {

// Another record of the viewer's own may stand in its place.
void require_certain(bool in_doubt) {
  if (!in_doubt) return;
  throw Error(ErrorCode::damaged_record,
              "the agent has damaged records, and what it would inherit here may be hidden by one of them");
}

}  // namespace

Credential Reading::credential_of(const SeenProfile& profile) {
  require_certain(profile.in_doubt);
  auto& owner = open(profile.owner);
  const auto record = owner.ledger.find(RecordKind::profile, profile.sheet.id.text());
  if (!record) throw Error(ErrorCode::not_found, "the profile is gone");
  session_.note_read(owner, LogSubject::profile, profile.sheet.id.text());
  return decode_credential(owner.ledger.open_secret(*record, profile.sheet.secret_revision).reveal());
}

SecretString Reading::value_of(const SeenVariable& variable) {
  require_certain(variable.in_doubt);
  auto& owner = open(variable.owner);
  const auto record = owner.ledger.find(RecordKind::variable, variable.sheet.name);
  if (!record) throw Error(ErrorCode::not_found, "the variable is gone");
  session_.note_read(owner, LogSubject::variable, variable.sheet.name);
  return decode_secret_text(owner.ledger.open_secret(*record, variable.sheet.secret_revision).reveal());
}

std::optional<ConfigSecretSheet> Reading::find_config_secret(std::string_view path) {
  auto* const config = session_.find(AgentName::config());
  if (config == nullptr) return std::nullopt;
  const auto record = config->ledger.find(RecordKind::config_secret, path);
  return record ? std::optional(decode_config_secret_sheet(record->sheet.reveal())) : std::nullopt;
}

SecretString Reading::value_of(const ConfigSecretSheet& secret) {
  auto& config = open(AgentName::config());
  const auto record = config.ledger.find(RecordKind::config_secret, secret.path);
  if (!record) throw Error(ErrorCode::not_found, "the config secret is gone");
  session_.note_read(config, LogSubject::config_secret, secret.path);
  return decode_secret_text(config.ledger.open_secret(*record, secret.secret_revision).reveal());
}

void Reading::for_each_own_profile(const AgentName& agent,
                                   const std::function<void(const ProfileSheet&, const Credential&)>& visit,
                                   DamagedRecords damaged) {
  auto& own = open(agent);
  std::vector<std::pair<ProfileSheet, OpenRecord>> found;
  own.ledger.scan([&](OpenRecord&& record) {
    if (record.kind != RecordKind::profile) return;
    auto sheet = decode_profile_sheet(record.sheet.reveal());
    found.emplace_back(std::move(sheet), std::move(record));
  });
  if (damaged == DamagedRecords::refuse) own.ledger.require_undamaged();
  note_damaged(own, {}, nullptr);
  std::ranges::sort(found, {}, [](const auto& pair) { return pair.first.position; });
  for (const auto& [sheet, record] : found) {
    if (own.ledger.is_damaged(record.kind, record.lookup)) continue;
    session_.note_read(own, LogSubject::profile, sheet.id.text());
    visit(sheet, decode_credential(own.ledger.open_secret(record, sheet.secret_revision).reveal()));
  }
}

SecretString Reading::foreign_of(const AgentName& agent, std::string_view document) {
  auto& own = open(agent);
  const auto record = own.ledger.find(RecordKind::foreign, document);
  if (!record) return {};
  const auto revision = decode_foreign_sheet(record->sheet.reveal()).secret_revision;
  session_.note_read(own, LogSubject::foreign, document);
  return decode_secret_text(own.ledger.open_secret(*record, revision).reveal());
}

}  // namespace vault
