// SPDX-License-Identifier: Apache-2.0
#include "import/stores/leftovers.h"

#include <gtest/gtest.h>

namespace formats {
namespace {

// D5
TEST(Leftovers, AreOpenClawsOwnCopiesByTheirWholeName) {
  for (const char* name : {"auth-profiles.json.bak", "openclaw.json.bak.2", "auth-profiles.json.legacy-flat.1763.bak",
                           "auth-state.json.migrated-2026-11-21T00-00-00.000Z-0f8fad5b-d9cb-469f-a165-70867728950e",
                           "auth.json.0f8fad5b-d9cb-469f-a165-70867728950e.tmp", "openclaw.sqlite-import.1763.bak",
                           ".env.bak", "auth-profiles.json.oauth-ref.1763.bak",
                           "openclaw.json.pre-startup-migration-0f8fad5b-d9cb-469f-a165-70867728950e.bak"}) {
    EXPECT_TRUE(is_openclaw_copy(name)) << name;
  }
}

// D5
TEST(Leftovers, AreNotWhatMerelyContainsTheLettersOfABackup) {
  for (const char* name :
       {"notes.bakery.txt", "session.bak3ry.jsonl", "notes.bak", "auth-profiles.json.bakery",
        "auth-profiles.json.bak.old", "auth-profiles.json.bak.", "auth-profiles.json", "auth.json~", "auth.json.tmp",
        "my-auth.json.bak", "oauth.json.migrated-x", "photos.sqlite-import.1.bak"}) {
    EXPECT_FALSE(is_openclaw_copy(name)) << name;
  }
}

TEST(Leftovers, AreRemovableInOpenClawsOwnFoldersOnly) {
  const std::filesystem::path root = "/home/me/.openclaw";
  for (const char* folder : {"", "credentials", "state", "agents/work/agent"}) {
    EXPECT_TRUE(is_removable_copy(root / folder / "auth-profiles.json.bak", root)) << folder;
  }
  for (const char* folder :
       {"workspace", "agents/work", "agents/work/agent/notes", "agents/work/other", "x/agents/w/agent"}) {
    EXPECT_FALSE(is_removable_copy(root / folder / "auth-profiles.json.bak", root)) << folder;
  }
  EXPECT_FALSE(is_removable_copy("/elsewhere/auth-profiles.json.bak", root));
}

}  // namespace
}  // namespace formats
