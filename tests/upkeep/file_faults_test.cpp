// SPDX-License-Identifier: Apache-2.0
// Making, backing up and restoring a vault, with a process that dies or a disk that fails at every call that changes a
// file (B06, B07; faults D1, R7, R14, R16): no vault is lost, none lies there half, and nothing blocks the next try.
#include <climits>
#include <csignal>
#include <gmock/gmock.h>

#include "tests/storage/child_process.h"
#include "tests/storage/private_folder.h"
#include "tests/support/file_calls.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/upkeep/backup.h"
#include "vault/vault_file.h"

namespace vault::testing {
namespace {

using namespace faults;

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

using Path = std::filesystem::path;
constexpr int kKilled = 1000 + SIGKILL;

class FullMarks : public RollbackMarks {
 public:
  RollbackMarkSet all(const VaultId&) override { return {}; }
  void put_all(const VaultId&, const RollbackMarkSet&, MarkRule) override {
    throw Error(ErrorCode::io, "no space for the mark");
  }
};

class FileFaults : public ::testing::Test {
 protected:
  UnlockedVault make(const Path& path) const {
    std::vector<NewSlot> slots;
    slots.push_back({SlotKind::key_file, test_key<SlotKey>(7), {}});
    return create_vault_file(path, id_, slots, {.readers = {}, .vault = options(), .warn = warn_});
  }
  void make_with(const Path& path, const std::string& secret) const {
    auto vault = make(path);
    auto writing = vault.write();
    writing.put_profile(kMain, sheet_of("openai:a"), key_credential(secret));
    writing.commit();
  }
  VaultOptions options() const {
    return {[] { return Timestamp{1'800'000'000'000}; }, marks_};
  }
  UnlockedVault open(const Path& path) const {
    return open_vault_file(path, Access::write, options()).unlock(KeyFileUnlocker({id_, test_key<SlotKey>(7)}));
  }
  std::string secret_in(const Path& path) const {
    auto vault = open(path);
    auto reading = vault.read();
    return TestVault::key_in(reading, kMain, "openai:a").value_or("absent");
  }
  RestoreReport restore() const {
    auto backup = open(copy_);
    return vault::restore(backup, copy_, {path_, options(), {}});
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      names.push_back(entry.path().filename());
    return names;
  }
  std::vector<std::string> kept_names() const {
    auto kept = names();
    std::erase_if(kept,
                  [&](const auto& name) { return !name.starts_with(path_.filename().string() + ".before-restore-"); });
    return kept;
  }
  void clear() const {
    for (const auto& name : names()) std::filesystem::remove(folder_.path() / name);
  }

  const NoMoreFaults cleared_;
  test::PrivateFolder folder_;
  Path path_ = folder_.path() / "vault.db", copy_ = folder_.path() / "copy.db";
  VaultId id_ = test_id<VaultId>(3);
  std::shared_ptr<RollbackMarks> marks_;
  std::function<void(const std::string&)> warn_ = [](const std::string&) {};
};

class RestoreFaults : public FileFaults {
 protected:
  RestoreFaults() {
    make_with(path_, "sk-test-new");
    make_with(copy_, "sk-test-old");
    new_bytes_ = contents_of(path_);
    old_bytes_ = contents_of(copy_);
  }
  void put_back() const {
    clear();
    place(path_, new_bytes_);
    place(copy_, old_bytes_);
  }
  // The vault that was there, or the backup; and the former is there in either case.
  void expect_nothing_lost(const std::string& when) const {
    const std::string now = secret_in(path_);
    ASSERT_THAT(now, AnyOf("sk-test-new", "sk-test-old")) << when;
    if (now == "sk-test-new") return;
    std::vector<std::string> secrets;
    for (const auto& name : kept_names()) secrets.push_back(secret_in(folder_.path() / name));
    EXPECT_THAT(secrets, ElementsAre("sk-test-new")) << when;
  }

  std::string new_bytes_, old_bytes_;
};

TEST_F(RestoreFaults, KilledAnywhereBothVaultsAreThereUnderGoodNames) {
  int result = kKilled;
  int strike = 1;
  for (; result == kKilled; ++strike) {
    put_back();
    result = test::in_child([&] {
      kill_at_file_call(strike);
      restore();
      return 0;
    });
    expect_nothing_lost("killed at " + std::to_string(strike));
  }
  EXPECT_EQ(result, 0);
  EXPECT_GT(strike, 10);
}

TEST_F(RestoreFaults, WhicheverCallFailsTheOldVaultIsInPlaceOrToldToBeKept) {
  for (const int error : {ENOSPC, EIO}) {
    for (const Fails fails : {Fails::once, Fails::from_then_on}) {
      for (int strike = 1;; ++strike) {
        put_back();
        fail_at_file_call(strike, error, fails);
        const auto code = code_of([&] { return restore(); });
        const bool reached = fault_was_reached();
        clear_faults();
        const std::string when = std::to_string(error) + " at " + std::to_string(strike);
        expect_nothing_lost(when);
        const bool changed = !code || *code == ErrorCode::committed_unverified;
        EXPECT_EQ(secret_in(path_), changed ? "sk-test-old" : "sk-test-new") << when;
        // On a disk that takes nothing any more the copy may keep the good name that it got.
        EXPECT_TRUE(changed || fails == Fails::from_then_on || kept_names().empty()) << when;
        if (!reached) break;
      }
    }
  }
}

// D1: the reproduction. ".before-restore-<time>" makes it longer than a name may be.
TEST_F(RestoreFaults, KeepTheOldVaultWhenItsKeptNameWouldBeTooLong) {
  const Path long_path = folder_.path() / std::string(NAME_MAX - 30, 'v');
  std::filesystem::rename(path_, long_path);
  path_ = long_path;
  const Error error = error_of([&] { return restore(); });
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_THAT(error.what(), HasSubstr("too long"));
  EXPECT_EQ(secret_in(path_), "sk-test-new");
  EXPECT_THAT(names(), UnorderedElementsAre("copy.db", "vault.db.lock", "copy.db.lock", path_.filename().string(),
                                            path_.filename().string() + ".lock"));
}

TEST_F(RestoreFaults, KeepTheOldVaultWhereFilesCannotBeExchanged) {
  fail_calls("renameat2", EINVAL);
  restore();
  clear_faults();
  EXPECT_EQ(secret_in(path_), "sk-test-old");
  expect_nothing_lost("without an exchange");
}

// A journal that nobody could undo goes with the file that it belongs to, or stays with it.
TEST_F(RestoreFaults, GiveADamagedVaultItsJournalBackWhenTheyFail) {
  place(path_, "what was a vault once");
  place(path_.native() + "-journal", "half a journal");
  fail_calls("renameat2", ENOSPC);
  EXPECT_EQ(code_of([&] { return restore(); }), ErrorCode::io);
  clear_faults();
  EXPECT_EQ(contents_of(path_), "what was a vault once");
  EXPECT_EQ(contents_of(path_.native() + "-journal"), "half a journal");
}

// R14
TEST_F(RestoreFaults, OfTheRollbackMarkAloneAreAWarning) {
  marks_ = std::make_shared<FullMarks>();
  const auto report = restore();
  EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("no space for the mark")));
  marks_.reset();
  EXPECT_EQ(secret_in(path_), "sk-test-old");
}

// R16
TEST_F(RestoreFaults, OfTheFoldersSyncSayThatItIsRestoredAndWhereTheOldOneIs) {
  std::optional<Error> told;
  for (int number = 1; number < 50 && (!told || told->code() == ErrorCode::io); ++number) {
    put_back();
    auto backup = open(copy_);
    fail_syncs_of_folders(EIO, number);
    try {
      vault::restore(backup, copy_, {path_, options(), {}});
    } catch (const Error& error) {
      told = error;
    }
    clear_faults();
    EXPECT_EQ(secret_in(path_), told->code() == ErrorCode::io ? "sk-test-new" : "sk-test-old") << number;
  }
  ASSERT_TRUE(told);
  EXPECT_EQ(told->code(), ErrorCode::committed_unverified);
  EXPECT_THAT(told->what(), HasSubstr(".before-restore-"));
  EXPECT_EQ(secret_in(path_), "sk-test-old");
}

using CreateFaults = FileFaults;

// R7: 58 of 86 kill points once left a file that nothing would touch.
TEST_F(CreateFaults, KilledAnywhereTheVaultIsThereWholeOrASecondCallMakesIt) {
  int result = kKilled;
  int strike = 1;
  for (; result == kKilled; ++strike) {
    clear();
    result = test::in_child([&] {
      kill_at_file_call(strike);
      make(path_);
      return 0;
    });
    const auto again = code_of([&] { return make(path_); });
    EXPECT_THAT(again, AnyOf(std::nullopt, ErrorCode::already_exists)) << "killed at " << strike;
    EXPECT_EQ(secret_in(path_), "absent") << "killed at " << strike;
    if (again) continue;
    EXPECT_THAT(names(), UnorderedElementsAre("vault.db", "vault.db.lock")) << "killed at " << strike;
  }
  EXPECT_EQ(result, 0);
  EXPECT_GT(strike, 10);
}

TEST_F(CreateFaults, WhicheverCallFailsNothingLiesInTheVaultsPlaceOrAWholeVault) {
  for (const int error : {ENOSPC, EIO}) {
    for (const Fails fails : {Fails::once, Fails::from_then_on}) {
      for (int strike = 1;; ++strike) {
        clear();
        fail_at_file_call(strike, error, fails);
        const auto code = code_of([&] { return make(path_); });
        const bool reached = fault_was_reached();
        clear_faults();
        if (code) make(path_);
        EXPECT_EQ(secret_in(path_), "absent") << error << " at " << strike;
        if (!reached) break;
      }
    }
  }
}

TEST_F(CreateFaults, OfTheRollbackMarkAreToldAndTheVaultIsMade) {
  marks_ = std::make_shared<FullMarks>();
  std::vector<std::string> told;
  warn_ = [&](const std::string& text) { told.push_back(text); };
  make(path_);
  EXPECT_THAT(told, ElementsAre(HasSubstr("no space for the mark")));
}

TEST_F(CreateFaults, OfAJournalThatLiesThereAreRefusedAndNothingIsTouched) {
  place(path_.native() + "-journal", "of a vault that was here");
  EXPECT_EQ(code_of([&] { return make(path_); }), ErrorCode::already_exists);
  EXPECT_THAT(names(), ElementsAre("vault.db-journal"));
}

using BackupFaults = RestoreFaults;

TEST_F(BackupFaults, KilledAnywhereTheBackupIsWholeOrNotThere) {
  int result = kKilled;
  int strike = 1;
  for (; result == kKilled; ++strike) {
    put_back();
    std::filesystem::remove(copy_);
    result = test::in_child([&] {
      auto vault = open(path_);
      kill_at_file_call(strike);
      back_up(vault, path_, copy_, Existing::refuse);
      return 0;
    });
    EXPECT_EQ(std::filesystem::exists(copy_) ? secret_in(copy_) : "sk-test-new", "sk-test-new") << strike;
    EXPECT_EQ(secret_in(path_), "sk-test-new") << strike;
  }
  EXPECT_EQ(result, 0);
  EXPECT_GT(strike, 5);
}

TEST_F(BackupFaults, WhicheverCallFailsTheOlderBackupIsThereOrTheNewOne) {
  for (const Fails fails : {Fails::once, Fails::from_then_on}) {
    for (int strike = 1;; ++strike) {
      put_back();
      auto vault = open(path_);
      fail_at_file_call(strike, ENOSPC, fails);
      const auto code = code_of([&] { return back_up(vault, path_, copy_, Existing::replace); });
      const bool reached = fault_was_reached();
      clear_faults();
      const bool changed = !code || *code == ErrorCode::committed_unverified;
      EXPECT_EQ(secret_in(copy_), changed ? "sk-test-new" : "sk-test-old") << strike;
      if (!reached) break;
    }
  }
}

}  // namespace
}  // namespace vault::testing
