// SPDX-License-Identifier: Apache-2.0
#include "vault/storage/memory/memory_storage.h"

#include "vault/base/error.h"
#include "vault/storage/memory/memory_transaction.h"

namespace vault {
namespace {

class MemoryStorage final : public Storage {
 public:
  MemoryStorage(std::shared_ptr<MemoryMedium> medium, std::chrono::milliseconds longest_wait)
      : medium_(std::move(medium)), longest_wait_(longest_wait) {}

  std::unique_ptr<Transaction> begin(Access access) override {
    require_idle();
    return std::make_unique<MemoryTransaction>(medium_, access, longest_wait_, in_use_);
  }

  // Nothing erased remains: the tables hold what they hold. Waits for its turn as the other backend's rewrite does.
  void rewrite() override {
    require_idle();
    const MemoryMedium::Turn turn(*medium_, longest_wait_);
  }

 private:
  void require_idle() const {
    if (*in_use_) throw Error(ErrorCode::internal, "this storage is inside a transaction already");
  }

  const std::shared_ptr<MemoryMedium> medium_;
  const std::chrono::milliseconds longest_wait_;
  std::shared_ptr<bool> in_use_ = std::make_shared<bool>(false);
};

}  // namespace

std::shared_ptr<MemoryMedium> make_memory_medium() { return std::make_shared<MemoryMedium>(); }

std::unique_ptr<Storage> make_memory_storage(std::shared_ptr<MemoryMedium> medium,
                                             std::chrono::milliseconds longest_wait) {
  return std::make_unique<MemoryStorage>(std::move(medium), longest_wait);
}

std::unique_ptr<Storage> make_memory_storage() { return make_memory_storage(make_memory_medium()); }

}  // namespace vault
