// SPDX-License-Identifier: Apache-2.0
// What stays of rows that were erased or replaced (B01 to B04).
#include <sqlite3.h>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

#include "tests/storage/vault_file.h"

namespace vault::test {
namespace {

constexpr std::string_view kOldSecret = "sealed-bytes-that-must-go";

class Remnants : public VaultFile {
 protected:
  void put_secret(std::string_view secret) {
    auto row = record_row(1, RecordKind::profile, 1);
    row.sealed_secret = bytes(secret);
    const auto storage = open(Access::write);
    const auto transaction = storage->begin(Access::write);
    transaction->put_record(row);
    transaction->commit();
  }
  bool anything_holds(std::string_view text) const {
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
      if (contents_of(file.path()).find(text) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(Remnants, AReplacedSecretIsOverwritten) {
  make_vault();
  put_secret(kOldSecret);
  ASSERT_TRUE(anything_holds(kOldSecret));
  put_secret("new");
  EXPECT_FALSE(anything_holds(kOldSecret));
}

// B02
TEST_F(Remnants, AnErasedAgentsSecretsAreOverwritten) {
  make_vault();
  put_secret(kOldSecret);
  const auto storage = open(Access::write);
  const auto transaction = storage->begin(Access::write);
  transaction->erase_agent(id_of<AgentId>(1));
  transaction->commit();
  EXPECT_FALSE(anything_holds(kOldSecret));
}

TEST_F(Remnants, RewritingDropsWhatAnotherProgramLeftInFreePages) {
  make_vault();
  put_secret(kOldSecret);
  meddle("PRAGMA secure_delete = OFF; DELETE FROM record");
  ASSERT_TRUE(anything_holds(kOldSecret));
  open(Access::write)->rewrite();
  EXPECT_FALSE(anything_holds(kOldSecret));
  EXPECT_EQ(agent_count(), 1U);
}

// Points SQLite's temporary files to a folder, and tells whether one was made there.
class TemporaryFiles {
 public:
  TemporaryFiles() : watch_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    ::inotify_add_watch(watch_, folder_.path().c_str(), IN_CREATE);
    sqlite3_temp_directory = sqlite3_mprintf("%s", folder_.path().c_str());
  }
  ~TemporaryFiles() {
    sqlite3_free(std::exchange(sqlite3_temp_directory, nullptr));
    ::close(watch_);
  }
  bool were_made() const {
    char events[4096];
    return ::read(watch_, events, sizeof events) > 0;
  }

 private:
  PrivateFolder folder_;
  int watch_;
};

// B03
TEST_F(Remnants, RewritingMakesNoTemporaryFile) {
  make_vault();
  const auto storage = open(Access::write);
  const auto transaction = storage->begin(Access::write);
  for (std::uint32_t i = 0; i < 8; ++i) {
    auto row = record_row(1, RecordKind::profile, i);
    row.sealed_sheet = Bytes(1 << 20, 0x33);
    transaction->put_record(row);
  }
  transaction->commit();

  const TemporaryFiles files;
  storage->rewrite();
  EXPECT_FALSE(files.were_made());
  meddle("PRAGMA temp_store = FILE; VACUUM");
  EXPECT_TRUE(files.were_made()) << "the watch would have missed one";
}

TEST_F(Remnants, AfterACommitOnlyTheVaultAndItsLockLieThere) {
  make_vault();
  put_secret(kOldSecret);
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) names.push_back(file.path().filename());
  EXPECT_THAT(names, testing::UnorderedElementsAre("vault.db", "vault.db.lock"));
}

}  // namespace
}  // namespace vault::test
