// SPDX-License-Identifier: Apache-2.0
// P1: what an import keeps of what it wrote, and how it notices what reads back otherwise.
#include "vault/applying/written_values.h"

#include <gmock/gmock.h>

#include "tests/facade/batches.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

class WrittenValue : public ::testing::Test {
 protected:
  WrittenValue() {
    sheet_ = sheet_of("p:a");
    sheet_.usable_fields = credential_.usable();
    values_.note(ProfileDraft{sheet_, credential_.clone()});
    values_.settle();
  }
  bool agrees() const { return values_.agrees(*values_.place_of(RecordKind::profile, "p:a"), sheet_, credential_); }

  ProfileSheet sheet_ = sheet_of("p:a");
  Credential credential_ = key_credential("sk-test-a");
  WrittenValues values_;
};

TEST_F(WrittenValue, AgreesWhateverTheVaultItselfAdds) {
  sheet_.created = sheet_.updated = Timestamp{5};
  sheet_.position = 7;
  sheet_.secret_revision.bytes[0] = 1;
  sheet_.fingerprint[0] = 1;
  EXPECT_TRUE(agrees());
}

// F05
TEST_F(WrittenValue, DoesNotAgreeWhenAnyOfWhatWasGivenIsOther) {
  const std::function<void(ProfileSheet&)> changes[] = {
      [](auto& sheet) { sheet.id = ProfileId("p:b"); },
      [](auto& sheet) { sheet.provider = ProviderId("OpenAI"); },
      [](auto& sheet) { sheet.kind = CredentialKind::token; },
      [](auto& sheet) { sheet.expiry = Expiry::at(Timestamp{1}); },
      [](auto& sheet) { sheet.expiry = Expiry::invalid("x"); },
      [](auto& sheet) { sheet.email = ""; },
      [](auto& sheet) { sheet.display_name = ""; },
      [](auto& sheet) {
        sheet.key_ref = SecretRef{"env", std::nullopt, "A"};
      },
      [](auto& sheet) {
        sheet.token_ref = SecretRef{"env", "p", "A"};
      },
      [](auto& sheet) { sheet.copy_to_agents = false; },
      [](auto& sheet) { sheet.usable_fields.insert(SecretField::refresh); },
      [](auto& sheet) { sheet.setup_replacement = true; },
      [](auto& sheet) { sheet.malformed_key = true; },
      [](auto& sheet) { sheet.unresolved_oauth_ref = true; },
      [](auto& sheet) { sheet.placeholder = true; }};
  int number = 0;
  for (const auto& change : changes) {
    const auto before = sheet_;
    change(sheet_);
    EXPECT_FALSE(agrees()) << number;
    sheet_ = before;
    EXPECT_TRUE(agrees()) << number++;
  }
}

TEST_F(WrittenValue, DoesNotAgreeWhenAnyOfTheSecretIsOther) {
  const auto before = credential_.clone();
  credential_.set(SecretField::key, SecretString::copy_of("sk-test-b"));
  EXPECT_FALSE(agrees());
  credential_ = before.clone();
  credential_.set(SecretField::refresh, SecretString());
  EXPECT_FALSE(agrees());
  credential_ = before.clone();
  credential_.set_foreign(SecretString::copy_of("{}"));
  EXPECT_FALSE(agrees());
}

TEST(WrittenValues, KeepTheLastOfEachName) {
  WrittenValues values;
  for (const char* text : {"1", "2", "3"}) values.note(VariableDraft{"A", SecretString::copy_of(text)});
  values.note(VariableDraft{"B", SecretString::copy_of("1")});
  values.note(ConfigSecretDraft{"A", SecretString::copy_of("1")});
  EXPECT_EQ(values.size(), 3U);
  EXPECT_TRUE(values.agrees(*values.place_of(RecordKind::variable, "A"), SecretString::copy_of("3")));
  EXPECT_FALSE(values.agrees(*values.place_of(RecordKind::variable, "A"), SecretString::copy_of("1")));
  EXPECT_FALSE(values.place_of(RecordKind::profile, "A"));
}

// Profiles of a source that makes one at a time, and counts how many there are at once.
class Counted final : public ComingProfiles {
 public:
  explicit Counted(std::size_t count) : count_(count) {}
  std::size_t count() const noexcept override { return count_; }
  std::set<std::string_view> those_among(const std::set<std::string_view>&) const override { return {}; }
  void hand_over(const std::function<void(const ProfileDraft&)>& take) override {
    for (std::size_t i = 0; i < count_; ++i) take(draft("p:" + std::to_string(i), "sk-test-" + std::to_string(i)));
    ++handed_over;
  }
  int handed_over = 0;

 private:
  std::size_t count_;
};

ImportBatch coming_batch(std::size_t count) {
  auto batch = batch_for(kMain);
  batch.agents.front().coming = std::make_unique<Counted>(count);
  return batch;
}

TEST(ApplyComing, TakesWhatComesOnceAndVerifiesItAfterwards) {
  TestVault vault;
  const auto batch = coming_batch(70);
  const auto report = apply_and_commit(vault, batch, OnConflict::fail);
  EXPECT_EQ(static_cast<const Counted&>(*batch.agents.front().coming).handed_over, 1);
  EXPECT_EQ(report.agents.front().added_profiles, 70U);
  EXPECT_EQ(vault.get(kMain, "p:69"), "sk-test-69");
  const auto verifying = [&] {
    return code_of([&] { vault.read([&](Reading& reading) { return verify_applied(reading, batch, report), 0; }); });
  };
  EXPECT_EQ(verifying(), std::nullopt);
  vault.put(kMain, "p:69", "sk-test-changed");
  EXPECT_EQ(verifying(), ErrorCode::committed_unverified);
}

TEST(ApplyComing, IsAllOrNothing) {
  TestVault vault;
  vault.put(kMain, "p:60", "sk-test-other");
  const auto batch = coming_batch(70);
  EXPECT_EQ(code_of([&] { apply_and_commit(vault, batch, OnConflict::fail); }), ErrorCode::already_exists);
  EXPECT_EQ(vault.get(kMain, "p:0"), std::nullopt);
}

TEST(ApplyComing, TellsItsProgressAsOfWhatIsThere) {
  TestVault vault;
  auto batch = coming_batch(3);
  batch.agents.front().profiles.push_back(draft("first", "sk-test-first"));
  std::vector<std::size_t> told;
  const auto report = vault.write([&](Writing& writing) {
    return apply(writing, batch, OnConflict::fail, [&](std::size_t done, std::size_t all) {
      EXPECT_EQ(all, 4U);
      told.push_back(done);
    });
  });
  EXPECT_THAT(told, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(report.agents.front().added, ElementsAre("first", "p:0", "p:1", "p:2"));
}

TEST(NameLists, KeepNamesOfAnyLengthInTheirOrder) {
  NameList names;
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < 3000; ++i) expected.push_back(std::string(i % 1025, 'x') + std::to_string(i));
  for (const auto& name : expected) names.push_back(name);
  EXPECT_EQ(names.size(), expected.size());
  EXPECT_TRUE(std::ranges::equal(names, expected));
  NameList twice = names;
  twice.append(names);
  EXPECT_EQ(std::distance(twice.begin(), twice.end()), 6000);
  EXPECT_EQ(NameList().begin(), NameList().end());
}

TEST(SkippedLists, KeepAReasonForEachName) {
  SkippedList list;
  list.push_back({"a", "exists"});
  list.push_back({"b", "unchanged"});
  list.push_back({"", "exists"});
  EXPECT_EQ(list.count("exists"), 2U);
  EXPECT_EQ((*std::next(list.begin())).id, "b");
  SkippedList other;
  other.push_back({"c", "details"});
  other.append(list);
  EXPECT_EQ(other.size(), 4U);
  EXPECT_EQ(other.front().reason, "details");
  EXPECT_EQ(other.count("exists"), 2U);
}

}  // namespace
}  // namespace vault::testing
