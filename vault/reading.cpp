// SPDX-License-Identifier: Apache-2.0
#include "vault/reading.h"

#include <algorithm>
#include <set>

#include "vault/base/error.h"
#include "vault/seal/codec.h"

namespace vault {

Reading::Reading(std::unique_ptr<Transaction> transaction, const Keyring& keyring, const VaultOptions& options)
    : Reading(std::move(transaction), keyring, options, WhenRolledBack::warn) {}

Reading::Reading(std::unique_ptr<Transaction> transaction, const Keyring& keyring, const VaultOptions& options,
                 WhenRolledBack when_rolled_back)
    : transaction_(std::move(transaction)),
      keyring_(&keyring),
      options_(&options),
      ledger_(*transaction_, keyring),
      when_rolled_back_(when_rolled_back) {}

Reading::Reading(Reading&&) noexcept = default;
Reading::~Reading() = default;

std::vector<AgentSheet> Reading::agents() {
  std::vector<AgentSheet> sheets;
  for (auto& listed : ledger_.agents()) sheets.push_back(std::move(listed.sheet));
  return sheets;
}

AgentName Reading::default_agent() {
  return keyring_->holds_root() ? ledger_.settings().default_agent : keyring_->token().name;
}

bool Reading::covers(const AgentName& name) { return try_open(name) != nullptr; }

Reading::Opened* Reading::try_open(const AgentName& name) {
  for (const auto& opened : opened_) {
    if (opened->agent.sheet.name == name) return opened.get();
  }
  auto listed = ledger_.find_agent(name);
  if (!listed) return nullptr;
  auto opened = std::make_unique<Opened>(*transaction_, std::move(*listed));
  check_mark(*opened);
  opened_.push_back(std::move(opened));
  return opened_.back().get();
}

Reading::Opened& Reading::open(const AgentName& name) {
  auto* const opened = try_open(name);
  if (opened == nullptr) {
    throw Error(ErrorCode::not_found, "no agent '" + name.text() + "' within reach of the key at hand", "claviger agent list");
  }
  return *opened;
}

Reading::Opened* Reading::inherited_by(Opened& agent) {
  if (agent.agent.sheet.name.is_shared() || agent.agent.sheet.inheritance == Inheritance::isolated) return nullptr;
  return try_open(AgentName::shared());
}

void Reading::check_mark(Opened& opened) {
  const auto& agent = opened.agent.agent;
  if (!options_->marks || !agent.keys.write) return;
  const auto& state = opened.ledger.state();
  const auto mark = options_->marks->find(ledger_.id(), agent.id);
  if (compare(mark, {state.generation, state.digest}) == Freshness::rolled_back) {
    on_rolled_back("the records of agent '" + agent.name.text() + "' are older than those last written on this host");
  }
}

void Reading::on_rolled_back(const std::string& what) {
  if (when_rolled_back_ == WhenRolledBack::warn) {
    warnings_.push_back(what);
    return;
  }
  throw Error(ErrorCode::rolled_back, what + "; writing to an old copy would lose what came after it",
              "put the newest file back, or accept this one with: claviger restore FILE");
}

OwnContents Reading::own_contents(const AgentName& agent) { return contents_of(open(agent)); }

OwnContents Reading::contents_of(Opened& agent) {
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
      case RecordKind::foreign: break;
    }
  });
  std::ranges::sort(contents.profiles, {}, &ProfileSheet::position);
  std::ranges::sort(contents.variables, {}, &VariableSheet::position);
  std::ranges::sort(contents.orders, {}, &ProviderOrder::provider);
  std::ranges::sort(contents.default_orders, {}, &ProviderOrder::provider);
  return contents;
}

namespace {

template <class Seen, class Sheet, class Name>
void add_unhidden(std::vector<Seen>& seen, std::vector<Sheet> sheets, const AgentName& owner, bool inherited, Name name) {
  std::set<std::string> taken;
  for (const auto& one : seen) taken.insert(name(one.sheet));
  for (auto& sheet : sheets) {
    if (!taken.contains(name(sheet))) seen.push_back({std::move(sheet), owner, inherited});
  }
}

void add_unhidden_orders(std::vector<ProviderOrder>& orders, std::vector<ProviderOrder> inherited) {
  for (auto& order : inherited) {
    const auto own = std::ranges::find(orders, order.provider, &ProviderOrder::provider);
    if (own == orders.end()) {
      orders.push_back(std::move(order));
    } else if (!own->ids) {
      own->ids = std::move(order.ids);  // a record of what worked last is no order: it hides none
    }
  }
}

std::string profile_name(const ProfileSheet& sheet) { return sheet.id.text(); }
std::string variable_name(const VariableSheet& sheet) { return sheet.name; }

}  // namespace

AgentView Reading::view(const AgentName& name) {
  auto& own = open(name);
  AgentView view{.agent = own.agent.sheet, .profiles = {}, .variables = {}, .orders = {}, .default_orders = {}, .usage = {}, .pins = {}};
  const auto add = [&](OwnContents contents, const AgentName& owner, bool inherited) {
    add_unhidden(view.profiles, std::move(contents.profiles), owner, inherited, profile_name);
    add_unhidden(view.variables, std::move(contents.variables), owner, inherited, variable_name);
    add_unhidden_orders(view.orders, std::move(contents.orders));
    add_unhidden_orders(view.default_orders, std::move(contents.default_orders));
    for (auto& usage : contents.usage) view.usage.try_emplace(std::move(usage.profile), std::move(usage.stats));
    if (!inherited) view.pins = std::move(contents.pins);
  };
  add(contents_of(own), name, false);
  if (auto* const shared = inherited_by(own)) add(contents_of(*shared), shared->agent.sheet.name, true);
  return view;
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
  return SeenProfile{decode_profile_sheet(record->sheet.reveal()), shared->agent.sheet.name, true};
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
  return SeenVariable{decode_variable_sheet(record->sheet.reveal()), shared->agent.sheet.name, true};
}

Credential Reading::credential_of(const SeenProfile& profile) {
  auto& owner = open(profile.owner);
  const auto record = owner.ledger.find(RecordKind::profile, profile.sheet.id.text());
  if (!record) throw Error(ErrorCode::not_found, "the profile is gone");
  return decode_credential(owner.ledger.open_secret(*record, profile.sheet.secret_revision).reveal());
}

SecretString Reading::value_of(const SeenVariable& variable) {
  auto& owner = open(variable.owner);
  const auto record = owner.ledger.find(RecordKind::variable, variable.sheet.name);
  if (!record) throw Error(ErrorCode::not_found, "the variable is gone");
  return decode_secret_text(owner.ledger.open_secret(*record, variable.sheet.secret_revision).reveal());
}

void Reading::for_each_own_profile(const AgentName& agent,
                                   const std::function<void(const ProfileSheet&, const Credential&)>& visit) {
  auto& own = open(agent);
  std::vector<std::pair<ProfileSheet, OpenRecord>> found;
  own.ledger.scan([&](OpenRecord&& record) {
    if (record.kind != RecordKind::profile) return;
    auto sheet = decode_profile_sheet(record.sheet.reveal());
    found.emplace_back(std::move(sheet), std::move(record));
  });
  std::ranges::sort(found, {}, [](const auto& pair) { return pair.first.position; });
  for (const auto& [sheet, record] : found) {
    visit(sheet, decode_credential(own.ledger.open_secret(record, sheet.secret_revision).reveal()));
  }
}

SecretString Reading::foreign_of(const AgentName& agent, std::string_view document) {
  auto& own = open(agent);
  const auto record = own.ledger.find(RecordKind::foreign, document);
  if (!record) return {};
  const auto revision = decode_foreign_sheet(record->sheet.reveal()).secret_revision;
  return decode_secret_text(own.ledger.open_secret(*record, revision).reveal());
}

}  // namespace vault
