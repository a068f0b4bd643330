// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/postgres/postgres_storage.h"

#include "vault/base/error.h"
#include "vault/storage/postgres/postgres_transaction.h"

namespace vault {
namespace {

using postgres::Connected;
using postgres::PostgresTransaction;

class PostgresStorage final : public Storage {
 public:
  PostgresStorage(const PostgresPlace& place, Access access, const PostgresOpening& opening)
      : access_(access), connected_(std::make_shared<Connected>(Connected{place, opening, nullptr})) {}

  Connected& connected() { return *connected_; }

  std::unique_ptr<Transaction> begin(Access access) override {
    if (connected_->in_use) throw Error(ErrorCode::internal, "this storage is inside a transaction already");
    if (access == Access::write && access_ != Access::write) {
      throw Error(ErrorCode::internal, "this storage was opened for reading only");
    }
    return std::make_unique<PostgresTransaction>(connected_, access);
  }

  // No command here could keep the promise: rows live on for as long as any old snapshot sees them, and the server's
  // log, replicas and backups keep the rest. It waits for its turn as the other backends do.
  void rewrite() override { begin(Access::write); }
  bool can_rewrite() const noexcept override { return false; }

 private:
  const Access access_;
  std::shared_ptr<Connected> connected_;
};

}  // namespace

std::unique_ptr<Storage> create_postgres_storage(const PostgresPlace& place, const PostgresOpening& opening) {
  auto storage = std::make_unique<PostgresStorage>(place, Access::write, opening);
  storage->connected().alive().lay_schema();
  return storage;
}

std::unique_ptr<Storage> open_postgres_storage(const PostgresPlace& place, Access access,
                                               const PostgresOpening& opening) {
  auto storage = std::make_unique<PostgresStorage>(place, access, opening);
  if (opening.asks_at_once) storage->begin(Access::read);
  return storage;
}

}  // namespace vault
