// SPDX-License-Identifier: Apache-2.0
// C13: odd homes never put a vault into the root folder.
#include "cli/unlocking/paths.h"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/throws.h"

namespace {

using cli::Environment;
using cli::testing::error_of;
using testing::HasSubstr;
using testing::Not;
using vault::ErrorCode;

std::filesystem::path file_at(const Environment& environment, const std::optional<std::string>& flag) {
  const auto place = cli::vault_place(environment, flag);
  return *file_of(place);
}

TEST(VaultPath, PrefersTheFlagThenTheVariableThenTheUsersFolders) {
  const auto everything =
      cli::Environment::containing({{"CLAVIGER_VAULT", "/c/v.db"}, {"XDG_DATA_HOME", "/x"}, {"HOME", "/home/u"}});
  EXPECT_EQ(file_at(everything, "/f/v.db"), "/f/v.db");
  EXPECT_EQ(file_at(everything, std::nullopt), "/c/v.db");
  EXPECT_EQ(file_at(Environment::containing({{"XDG_DATA_HOME", "/x"}, {"HOME", "/home/u"}}), std::nullopt),
            "/x/claviger/vault.db");
  EXPECT_EQ(file_at(Environment::containing({{"HOME", "/home/u"}}), std::nullopt),
            "/home/u/.local/share/claviger/vault.db");
}

TEST(VaultPath, MakesRelativeChoicesAbsolute) {
  const auto here = std::filesystem::current_path();
  EXPECT_EQ(file_at(Environment::containing({}), "a/../v.db"), here / "v.db");
}

TEST(VaultPath, IgnoresRelativeXdgFoldersAndEmptyVariables) {
  const auto environment =
      cli::Environment::containing({{"XDG_DATA_HOME", "data"}, {"CLAVIGER_VAULT", ""}, {"HOME", "/home/u"}});
  EXPECT_EQ(file_at(environment, std::nullopt), "/home/u/.local/share/claviger/vault.db");
}

TEST(VaultPath, SaysWhatToDoWithoutAHome) {
  for (const auto* const home : {"", "/", "//", "/.", "relative"}) {
    const auto error = error_of([&] { file_at(Environment::containing({{"HOME", home}}), std::nullopt); });
    EXPECT_EQ(error.code(), ErrorCode::usage) << home;
    EXPECT_THAT(error.hint().words(), HasSubstr("--vault"));
  }
}

TEST(VaultPath, RefusesTheRootFolderAndFolders) {
  for (const auto* const path : {"/vault.db", "/a/../vault.db", "", "/a/", "/"}) {
    EXPECT_EQ(error_of([&] { file_at(Environment::containing({}), path); }).code(), ErrorCode::usage) << path;
  }
  EXPECT_EQ(error_of([] {
              file_at(Environment::containing({{"CLAVIGER_VAULT", "/vault.db"}}), std::nullopt);
            }).code(),
            ErrorCode::usage);
}

// A file of that name would be made, and the text may hold a password.
TEST(VaultPath, RefusesAPlaceWithAnotherSchemeWithoutRepeatingIt) {
  for (const auto* const place : {"file:///tmp/vault.db", "mysql://u:test-password@h/db", "postgres+x://h/db"}) {
    const auto error = error_of([&] { cli::vault_place(Environment::containing({}), place); });
    EXPECT_EQ(error.code(), ErrorCode::usage) << place;
    EXPECT_THAT(error.what(), Not(HasSubstr("test-password")));
  }
  EXPECT_EQ(file_at(Environment::containing({}), "/a/odd:/name.db"), "/a/odd:/name.db");
}

TEST(VaultPath, MayBeAPlaceOnPostgresqlWhereverAPathMayBe) {
  const vault::VaultPlace expected = vault::PostgresPlace{"postgres://fleet@db/agents", "team"};
  const std::string text = "postgres://fleet@db/agents#team";
  EXPECT_EQ(cli::vault_place(Environment::containing({}), text), expected);
  EXPECT_EQ(cli::vault_place(Environment::containing({{"CLAVIGER_VAULT", text}}), std::nullopt), expected);
  EXPECT_EQ(as_typed(expected), text);
  EXPECT_EQ(file_of(expected), nullptr);
}

TEST(VaultPath, RefusesAPasswordInAPlaceWithoutRepeatingIt) {
  const auto error =
      error_of([] { cli::vault_place(Environment::containing({}), "postgresql://u:test-password@h/db"); });
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_THAT(error.what(), Not(HasSubstr("test-password")));
}

TEST(OtherPaths, FollowTheirVariables) {
  const auto home = cli::Environment::containing({{"HOME", "/home/u"}});
  EXPECT_EQ(cli::default_key_file(home), "/home/u/.config/claviger/vault.key");
  EXPECT_EQ(cli::state_folder(home), "/home/u/.local/state/claviger");
  const auto xdg = cli::Environment::containing(
      {{"XDG_CONFIG_HOME", "/c"}, {"XDG_STATE_HOME", "/s"}, {"CREDENTIALS_DIRECTORY", "/run/cred"}});
  EXPECT_EQ(cli::default_key_file(xdg), "/c/claviger/vault.key");
  EXPECT_EQ(cli::state_folder(xdg), "/s/claviger");
  EXPECT_EQ(cli::systemd_credential(xdg, "token"), "/run/cred/claviger.token");
}

TEST(OtherPaths, AreAbsentInAnEmptyEnvironment) {
  const auto nothing = cli::Environment::containing({});
  EXPECT_EQ(cli::default_key_file(nothing), std::nullopt);
  EXPECT_EQ(cli::state_folder(nothing), std::nullopt);
  EXPECT_EQ(cli::systemd_credential(nothing, "key"), std::nullopt);
}

TEST(EnvironmentVariables, AreReadFromTheProcess) {
  ::setenv("CLAVIGER_CLI_TEST", "value", 1);
  const auto environment = Environment::of_process();
  EXPECT_EQ(environment.get("CLAVIGER_CLI_TEST"), "value");
  ::setenv("CLAVIGER_CLI_TEST", "", 1);
  EXPECT_EQ(environment.get("CLAVIGER_CLI_TEST"), std::nullopt);
  ::unsetenv("CLAVIGER_CLI_TEST");
  EXPECT_EQ(environment.get("CLAVIGER_CLI_TEST"), std::nullopt);
}

// D02: a passphrase in the environment is gone once it was taken, from where it lay as well.
TEST(EnvironmentVariables, AreWipedWhenTaken) {
  std::string entry = "CLAVIGER_CLI_TEST=sk-test-canary";
  ::putenv(entry.data());
  auto environment = Environment::of_process();
  const auto secret = environment.take_secret("CLAVIGER_CLI_TEST");
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->reveal(), "sk-test-canary");
  EXPECT_EQ(std::getenv("CLAVIGER_CLI_TEST"), nullptr);
  EXPECT_EQ(entry.find("canary"), std::string::npos);
  EXPECT_FALSE(environment.take_secret("CLAVIGER_CLI_TEST"));
}

TEST(EnvironmentVariables, AreListedWithTheirValues) {
  const auto environment = cli::Environment::containing({{"A", "1"}, {"B", "x=y"}});
  const auto all = environment.variables();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].name, "B");
  EXPECT_EQ(all[1].value, "x=y");
}

}  // namespace
