// SPDX-License-Identifier: Apache-2.0
#include "vault/listing.h"

#include <algorithm>

#include "vault/seal/codec.h"

namespace vault {

void Listing::Part::add(RecordKind kind, ByteView sheet) {
  if (kind == RecordKind::variable) {
    variables.push_back(decode_variable_sheet(sheet));
  } else {
    profiles.emplace_back(position_of_profile(sheet), sheets.append(sheet));
  }
}

void Listing::Part::sort() {
  std::ranges::sort(profiles);
  std::ranges::sort(variables, {}, &VariableSheet::position);
}

void Listing::settle() {
  std::unordered_set<std::string> taken;
  for (auto& sheet : own_.variables) {
    if (!inherited_.variables.empty()) taken.insert(sheet.name);
    variables_.push_back({std::move(sheet), agent_.name, false});
  }
  for (auto& sheet : inherited_.variables) {
    if (!taken.contains(sheet.name)) variables_.push_back({std::move(sheet), AgentName::shared(), true});
  }
  if (inherited_.profiles.empty()) return;
  for (const auto& [position, place] : own_.profiles) {
    own_ids_.insert(decode_profile_sheet(own_.sheets.at(place)).id.text());
  }
}

void Listing::for_each_profile(const std::function<void(const SeenProfile&)>& visit) const {
  if (view_) {
    for (const auto& seen : view_->profiles) visit(seen);
    return;
  }
  for (const auto& [position, place] : own_.profiles) {
    visit({decode_profile_sheet(own_.sheets.at(place)), agent_.name, false});
  }
  const auto shared = AgentName::shared();
  for (const auto& [position, place] : inherited_.profiles) {
    auto sheet = decode_profile_sheet(inherited_.sheets.at(place));
    if (!own_ids_.contains(sheet.id.text())) visit({std::move(sheet), shared, true});
  }
}

std::size_t Listing::size() const noexcept {
  if (view_) return view_->profiles.size() + view_->variables.size();
  return own_.profiles.size() + inherited_.profiles.size() + variables_.size();
}

}  // namespace vault
