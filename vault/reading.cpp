// SPDX-License-Identifier: Apache-2.0
#include "vault/reading.h"

#include <algorithm>
#include <span>

#include "vault/base/error.h"
#include "vault/profile_queue.h"
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

namespace {

void add_to(OwnContents& contents, RecordKind kind, ByteView sheet) {
  switch (kind) {
    case RecordKind::profile: contents.profiles.push_back(decode_profile_sheet(sheet)); break;
    case RecordKind::variable: contents.variables.push_back(decode_variable_sheet(sheet)); break;
    case RecordKind::order: contents.orders.push_back(decode_order(sheet)); break;
    case RecordKind::default_order: contents.default_orders.push_back(decode_order(sheet)); break;
    case RecordKind::usage: contents.usage.push_back(decode_usage(sheet)); break;
    case RecordKind::pin: contents.pins.push_back(decode_pin(sheet)); break;
    case RecordKind::config_secret: contents.config_secrets.push_back(decode_config_secret_sheet(sheet)); break;
    case RecordKind::foreign:
    case RecordKind::custody: break;
  }
}

// Sheets are long, and there may be a million: each is moved once, to where it belongs.
template <class Sheet>
void sort_by_position(std::vector<Sheet>& sheets) {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  order.reserve(sheets.size());
  for (std::size_t i = 0; i < sheets.size(); ++i) order.emplace_back(sheets[i].position, i);
  std::ranges::sort(order);
  for (std::size_t start = 0; start < order.size(); ++start) {
    if (order[start].second == start) continue;
    Sheet passing = std::move(sheets[start]);
    std::size_t to = start;
    for (auto from = order[to].second; from != start; from = order[to].second) {
      sheets[to] = std::move(sheets[from]);
      order[to].second = to;
      to = from;
    }
    sheets[to] = std::move(passing);
    order[to].second = to;
  }
}

void sort(OwnContents& contents) {
  sort_by_position(contents.profiles);
  sort_by_position(contents.variables);
  sort_by_position(contents.config_secrets);
  std::ranges::sort(contents.orders, {}, &ProviderOrder::provider);
  std::ranges::sort(contents.default_orders, {}, &ProviderOrder::provider);
}

}  // namespace

OwnContents Reading::contents_of(OpenedAgent& agent) {
  OwnContents contents;
  agent.ledger.scan([&](OpenRecord&& record) { add_to(contents, record.kind, record.sheet.reveal()); });
  sort(contents);
  return contents;
}

OwnContents Reading::sheets_of(OpenedAgent& agent, std::initializer_list<RecordKind> kinds) {
  OwnContents contents;
  agent.ledger.scan_sheets(std::span(kinds.begin(), kinds.size()),
                           [&](OpenRecord&& record) { add_to(contents, record.kind, record.sheet.reveal()); });
  sort(contents);
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

OwnContents Reading::for_each_own_profile(const AgentName& agent,
                                          const std::function<void(const ProfileSheet&, const Credential&)>& visit,
                                          DamagedRecords damaged) {
  auto& own = open(agent);
  ProfileQueue queue(own.ledger);
  OwnContents others;
  own.ledger.scan([&](OpenRecord&& record) {
    if (record.kind != RecordKind::profile) return add_to(others, record.kind, record.sheet.reveal());
    queue.add(std::move(record));
  });
  sort(others);
  if (damaged == DamagedRecords::refuse) own.ledger.require_undamaged();
  if (!own.ledger.damaged().empty()) {
    OwnContents all = others;  // their names may be those of what does not open
    queue.for_each([&](const ProfileSheet& sheet, const OpenRecord&) { all.profiles.push_back(sheet); });
    note_damaged(own, all, nullptr);
  }
  queue.for_each([&](const ProfileSheet& sheet, const OpenRecord& record) {
    if (own.ledger.is_damaged(record.kind, record.lookup)) return;
    session_.note_read(own, LogSubject::profile, sheet.id.text());
    visit(sheet, decode_credential(own.ledger.open_secret(record, sheet.secret_revision).reveal()));
  });
  return others;
}

void Reading::for_each_own_secret(const AgentName& agent, const OwnSecretVisit& visit) {
  auto& ledger = open(agent).ledger;
  ledger.scan([&](OpenRecord&& record) {
    const auto text_behind = [&ledger, &record](const auto& sheet) {
      return [&ledger, &record, revision = sheet.secret_revision] {
        return decode_secret_text(ledger.open_secret(record, revision).reveal());
      };
    };
    const auto bytes = record.sheet.reveal();
    if (record.kind == RecordKind::profile) {
      const auto sheet = decode_profile_sheet(bytes);
      visit.profile(sheet,
                    [&] { return decode_credential(ledger.open_secret(record, sheet.secret_revision).reveal()); });
    } else if (record.kind == RecordKind::variable) {
      const auto sheet = decode_variable_sheet(bytes);
      visit.variable(sheet, text_behind(sheet));
    } else if (record.kind == RecordKind::config_secret) {
      const auto sheet = decode_config_secret_sheet(bytes);
      visit.config_secret(sheet, text_behind(sheet));
    }
  });
}

std::uint64_t Reading::count_of_own_records(const AgentName& agent) { return open(agent).ledger.state().record_count; }

SecretString Reading::foreign_of(const AgentName& agent, std::string_view document) {
  auto& own = open(agent);
  const auto record = own.ledger.find(RecordKind::foreign, document);
  if (!record) return {};
  const auto revision = decode_foreign_sheet(record->sheet.reveal()).secret_revision;
  session_.note_read(own, LogSubject::foreign, document);
  return decode_secret_text(own.ledger.open_secret(*record, revision).reveal());
}

}  // namespace vault
