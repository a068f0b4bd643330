// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/copy_rows.h"

#include <set>

#include "vault/base/error.h"

namespace vault {
namespace {

void put_rows(Transaction& source, Transaction& target) {
  target.put_vault_row(source.vault_row());
  const auto agents = source.agents();
  for (const auto& agent : agents) target.put_agent(agent);
  for (const auto& slot : source.key_slots()) target.put_key_slot(slot);
  for (const auto& agent : agents) {
    source.scan_records(agent.id, [&](const RecordRow& row) { target.put_record(row); });
  }
  source.scan_log([&](const LogRow& row) { target.append_log(row.agent, row.sealed); });
}

}  // namespace

bool holds_a_vault(Transaction& transaction) {
  try {
    transaction.vault_row();
    return true;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_a_vault) throw;
    return false;
  }
}

void copy_rows(Transaction& source, Transaction& target) {
  if (holds_a_vault(target)) throw Error(ErrorCode::already_exists, "there is a vault in that place already");
  put_rows(source, target);
}

void erase_rows(Transaction& transaction) {
  for (const auto& agent : transaction.agents()) transaction.erase_agent(agent.id);
  for (const auto& slot : transaction.key_slots()) transaction.erase_key_slot(slot.id);
  std::set<LogOwner> owners;
  transaction.scan_log([&](const LogRow& row) { owners.insert(row.agent); });
  for (const auto& owner : owners) transaction.erase_log(owner, INT64_MAX);
}

void replace_rows(Transaction& source, Transaction& target) {
  erase_rows(target);
  put_rows(source, target);
}

}  // namespace vault
