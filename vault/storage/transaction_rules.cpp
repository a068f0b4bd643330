// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/transaction_rules.h"

#include <initializer_list>

#include "vault/base/error.h"

namespace vault {
namespace {

void require_short(std::initializer_list<const Bytes*> fields) {
  for (const Bytes* field : fields) {
    if (field->size() > kLongestField) {
      throw Error(ErrorCode::parameters_out_of_bounds, "field too long to store: at most 2 MiB when sealed");
    }
  }
}

}  // namespace

void require_lengths(const VaultRow& row) { require_short({&row.sealed_settings, &row.sealed_state}); }

void require_lengths(const KeySlot& row) {
  require_short({&row.parameters, &row.wrapped, &row.sealed_for_root});
  if (row.commitment.size() != kCommitmentSize) {
    throw Error(ErrorCode::parameters_out_of_bounds, "a key slot's commitment is 32 bytes long");
  }
}

void require_lengths(const AgentRow& row) { require_short({&row.sealed_key, &row.sealed_sheet, &row.sealed_state}); }

void require_lengths(const RecordRow& row) {
  require_short({&row.sealed_sheet});
  if (row.sealed_secret) require_short({&*row.sealed_secret});
}

void require_log_length(const Bytes& sealed) { require_short({&sealed}); }

void TransactionRules::require_open() const {
  if (!open_) throw Error(ErrorCode::internal, "transaction used after its end");
}

void TransactionRules::require_no_scan() const {
  if (scanning_) throw Error(ErrorCode::internal, "transaction written, scanned or ended inside a scan");
}

void TransactionRules::require_writing() const {
  require_open();
  require_no_scan();
  if (access_ != Access::write) throw Error(ErrorCode::internal, "write in a transaction that only reads");
}

TransactionRules::Scan::Scan(TransactionRules& rules) : rules_(rules) {
  rules.require_open();
  rules.require_no_scan();
  rules.scanning_ = true;
}

}  // namespace vault
