// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal/typed_here.h"

#include <gtest/gtest.h>

namespace {

cli::GlobalFlags elsewhere() {
  cli::GlobalFlags flags;
  flags.vault = "/srv/my vault.db";
  flags.key_file = "host.key";
  flags.agent = "ops";
  return flags;
}

TEST(TypedHere, RepeatsWhatSaidWhereTheVaultIsAndHowItOpens) {
  EXPECT_EQ(cli::typed_here("claviger list", elsewhere()),
            "claviger --vault '/srv/my vault.db' --agent ops --key-file host.key list");
  EXPECT_EQ(cli::typed_here("`claviger verify` says more, `claviger list` too", elsewhere()),
            "`claviger --vault '/srv/my vault.db' --key-file host.key verify` says more, "
            "`claviger --vault '/srv/my vault.db' --agent ops --key-file host.key list` too");
}

TEST(TypedHere, LeavesACommandThatNamesItsAgentToThatOne) {
  EXPECT_EQ(cli::typed_here("claviger add a --agent main", elsewhere()),
            "claviger --vault '/srv/my vault.db' --key-file host.key add a --agent main");
}

TEST(TypedHere, LeavesEverythingElseAsItIs) {
  for (const char* text : {"claviger help unlocking", "--force replaces it", "the name 'claviger list'",
                           "/opt/claviger list", "claviger --version --json", ""}) {
    EXPECT_EQ(cli::typed_here(text, elsewhere()), text);
  }
  EXPECT_EQ(cli::typed_here("claviger list", {}), "claviger list");
}

}  // namespace
