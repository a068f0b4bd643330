// SPDX-License-Identifier: Apache-2.0
// A vault's rows from one storage to another: between memory and a file, both ways, and what must not happen on the
// way.
#include "vault/storage/copy_rows.h"

#include <gmock/gmock.h>

#include "tests/storage/private_folder.h"
#include "vault/base/error.h"
#include "vault/storage/memory/memory_storage.h"
#include "vault/storage/sqlite/sqlite_storage.h"

namespace vault::test {
namespace {

using ::testing::ElementsAre;

template <class Id>
Id id_of(std::uint8_t number) {
  Id id;
  id.bytes.fill(number);
  return id;
}

Bytes bytes_of(std::uint8_t letter, std::size_t size = 40) { return Bytes(size, letter); }

void fill(Storage& storage) {
  const auto all = storage.begin(Access::write);
  all->put_vault_row({id_of<VaultId>(1), {5}, bytes_of(1), bytes_of(2), false});
  for (const std::uint8_t number : {7, 3}) {
    all->put_agent({id_of<AgentId>(number), id_of<Lookup>(number), bytes_of(number), bytes_of(4), bytes_of(5)});
  }
  KeySlot root, token;
  root.id = id_of<SlotId>(1), root.kind = SlotKind::key_file, root.created = {9};
  root.commitment = bytes_of(8, 32), root.wrapped = bytes_of(9);
  token = root;
  token.id = id_of<SlotId>(2), token.kind = SlotKind::agent_token, token.agent = id_of<AgentId>(7);
  all->put_key_slot(root), all->put_key_slot(token);
  for (std::uint8_t number = 0; number < 20; ++number) {
    const RecordKey key{id_of<AgentId>(number % 2 == 0 ? 3 : 7), RecordKind::profile, id_of<Lookup>(number)};
    all->put_record({key, bytes_of(number), number % 3 == 0 ? std::nullopt : std::optional(bytes_of(number, 3))});
  }
  for (std::uint8_t number = 0; number < 4; ++number) {
    all->append_log(number % 2 == 0 ? LogOwner{} : LogOwner{id_of<AgentId>(3)}, bytes_of(number));
  }
  all->erase_log(LogOwner{}, 1);  // numbers have gaps, and a log begins somewhere
  all->commit();
}

struct Rows {
  VaultRow vault;
  std::vector<AgentRow> agents;
  std::vector<KeySlot> slots;
  std::vector<RecordRow> records;
  std::vector<std::pair<LogOwner, Bytes>> log;
  bool operator==(const Rows&) const = default;
};

Rows rows_of(Storage& storage) {
  const auto seen = storage.begin(Access::read);
  Rows rows{seen->vault_row(), seen->agents(), seen->key_slots(), {}, {}};
  for (const auto& agent : rows.agents) {
    seen->scan_records(agent.id, [&](const RecordRow& row) { rows.records.push_back(row); });
  }
  seen->scan_log([&](const LogRow& row) { rows.log.emplace_back(row.agent, row.sealed); });
  return rows;
}

void copy(Storage& from, Storage& to) {
  const auto source = from.begin(Access::read);
  const auto target = to.begin(Access::write);
  copy_rows(*source, *target);
  target->commit();
}

class CopyingRows : public ::testing::Test {
 protected:
  PrivateFolder folder_;
  std::unique_ptr<Storage> file_ = create_sqlite_storage(folder_.path() / "vault");
  std::unique_ptr<Storage> memory_ = make_memory_storage();
};

TEST_F(CopyingRows, BringsEveryRowFromMemoryIntoAFile) {
  fill(*memory_);
  copy(*memory_, *file_);
  EXPECT_TRUE(rows_of(*file_) == rows_of(*memory_));
  EXPECT_EQ(rows_of(*file_).records.size(), 20U);
  EXPECT_EQ(rows_of(*file_).log.size(), 3U);
}

TEST_F(CopyingRows, BringsEveryRowFromAFileIntoMemory) {
  fill(*file_);
  copy(*file_, *memory_);
  EXPECT_TRUE(rows_of(*file_) == rows_of(*memory_));
}

TEST_F(CopyingRows, RefusesATargetThatHoldsAVaultAndLeavesItAsItWas) {
  fill(*memory_);
  const auto there = make_memory_storage();
  {
    const auto row = there->begin(Access::write);
    row->put_vault_row({id_of<VaultId>(2), {5}, bytes_of(1), bytes_of(2), false});
    row->commit();
  }
  try {
    copy(*memory_, *there);
    FAIL() << "it was copied over a vault";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::already_exists);
  }
  EXPECT_EQ(rows_of(*there).vault.id, id_of<VaultId>(2));
  EXPECT_TRUE(rows_of(*there).agents.empty());
}

TEST_F(CopyingRows, LeavesNothingInTheTargetWithoutItsCommit) {
  fill(*memory_);
  {
    const auto source = memory_->begin(Access::read);
    const auto target = file_->begin(Access::write);
    copy_rows(*source, *target);
  }
  EXPECT_FALSE(holds_a_vault(*file_->begin(Access::read)));
}

TEST_F(CopyingRows, ReplacesAllThatAVaultHeld) {
  fill(*memory_);
  fill(*file_);
  {
    const auto more = file_->begin(Access::write);
    more->put_agent({id_of<AgentId>(9), id_of<Lookup>(9), bytes_of(1), bytes_of(1), bytes_of(1)});
    more->put_record({{id_of<AgentId>(9), RecordKind::profile, id_of<Lookup>(1)}, bytes_of(1), {}});
    more->append_log(id_of<AgentId>(9), bytes_of(77));
    more->commit();
  }
  {
    const auto source = memory_->begin(Access::read);
    const auto target = file_->begin(Access::write);
    replace_rows(*source, *target);
    target->commit();
  }
  EXPECT_TRUE(rows_of(*file_) == rows_of(*memory_));
}

}  // namespace
}  // namespace vault::test
