// SPDX-License-Identifier: Apache-2.0
#include "vault/damaged_record.h"

#include <algorithm>

namespace vault {

std::string_view name_of(RecordKind kind) noexcept {
  switch (kind) {
    case RecordKind::profile: return "profile";
    case RecordKind::order: return "order";
    case RecordKind::usage: return "usage";
    case RecordKind::variable: return "variable";
    case RecordKind::pin: return "pin";
    case RecordKind::foreign: return "document";
    case RecordKind::default_order: return "default_order";
    case RecordKind::config_secret: return "config_secret";
    case RecordKind::custody: return "custody";
  }
  return "record";
}

std::string describe(const DamagedRecord& record) {
  std::string kind(name_of(record.kind));
  std::ranges::replace(kind, '_', ' ');
  const std::string which = record.name ? "'" + *record.name + "'" : "in row " + record.row;
  return kind + " " + which + " of agent '" + record.agent.text() + "'";
}

}  // namespace vault
