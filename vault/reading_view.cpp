// SPDX-License-Identifier: Apache-2.0
// What an agent sees: its own records over those that it inherits, and what is known of those that do not open.
#include <algorithm>
#include <set>

#include "vault/reading.h"
#include "vault/seal/hierarchy.h"

namespace vault {
namespace {

const std::string& name_of(const ProfileSheet& sheet) { return sheet.id.text(); }
const std::string& name_of(const VariableSheet& sheet) { return sheet.name; }

template <class Seen, class Sheet>
void add_own(std::vector<Seen>& seen, std::vector<Sheet> sheets, const AgentName& owner) {
  for (auto& sheet : sheets) seen.push_back({std::move(sheet), owner, false});
}

// An own record hides the inherited one of its name, also one that does not open.
template <class Seen, class Sheet>
void add_inherited(std::vector<Seen>& seen, std::vector<Sheet> sheets, const OpenedAgent& shared,
                   const OpenedAgent& own, RecordKind kind) {
  std::set<std::string> taken;
  for (const auto& one : seen) taken.insert(name_of(one.sheet));
  const bool in_doubt = !own.ledger.damaged().empty();
  for (auto& sheet : sheets) {
    if (taken.contains(name_of(sheet)) || (in_doubt && own.ledger.is_damaged(kind, name_of(sheet)))) continue;
    seen.push_back({std::move(sheet), shared.name(), true, in_doubt});
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

// Names that speak of each other: what a row may be called whose sheet does not open.
struct Candidates {
  std::set<std::string> profiles, providers, variables, config_paths;

  void add(const OwnContents& contents) {
    for (const auto& sheet : contents.profiles) {
      profiles.insert(sheet.id.text());
      providers.insert(sheet.provider.key());
    }
    for (const auto* list : {&contents.orders, &contents.default_orders}) {
      for (const auto& order : *list) add(order);
    }
    for (const auto& usage : contents.usage) profiles.insert(usage.profile.text());
    for (const auto& pin : contents.pins) profiles.insert(pin.profile.text());
    for (const auto& sheet : contents.variables) variables.insert(sheet.name);
    for (const auto& sheet : contents.config_secrets) config_paths.insert(sheet.path);
  }

  void add(const ProviderOrder& order) {
    providers.insert(order.provider.key());
    profiles.insert(order.provider.key() + ":default");
    if (order.last_good) profiles.insert(order.last_good->text());
    if (!order.ids) return;
    for (const auto& id : *order.ids) profiles.insert(id.text());
  }

  const std::set<std::string>* of(RecordKind kind) const {
    switch (kind) {
      case RecordKind::profile:
      case RecordKind::custody:
      case RecordKind::usage: return &profiles;
      case RecordKind::order:
      case RecordKind::default_order: return &providers;
      case RecordKind::variable: return &variables;
      case RecordKind::config_secret: return &config_paths;
      default: return nullptr;
    }
  }
};

// A row's look-up key is made from its name: a name that gives the same key is the row's.
std::optional<std::string> name_by_lookup(const DamagedRow& row, const IndexKey& index, const Candidates& candidates) {
  const auto* const names = candidates.of(row.key.kind);
  if (names == nullptr) return std::nullopt;
  for (const auto& name : *names) {
    if (record_lookup(index, row.key.kind, name) == row.key.lookup) return name;
  }
  return std::nullopt;
}

}  // namespace

void Reading::note_damaged(const OpenedAgent& agent, const OwnContents& own, const OwnContents* inherited) {
  if (agent.ledger.damaged().empty()) return;
  Candidates candidates;
  candidates.add(own);
  if (inherited != nullptr) candidates.add(*inherited);
  for (const auto& row : agent.ledger.damaged()) {
    DamagedRecord record{agent.name(), row.key.kind, row.name, row_name(row.key)};
    const auto same = [&](const DamagedRecord& noted) {
      return noted.agent == record.agent && noted.kind == record.kind && noted.row == record.row;
    };
    if (!record.name) record.name = name_by_lookup(row, agent.agent.keys.read.index, candidates);
    const auto noted = std::ranges::find_if(damaged_, same);
    if (noted == damaged_.end()) {
      if (session_.options().on_damage && !session_.writes()) session_.options().on_damage(record);
      damaged_.push_back(std::move(record));
    } else if (!noted->name) {
      noted->name = std::move(record.name);
    }
  }
}

// Listed once a reading: a writing may change it.
OwnContents Reading::shared_contents(OpenedAgent& shared) {
  if (session_.writes()) return contents_of(shared);
  if (!shared_) shared_ = contents_of(shared);
  return *shared_;
}

std::vector<ProviderOrder> Reading::orders_over_inherited(std::vector<ProviderOrder> own, OpenedAgent& agent) {
  if (auto* const shared = inherited_by(agent)) {
    add_unhidden_orders(own, sheets_of(*shared, {RecordKind::order}).orders);
  }
  return own;
}

Listing Reading::listing(const AgentName& name) {
  auto& own = open(name);
  auto* const shared = inherited_by(own);
  Listing listing(own.agent.sheet);
  const auto scan = [](OpenedAgent& agent, Listing::Part& part) {
    constexpr RecordKind kListed[] = {RecordKind::profile, RecordKind::variable};
    agent.ledger.scan_sheets(kListed, [&](OpenRecord&& record) { part.add(record.kind, record.sheet.reveal()); });
    return agent.ledger.damaged().empty();
  };
  const bool whole = scan(own, listing.own_) && (shared == nullptr || scan(*shared, listing.inherited_));
  // What is known of damaged records takes all that is known of the others.
  if (!whole) return Listing(view(name));
  listing.own_.sort();
  listing.inherited_.sort();
  listing.settle();
  return listing;
}

AgentView Reading::view(const AgentName& name) {
  auto& own = open(name);
  auto* const shared = inherited_by(own);
  AgentView view{.agent = own.agent.sheet,
                 .profiles = {},
                 .variables = {},
                 .orders = {},
                 .default_orders = {},
                 .usage = {},
                 .pins = {},
                 .damaged = {}};
  OwnContents contents = name.is_shared() ? shared_contents(own) : contents_of(own);
  OwnContents inherited = shared != nullptr ? shared_contents(*shared) : OwnContents{};
  note_damaged(own, contents, &inherited);
  if (shared != nullptr) note_damaged(*shared, inherited, nullptr);
  for (const auto& record : damaged_) {
    if (record.agent == name || (shared != nullptr && record.agent == shared->name())) view.damaged.push_back(record);
  }
  add_own(view.profiles, std::move(contents.profiles), name);
  add_own(view.variables, std::move(contents.variables), name);
  view.orders = std::move(contents.orders);
  view.default_orders = std::move(contents.default_orders);
  view.pins = std::move(contents.pins);
  for (auto& usage : contents.usage) view.usage.try_emplace(std::move(usage.profile), std::move(usage.stats));
  if (shared == nullptr) return view;
  add_inherited(view.profiles, std::move(inherited.profiles), *shared, own, RecordKind::profile);
  add_inherited(view.variables, std::move(inherited.variables), *shared, own, RecordKind::variable);
  add_unhidden_orders(view.orders, std::move(inherited.orders));
  add_unhidden_orders(view.default_orders, std::move(inherited.default_orders));
  for (auto& usage : inherited.usage) view.usage.try_emplace(std::move(usage.profile), std::move(usage.stats));
  return view;
}

}  // namespace vault
