// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "vault/selection/profile_ref.h"

namespace vault::testing {
namespace {

// Expected value: Python 3.11's hashlib.blake2b over "claviger profile ref" and the id, each behind its length.
TEST(ProfileRefs, AreTheSameInEveryVault) {
  EXPECT_EQ(profile_ref(ProfileId("openai:work")), "ref/6e744fa2acc2");
  EXPECT_EQ(profile_ref(ProfileId("openai:work")), profile_ref(ProfileId("openai:work")));
}

TEST(ProfileRefs, DifferForDifferentIdsAndHaveOneForm) {
  EXPECT_NE(profile_ref(ProfileId("a")), profile_ref(ProfileId("A")));
  for (const auto* id : {"a", " \n", "\xff", "../../x"}) {
    const auto ref = profile_ref(ProfileId(id));
    EXPECT_EQ(ref.size(), 16U);
    EXPECT_EQ(ref.find_first_not_of("0123456789abcdef", 4), std::string::npos);
  }
}

}  // namespace
}  // namespace vault::testing
