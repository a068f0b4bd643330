// SPDX-License-Identifier: Apache-2.0
#pragma once
// The contract of vault/storage/storage.h as tests that every backend runs. A backend joins with one line in
// backends.cpp.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "tests/conformance/row_builders.h"
#include "tests/storage/error_of.h"
#include "vault/storage/storage.h"

namespace vault::test {

// Where a backend keeps its data: a file, or memory. Storages opened on one medium see each other's commits.
class Medium {
 public:
  virtual ~Medium() = default;
  // Writers wait for each other briefly, so that tests of busy are quick, or as long as it takes.
  enum class Patience { brief, long_enough };
  virtual std::unique_ptr<Storage> open(Patience patience) = 0;
};

struct Backend {
  std::string name;
  std::function<std::unique_ptr<Medium>()> make_medium;
};
inline void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }

class StorageConformance : public testing::TestWithParam<Backend> {
 protected:
  std::unique_ptr<Storage> open(Medium::Patience patience = Medium::Patience::brief) { return medium_->open(patience); }
  std::unique_ptr<Transaction> begin_reading() { return storage_->begin(Access::read); }
  std::unique_ptr<Transaction> begin_writing() { return storage_->begin(Access::write); }

  // Commits what `work` does.
  void write(const std::function<void(Transaction&)>& work);
  // What another storage finds on the medium, so that nothing comes from the first one's memory.
  template <class Result>
  Result read_elsewhere(const std::function<Result(Transaction&)>& look) {
    const auto other = open();
    return look(*other->begin(Access::read));
  }

  std::unique_ptr<Medium> medium_ = GetParam().make_medium();
  std::unique_ptr<Storage> storage_ = open();
};

std::vector<RecordRow> scanned(Transaction& transaction, std::uint32_t agent);
std::vector<LogRow> logged(Transaction& transaction);
std::vector<LogRow> logged(Transaction& transaction, const LogOwner& owner);

}  // namespace vault::test
