// SPDX-License-Identifier: Apache-2.0
#include "cli/openclaw/wire/remains.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "cli/openclaw/wire/folder_trace.h"
#include "tests/support/temporary_folder.h"
#include "vault/base/error.h"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using vault::SecretString;
using vault::testing::place;
using vault::testing::TemporaryFolder;

KnownSecrets known(const char* text) {
  const auto secret = SecretString::copy_of(text);
  const SecretString* const all[] = {&secret};
  return KnownSecrets(all);
}

TEST(PlaintextSearch, FindsASecretAsItIsAndAsJsonSpellsIt) {
  const auto secrets = known("sk-test-\"quoted\"");
  EXPECT_TRUE(secrets.any_in("key=sk-test-\"quoted\""));
  EXPECT_TRUE(secrets.any_in(R"({"key":"sk-test-\"quoted\""})"));
  EXPECT_FALSE(secrets.any_in("sk-test-"));
}

TEST(PlaintextSearch, DoesNotLookForWhatIsFoundByChance) { EXPECT_FALSE(known("short").any_in("short")); }

// T3
TEST(PlaintextSearch, NamesWhatItCouldNotSearch) {
  const TemporaryFolder folder;
  place(folder / "found", "sk-test-0123456789");
  place(folder / "clean", "nothing");
  place(folder / "large", "");
  ASSERT_EQ(::truncate((folder / "large").c_str(), (256L << 20) + 1), 0);
  const auto result = files_with(known("sk-test-0123456789"), folder.path());
  EXPECT_THAT(result.found, ElementsAre(folder / "found"));
  EXPECT_THAT(result.not_searched, ElementsAre(folder / "large"));
}

// T3
TEST(PlaintextSearch, NamesAFolderThatCannotBeListed) {
  const auto result = files_with(known("sk-test-0123456789"), "/nowhere/at/all");
  EXPECT_THAT(result.not_searched, ElementsAre("/nowhere/at/all"));
}

// R9
TEST(Remains, InATextFileCalledSqliteAreFoundAndLeftAlone) {
  const TemporaryFolder folder;
  place(folder / "notes.sqlite", "sk-test-0123456789");
  place(folder / "lost.sqlite-wal", "sk-test-0123456789");
  StepFailures failures;
  const auto result = clear_remains(known("sk-test-0123456789"), folder.path(), failures);
  EXPECT_EQ(result.found.size(), 2U);
  EXPECT_TRUE(failures.empty());
}

// R9: past the first change nothing throws.
TEST(Remains, TellWhatWentWrongInsteadOfThrowing) {
  StepFailures failures;
  EXPECT_FALSE(attempt("a", failures, [] { throw vault::Error(vault::ErrorCode::io, "no\nroom", "make some"); }));
  EXPECT_FALSE(attempt("b", failures, [] { throw std::runtime_error("third party: sk-test-0123456789"); }));
  EXPECT_TRUE(attempt("c", failures, [] {}));
  ASSERT_EQ(failures.size(), 2U);
  EXPECT_EQ(failures[0].message, "no\\nroom");
  EXPECT_EQ(failures[1].message.find("sk-test"), std::string::npos);
}

TEST(Remains, ThatAreNoRegularFileAnyMoreAreNotDeleted) {
  const TemporaryFolder folder;
  place(folder / "kept", "");
  std::filesystem::create_symlink("kept", folder / "auth.json.bak");
  StepFailures failures;
  EXPECT_THAT(remove_copies({folder / "auth.json.bak"}, failures), IsEmpty());
  EXPECT_EQ(failures.size(), 1U);
}

TEST(FolderTraces, TellWhatWasMadeChangedAndRemoved) {
  const TemporaryFolder folder;
  for (const char* name : {"same", "changed", "removed", "x.sqlite-shm"}) place(folder / name, "1");
  const auto before = trace_of(folder.path());
  place(folder / "changed", "22");
  place(folder / "made", "1");
  place(folder / "x.sqlite-shm", "22");
  std::filesystem::remove(folder / "removed");
  EXPECT_THAT(changed_between(before, trace_of(folder.path())),
              ElementsAre(folder / "changed", folder / "made", folder / "removed"));
}

}  // namespace
}  // namespace cli
