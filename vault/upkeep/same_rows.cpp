// SPDX-License-Identifier: Apache-2.0
#include "vault/upkeep/same_rows.h"

#include "vault/crypto/keyed_hash.h"

namespace vault {
namespace {

using Hash = std::array<std::uint8_t, 32>;

// Each row goes into the sum with all that came before it: neither a row nor its place can differ.
class Sum {
 public:
  void add(std::initializer_list<ByteView> parts) {
    Hash row, next;
    plain_hash_into(parts, row);
    plain_hash_into({hash_, row}, next);
    hash_ = next;
  }
  const Hash& value() const noexcept { return hash_; }

 private:
  Hash hash_{};
};

ByteView bytes_of(const LogOwner& owner) { return owner ? ByteView(owner->bytes) : ByteView(); }

Hash sum_of_records(Transaction& transaction, const AgentId& agent) {
  Sum sum;
  transaction.scan_records(agent, [&](const RecordRow& row) {
    const std::array<std::uint8_t, 2> what{static_cast<std::uint8_t>(row.key.kind), row.sealed_secret.has_value()};
    sum.add({what, row.key.lookup.bytes, row.sealed_sheet, row.sealed_secret ? *row.sealed_secret : Bytes()});
  });
  return sum.value();
}

Hash sum_of_log(Transaction& transaction) {
  Sum sum;
  transaction.scan_log([&](const LogRow& row) {
    const std::array<std::uint8_t, 1> owned{row.agent.has_value()};
    sum.add({owned, bytes_of(row.agent), row.sealed});
  });
  return sum.value();
}

bool same_vault(VaultRow one, const VaultRow& other) {
  one.rewrite_due = other.rewrite_due;
  return one == other;
}

}  // namespace

bool same_rows(Transaction& one, Transaction& other) {
  const auto agents = one.agents();
  if (!same_vault(one.vault_row(), other.vault_row()) || agents != other.agents()) return false;
  if (one.key_slots() != other.key_slots() || sum_of_log(one) != sum_of_log(other)) return false;
  for (const auto& agent : agents) {
    if (sum_of_records(one, agent.id) != sum_of_records(other, agent.id)) return false;
  }
  return true;
}

}  // namespace vault
