// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/storage_conformance.h"

namespace vault::test {

TEST_P(StorageConformance, AMissingVaultRowIsNotAVault) {
  EXPECT_EQ(code_of([&] { begin_reading()->vault_row(); }), ErrorCode::not_a_vault);
}

TEST_P(StorageConformance, TheVaultRowComesBackAsItWasPut) {
  const VaultRow row = vault_row();
  write([&](Transaction& transaction) { transaction.put_vault_row(row); });
  EXPECT_EQ(read_elsewhere<VaultRow>([](Transaction& other) { return other.vault_row(); }), row);
}

TEST_P(StorageConformance, ASecondVaultRowTakesThePlaceOfTheFirst) {
  VaultRow second = vault_row();
  second.id = id_of<VaultId>(8);
  second.created = {-5};
  second.sealed_settings = {};
  second.rewrite_due = true;
  write([&](Transaction& transaction) {
    transaction.put_vault_row(vault_row());
    transaction.put_vault_row(second);
  });
  EXPECT_EQ(begin_reading()->vault_row(), second);
}

TEST_P(StorageConformance, AFieldOfTheLongestLengthIsKept) {
  VaultRow row = vault_row();
  row.sealed_state = Bytes(std::size_t{2} << 20, 0xAB);
  write([&](Transaction& transaction) { transaction.put_vault_row(row); });
  EXPECT_EQ(begin_reading()->vault_row(), row);
}

TEST_P(StorageConformance, ALongerFieldIsOutOfBoundsInEveryTable) {
  const auto transaction = begin_writing();
  const Bytes too_long((std::size_t{2} << 20) + 1);
  auto vault = vault_row();
  auto slot = slot_row(1);
  auto agent = agent_row(1);
  auto record = record_row(1, RecordKind::profile, 1);
  vault.sealed_settings = slot.wrapped = agent.sealed_sheet = too_long;
  record.sealed_secret = too_long;
  transaction->put_agent(agent_row(1));

  EXPECT_EQ(code_of([&] { transaction->put_vault_row(vault); }), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(code_of([&] { transaction->put_key_slot(slot); }), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(code_of([&] { transaction->put_agent(agent); }), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(code_of([&] { transaction->put_record(record); }), ErrorCode::parameters_out_of_bounds);
  EXPECT_EQ(code_of([&] { transaction->append_log({}, too_long); }), ErrorCode::parameters_out_of_bounds);
}

}  // namespace vault::test
