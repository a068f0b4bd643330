// SPDX-License-Identifier: Apache-2.0
#include "import/stores/shared_store.h"

#include <gtest/gtest.h>

namespace formats {
namespace {

using vault::CredentialKind;
using vault::ProfileId;

SharedReplacement replacement(const char* id, CredentialKind kind) {
  return {ProfileId(id), kind, {"exec", "claviger", std::string("profile/") + id}};
}

std::string edited(const char* store, const std::vector<SharedReplacement>& replacements) {
  return std::string(with_references(store, replacements).reveal());
}

TEST(SharedStore, PutsAReferenceInThePlaceOfTheSecretAndKeepsEverythingElse) {
  EXPECT_EQ(edited(R"({"version":1,"profiles":{"a:1":{"type":"api_key","provider":"a","key":"sk-test-1","email":"é"},)"
                   R"("t:1":{"type":"token","token":"tok-test-1","expires":12,"provider":"t"}},"more":[1.50]})",
                   {replacement("a:1", CredentialKind::api_key), replacement("t:1", CredentialKind::token)}),
            R"({"version":1,"profiles":{"a:1":{"type":"api_key","provider":"a",)"
            R"("keyRef":{"source":"exec","provider":"claviger","id":"profile/a:1"},"email":"é"},)"
            R"("t:1":{"type":"token","tokenRef":{"source":"exec","provider":"claviger","id":"profile/t:1"},)"
            R"("expires":12,"provider":"t"}},"more":[1.50]})");
}

TEST(SharedStore, LeavesOtherProfilesOtherTypesAndReferencesAlone) {
  const char* const store =
      R"({"profiles":{"o:1":{"type":"oauth","access":"at-test","key":"sk-test-1"},"r:1":{"type":"api_key",)"
      R"("keyRef":{"source":"env","id":"X"}},"n:1":7,"b:1":{"type":"api_key","key":"sk-test-2"}}})";
  EXPECT_EQ(edited(store, {replacement("o:1", CredentialKind::api_key), replacement("r:1", CredentialKind::api_key),
                           replacement("n:1", CredentialKind::api_key), replacement("none", CredentialKind::api_key)}),
            store);
}

TEST(SharedStore, DropsAReferenceThatTheSecretShadowed) {
  EXPECT_EQ(edited(R"({"profiles":{"a:1":{"type":"api_key","keyRef":{"source":"env","id":"X"},"key":"sk-test-1"}}})",
                   {replacement("a:1", CredentialKind::api_key)}),
            R"({"profiles":{"a:1":{"type":"api_key","keyRef":{"source":"exec","provider":"claviger","id":"profile/a:1"}}}})");
}

TEST(SharedStore, MakesNothingOfAStoreThatIsNoObject) {
  EXPECT_EQ(edited("[]", {replacement("a:1", CredentialKind::api_key)}), "");
}

}  // namespace
}  // namespace formats
