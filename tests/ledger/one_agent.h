// SPDX-License-Identifier: Apache-2.0
#pragma once
// One agent in one vault in memory, with fixed keys: the ledger alone, without the facade above it.

#include <gtest/gtest.h>

#include "tests/support/bytes.h"
#include "tests/support/error_of.h"
#include "vault/ledger/vault_ledger.h"
#include "vault/storage/memory/memory_storage.h"

namespace vault::testing {

class OneAgent : public ::testing::Test {
 protected:
  OneAgent() : keyring_(test_key<RootKey>(1)), storage_(make_memory_storage()) {
    transaction_ = storage_->begin(Access::write);
    transaction_->put_vault_row(make_vault_row(test_id<VaultId>(1), keyring_.root_keys(), {1000}));
    VaultLedger vault(*transaction_, keyring_);
    listed_.emplace(vault.add_agent({AgentName("worker"), Inheritance::linked, {1000}}));
    vault.finish();
    proceed();
  }

  const OpenAgent& agent() const { return *listed_; }

  // Commits what was done and goes on in a new transaction.
  void proceed() {
    transaction_->commit();
    transaction_.reset();
    transaction_ = storage_->begin(Access::write);
  }

  // A variable: the plainest record with a secret.
  void put(AgentLedger& ledger, const std::string& name, std::string_view value) const {
    const auto sealed =
        ledger.seal_secret(RecordKind::variable, name, encode_secret_text(SecretString::copy_of(value)));
    VariableSheet sheet;
    sheet.name = name;
    sheet.secret_revision = sealed.revision;
    ledger.put(RecordKind::variable, name, encode(sheet), sealed.bytes);
  }
  void put(const std::string& name, std::string_view value) {
    AgentLedger ledger(*transaction_, agent());
    put(ledger, name, value);
    ledger.finish();
    proceed();
  }
  static std::optional<std::string> value_in(AgentLedger& ledger, const std::string& name) {
    const auto record = ledger.find(RecordKind::variable, name);
    if (!record) return std::nullopt;
    const auto sheet = decode_variable_sheet(record->sheet.reveal());
    const auto secret = ledger.open_secret(*record, sheet.secret_revision);
    return std::string(decode_secret_text(secret.reveal()).reveal());
  }
  std::optional<std::string> value(const std::string& name) const {
    AgentLedger ledger(*transaction_, agent());
    return value_in(ledger, name);
  }
  std::optional<ErrorCode> getting(const std::string& name) const {
    return code_of([&] { return value(name); });
  }
  std::optional<ErrorCode> verifying() const {
    return code_of([&] { return AgentLedger(*transaction_, agent()).verify(), 0; });
  }
  std::optional<ErrorCode> scanning() const {
    return code_of([&] {
      AgentLedger ledger(*transaction_, agent());
      ledger.scan([](OpenRecord&&) {});
      ledger.require_undamaged();
      return 0;
    });
  }

  RecordKey key_of(const std::string& name) const {
    return {agent().id, RecordKind::variable, record_lookup(agent().keys.read.index, RecordKind::variable, name)};
  }
  RecordRow row(const std::string& name) const { return transaction_->record(key_of(name)).value(); }

  Keyring keyring_;
  std::unique_ptr<Storage> storage_;
  std::unique_ptr<Transaction> transaction_;
  std::optional<OpenAgent> listed_;
};

}  // namespace vault::testing
