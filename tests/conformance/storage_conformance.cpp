// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"

namespace vault::test {

void StorageConformance::write(const std::function<void(Transaction&)>& work) {
  const auto transaction = begin_writing();
  work(*transaction);
  transaction->commit();
}

std::vector<RecordRow> scanned(Transaction& transaction, std::uint32_t agent) {
  std::vector<RecordRow> rows;
  transaction.scan_records(id_of<AgentId>(agent), [&](const RecordRow& row) { rows.push_back(row); });
  return rows;
}

std::vector<LogRow> logged(Transaction& transaction, const LogOwner& owner) {
  std::vector<LogRow> rows;
  transaction.scan_log(owner, [&](const LogRow& row) { rows.push_back(row); });
  return rows;
}

std::vector<LogRow> logged(Transaction& transaction) {
  std::vector<LogRow> rows;
  transaction.scan_log([&](const LogRow& row) { rows.push_back(row); });
  return rows;
}

}  // namespace vault::test
