// SPDX-License-Identifier: Apache-2.0
// P1: profiles that are taken one at a time are those that are read at once, and nothing of the text stays.
#include <gmock/gmock.h>

#include "import/openclaw/profiles.h"
#include "tests/import/openclaw/support.h"
#include "vault/base/encoding.h"

namespace formats::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kMain = "main";

vault::SecretPages pages_of(std::string_view text) { return vault::SecretPages::copy_of(vault::bytes_of(text)); }

vault::AgentBatch taken(std::string_view text) {
  auto pages = pages_of(text);
  return take_openclaw_profiles(pages, vault::AgentName(kMain));
}

// The batch that read_openclaw_profiles() makes, from the one whose profiles are coming.
vault::AgentBatch gathered(std::string_view text) {
  auto batch = taken(text);
  if (!batch.coming) return batch;
  batch.coming->hand_over([&](const vault::ProfileDraft& draft) {
    batch.profiles.push_back({draft.sheet, draft.credential.clone()});
  });
  return batch;
}

void expect_same(std::string_view text) {
  const auto at_once = read(text), one_by_one = gathered(text);
  ASSERT_EQ(one_by_one.profiles.size(), at_once.profiles.size());
  for (std::size_t i = 0; i < at_once.profiles.size(); ++i) {
    EXPECT_EQ(one_by_one.profiles[i].sheet, at_once.profiles[i].sheet);
    EXPECT_TRUE(one_by_one.profiles[i].credential.same_as(at_once.profiles[i].credential));
  }
  EXPECT_EQ(one_by_one.warnings, at_once.warnings);
  EXPECT_EQ(one_by_one.orders, at_once.orders);
  EXPECT_EQ(one_by_one.usage, at_once.usage);
  EXPECT_TRUE(one_by_one.foreign.same_as(at_once.foreign));
}

TEST(ComingProfiles, AreThoseThatAreReadAtOnce) {
  for (const char* name : {"store-2026.2.json"}) expect_same(sample(name));
  expect_same(
      R"({"profiles":[{"type":"api_key","provider":"p","key":"sk-test-1"},7,{"type":"token","provider":"q"}]})");
  expect_same(R"({"order":{"p":["a","gone"]},"profiles":{"a":{"type":"api_key","provider":"p","key":"${X}"},"b":1},
                  "version":2,"other":[1]})");
  expect_same(R"({"openai":{"key":"sk-test-flat"}})");
}

TEST(ComingProfiles, AreCountedBeforeTheyCome) {
  const auto batch =
      taken(R"({"profiles":{"a":{"type":"api_key","provider":"p"},"b":1,"c":{"type":"token","provider":"p"}}})");
  EXPECT_EQ(batch.coming->count(), 2U);
  EXPECT_THAT(batch.profiles, IsEmpty());
  EXPECT_FALSE(batch.empty());
  EXPECT_THAT(batch.coming->those_among({"a", "b", "x"}), ElementsAre("a"));
}

TEST(ComingProfiles, LeaveNothingOfTheTextBehind) {
  std::string text = R"({"profiles":{)";
  for (int i = 0; i < 20'000; ++i) {
    text += "\"p:" + std::to_string(i) + R"(":{"type":"api_key","provider":"p","key":"sk-test-)" +
            std::string(100, 'x') + "\"},";
  }
  text.back() = '}';
  auto pages = pages_of(text + "}");
  const auto* const at = reinterpret_cast<const char*>(pages.reveal().data());
  const auto batch = take_openclaw_profiles(pages, vault::AgentName(kMain));
  EXPECT_EQ(pages.size(), 0U);
  std::size_t count = 0;
  batch.coming->hand_over([&](const vault::ProfileDraft& draft) {
    EXPECT_EQ(draft.sheet.id.text(), "p:" + std::to_string(count));
    // Two million bytes further on the front is forgotten.
    if (++count == 15'000) EXPECT_EQ(std::string_view(at, 10), std::string_view("\0\0\0\0\0\0\0\0\0\0", 10));
  });
  EXPECT_EQ(count, 20'000U);
}

TEST(ComingProfiles, LeaveTheTextToWhoseDocumentWasRefused) {
  auto pages = pages_of(R"({"profiles":{"a":{"type":"api_key","provider":"p","key":"x"},}})");
  const auto size = pages.size();
  EXPECT_FALSE(refusal([&] { take_openclaw_profiles(pages, vault::AgentName(kMain)); }).empty());
  EXPECT_EQ(pages.size(), size);
}

}  // namespace
}  // namespace formats::test
