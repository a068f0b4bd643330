// SPDX-License-Identifier: Apache-2.0
#include "cli/process/fit_command.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace cli {
namespace {

using vault::testing::place;
using vault::testing::TemporaryFolder;

// T5: one rule for wiring and for doctor.
TEST(FitCommand, IsAPrivateExecutableFileUnderAPlainPath) {
  const TemporaryFolder folder;
  place(folder / "good", "", 0755);
  place(folder / "shared", "", 0775);
  place(folder / "data", "", 0644);
  place(folder / "a;b", "", 0755);
  std::filesystem::create_symlink("good", folder / "link");
  EXPECT_FALSE(unfit_for_openclaw(folder / "good"));
  EXPECT_TRUE(unfit_for_openclaw(folder / "shared")->open_to_others);
  for (const char* name : {"data", "a;b", "link", "none", "."}) {
    const auto unfit = unfit_for_openclaw(folder / name);
    ASSERT_TRUE(unfit) << name;
    EXPECT_FALSE(unfit->open_to_others) << name;
  }
}

}  // namespace
}  // namespace cli
