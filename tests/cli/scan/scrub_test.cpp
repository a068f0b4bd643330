// SPDX-License-Identifier: Apache-2.0
#include "cli/scan/scrub.h"

#include <csignal>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/scan/scrub_rules.h"
#include "tests/support/error_of.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/model/placeholder.h"

namespace cli {
namespace {

using vault::ErrorCode;
using vault::testing::code_of;
using vault::testing::contents_of;
using vault::testing::kMain;
using vault::testing::mode_of;
using vault::testing::place;

constexpr const char* kSecret = "sk-test-1234567890";

class Scrubbed : public testing::Test {
 protected:
  Scrubbed() {
    vault_.put(kMain, "openai:a", kSecret);
    vault_.put(kMain, "other:b", "another-secret-of-it");
    known_.emplace(vault_.read([](vault::Reading& reading) { return SecretIndex(reading); }));
  }
  std::filesystem::path file_with(const std::string& text, mode_t mode = 0600) {
    place(folder_ / "file", text, mode);
    return folder_ / "file";
  }
  SearchedFile searched(const std::filesystem::path& path) {
    return *search_file(path, *known_, [] {});
  }

  vault::testing::TestVault vault_;
  vault::testing::TemporaryFolder folder_;
  std::optional<SecretIndex> known_;
};

TEST_F(Scrubbed, FilesKeepEveryByteBesideTheSecretsAndTheirMode) {
  const auto path = file_with(std::string("\r\na") + kSecret + kSecret + "\xFF b another-secret-of-it", 0640);
  Scrubbing scrubbing(path, *known_);
  EXPECT_EQ(scrubbing.values(), 3U);
  scrubbing.commit();
  EXPECT_EQ(contents_of(path),
            "\r\naremoved-by-claviger:openai:aremoved-by-claviger:openai:a\xFF b "
            "removed-by-claviger:other:b");
  EXPECT_EQ(mode_of(path), 0640U);
  EXPECT_THAT(folder_.names(), testing::ElementsAre("file"));
}

TEST_F(Scrubbed, FilesKeepTheirGroupAndOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give files away";
  const auto path = file_with(kSecret, 0660);
  ASSERT_EQ(::chown(path.c_str(), 12, 34), 0);
  Scrubbing(path, *known_).commit();
  struct stat status {};
  ASSERT_EQ(::lstat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 12U);
  EXPECT_EQ(status.st_gid, 34U);
  EXPECT_EQ(mode_of(path), 0660U);
}

TEST_F(Scrubbed, FilesWithoutASecretAreNotWritten) {
  const auto path = file_with("nothing here");
  struct stat before {
  }, after{};
  ::lstat(path.c_str(), &before);
  Scrubbing(path, *known_).commit();
  ::lstat(path.c_str(), &after);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST_F(Scrubbed, FilesThatChangedMeanwhileStayAsTheyAre) {
  const auto path = file_with(kSecret);
  Scrubbing scrubbing(path, *known_);
  // As an editor does it: another file in its place, which no lease holds up.
  place(folder_ / "new", std::string("new ") + kSecret);
  ASSERT_EQ(::rename((folder_ / "new").c_str(), path.c_str()), 0);
  EXPECT_EQ(code_of([&] { return scrubbing.commit(), 0; }), ErrorCode::busy);
  EXPECT_EQ(contents_of(path), std::string("new ") + kSecret);
}

TEST_F(Scrubbed, FilesOpenForWritingElsewhereAreRefused) {
  const auto path = file_with(kSecret);
  const vault::Descriptor writer(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
  EXPECT_EQ(code_of([&] { return Scrubbing(path, *known_).values(); }), ErrorCode::busy);
  EXPECT_EQ(contents_of(path), kSecret);
}

TEST_F(Scrubbed, FilesAreNotReachedThroughALink) {
  const auto path = file_with(kSecret);
  ASSERT_EQ(::symlink(path.c_str(), (folder_ / "link").c_str()), 0);
  EXPECT_EQ(code_of([&] { return Scrubbing(folder_ / "link", *known_).values(); }), ErrorCode::unsafe_file);
  EXPECT_EQ(contents_of(path), kSecret);
}

// B07
TEST_F(Scrubbed, FilesStayWholeWhenTheDiskIsFull) {
  const std::string text = std::string(100'000, 'x') + kSecret;
  const auto path = file_with(text);
  Scrubbing scrubbing(path, *known_);
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const struct rlimit small { 4096, before.rlim_max };
  ::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto code = code_of([&] { return scrubbing.commit(), 0; });
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(code, ErrorCode::io);
  EXPECT_EQ(contents_of(path), text);
  EXPECT_THAT(folder_.names(), testing::ElementsAre("file"));
}

TEST_F(Scrubbed, MarkersArePlaceholdersAndOneWordOfAShell) {
  EXPECT_EQ(scrub_marker({"main", "profile", "openai:a@b.example", "key"}), "removed-by-claviger:openai:a@b.example");
  for (const char* id : {"two words", "quote\"", "$(id)", "new\nline", "\xC3\xA9"}) {
    EXPECT_EQ(scrub_marker({"main", "profile", id, "key"}), "removed-by-claviger") << id;
  }
  EXPECT_TRUE(vault::is_placeholder("removed-by-claviger:openai:a"));
}

TEST_F(Scrubbed, FilesInUseAreNamedWithWhatToDo) {
  for (const char* name : {"openclaw.json", "auth-profiles.json", ".credentials.json", ".bashrc"}) {
    place(folder_ / name, kSecret);
    const auto obstacle = obstacle_to_scrubbing(searched(folder_ / name));
    ASSERT_TRUE(obstacle.has_value()) << name;
    EXPECT_FALSE(obstacle->hint.empty()) << name;
  }
  for (const char* name : {"auth-profiles.json.bak", "openclaw.json.bak.1", ".env", ".bash_history"}) {
    place(folder_ / name, kSecret);
    EXPECT_FALSE(obstacle_to_scrubbing(searched(folder_ / name)).has_value()) << name;
  }
}

// Also by root: in a folder of theirs they could lead us elsewhere.
TEST_F(Scrubbed, FilesOfOthersAreLeftToThem) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can make one";
  const auto path = file_with(kSecret);
  ASSERT_EQ(::chown(path.c_str(), 12, 34), 0);
  EXPECT_THAT(obstacle_to_scrubbing(searched(path))->reason, testing::HasSubstr("belongs to user 12"));
}

TEST_F(Scrubbed, SightingsAreCountedByLineAndTheLongestCounts) {
  vault_.put(kMain, "long:c", std::string("longer-") + kSecret);
  const auto known = vault_.read([](vault::Reading& reading) { return SecretIndex(reading); });
  const auto path = file_with(std::string("1\n2 longer-") + kSecret + "\n\n4 " + kSecret);
  const auto found = search_file(path, known, [] {})->sightings;
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(known.all()[found[0].secret].names.front().id, "long:c");
  EXPECT_EQ(found[0].line, 2U);
  EXPECT_EQ(known.all()[found[1].secret].names.front().id, "openai:a");
  EXPECT_EQ(found[1].line, 4U);
}

TEST_F(Scrubbed, ADamagedVariableIsNamedAndTheOthersAreLookedFor) {
  vault_.write([](vault::Writing& writing) {
    writing.put_variable(kMain, "A_TOKEN", vault::SecretString::copy_of("value-of-variable-a"));
  });
  auto row = vault_.row_of(kMain, "A_TOKEN", vault::RecordKind::variable);
  row.sealed_secret->back() ^= 1;
  vault_.raw([&](vault::Transaction& transaction) { transaction.put_record(row); });
  const auto known = vault_.read([](vault::Reading& reading) { return SecretIndex(reading); });
  EXPECT_EQ(known.all().size(), 2U);
  ASSERT_EQ(known.passed_over().size(), 1U);
  EXPECT_EQ(known.passed_over().front().name.id, "env/A_TOKEN");
  EXPECT_TRUE(known.damaged());
}

}  // namespace
}  // namespace cli
