// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> ids_in(const AgentView& view) {
  std::vector<std::string> ids;
  for (const auto& seen : view.profiles) ids.push_back(seen.sheet.id.text());
  return ids;
}

TEST(PutProfile, GivesTheSecretBack) {
  TestVault vault;
  vault.put(kMain, "openai:work", "sk-test-1");
  EXPECT_EQ(vault.get(kMain, "openai:work"), "sk-test-1");
  EXPECT_EQ(vault.get(kMain, "openai:Work"), std::nullopt);
}

TEST(PutProfile, KeepsEveryFieldOfTheCredential) {
  TestVault vault;
  Credential credential;
  for (const auto field : kSecretFields)
    credential.set(field, SecretString::copy_of("sk-test-" + std::string(name_of(field))));
  credential.set_foreign(SecretString::copy_of(R"({"clientId":"c"})"));
  auto sheet = sheet_of("p");
  sheet.kind = CredentialKind::oauth;
  sheet.expiry = Expiry::at({5});
  sheet.email = "someone@example.com";
  vault.write([&](Writing& writing) { writing.put_profile(kMain, sheet, credential); });
  vault.read([&](Reading& reading) {
    const auto seen = reading.find_profile(kMain, ProfileId("p"));
    EXPECT_TRUE(reading.credential_of(*seen).same_as(credential));
    EXPECT_EQ(seen->sheet.email, sheet.email);
    EXPECT_EQ(seen->sheet.expiry, sheet.expiry);
    EXPECT_EQ(seen->sheet.usable_fields, credential.usable());
    return 0;
  });
}

TEST(PutProfile, SetsWhatIsTheVaultsToSet) {
  TestVault vault;
  auto given = sheet_of("p");
  given.created = given.updated = {1};
  given.position = 99;
  given.fingerprint = {1};
  given.secret_revision = test_id<Revision>(1);
  given.usable_fields = SecretFieldSet(0x1F);
  const auto stored =
      vault.write([&](Writing& writing) { return writing.put_profile(kMain, given, key_credential("sk-test-1")); });
  EXPECT_EQ(stored.created, vault.now());
  EXPECT_EQ(stored.updated, vault.now());
  EXPECT_EQ(stored.position, 1U);
  EXPECT_NE(stored.fingerprint, given.fingerprint);
  EXPECT_NE(stored.secret_revision, given.secret_revision);
  EXPECT_EQ(stored.usable_fields, SecretFieldSet(1));
  EXPECT_EQ(vault.view(kMain).find(ProfileId("p"))->sheet, stored);
}

TEST(PutProfile, KeepsPositionAndCreationTimeOfWhatItReplaces) {
  TestVault vault;
  const auto first = vault.put(kMain, "a", "sk-test-1");
  vault.put(kMain, "b", "sk-test-2");
  vault.pass(1000);
  const auto second = vault.put(kMain, "a", "sk-test-3");
  EXPECT_EQ(second.position, first.position);
  EXPECT_EQ(second.created, first.created);
  EXPECT_EQ(second.updated.ms, first.updated.ms + 1000);
  EXPECT_EQ(vault.get(kMain, "a"), "sk-test-3");
  EXPECT_THAT(ids_in(vault.view(kMain)), ElementsAre("a", "b"));
}

TEST(PutProfile, ListsProfilesInTheOrderTheyWereAdded) {
  TestVault vault;
  for (const auto* id : {"zz", "aa", "mm"}) vault.put(kMain, id, "sk-test-1");
  EXPECT_THAT(ids_in(vault.view(kMain)), ElementsAre("zz", "aa", "mm"));
  vault.write([](Writing& writing) { writing.remove_profile(kMain, ProfileId("zz")); });
  vault.put(kMain, "zz", "sk-test-1");
  EXPECT_THAT(ids_in(vault.view(kMain)), ElementsAre("aa", "mm", "zz"));
}

TEST(Fingerprints, AreEqualForEqualSecretsOfOneAgent) {
  TestVault vault;
  vault.add_agent(kWorker);
  const auto one = vault.put(kMain, "a", "sk-test-same");
  EXPECT_EQ(vault.put(kMain, "b", "sk-test-same").fingerprint, one.fingerprint);
  EXPECT_NE(vault.put(kMain, "c", "sk-test-other").fingerprint, one.fingerprint);
  EXPECT_NE(vault.put(kWorker, "a", "sk-test-same").fingerprint, one.fingerprint);
}

TEST(EditProfile, ChangesTheSheetAndNotTheSecret) {
  TestVault vault;
  const auto stored = vault.put(kMain, "p", "sk-test-1");
  const auto secret = vault.row_of(kMain, "p").sealed_secret;
  vault.pass(500);
  auto edited = stored;
  edited.email = "new@example.com";
  edited.position = 77;
  edited.secret_revision = test_id<Revision>(3);
  edited.fingerprint = {};
  vault.write([&](Writing& writing) { writing.edit_profile(kMain, edited); });
  EXPECT_EQ(vault.row_of(kMain, "p").sealed_secret, secret);
  const auto sheet = vault.view(kMain).find(ProfileId("p"))->sheet;
  EXPECT_EQ(sheet.email, "new@example.com");
  EXPECT_EQ(sheet.position, stored.position);
  EXPECT_EQ(sheet.secret_revision, stored.secret_revision);
  EXPECT_EQ(sheet.fingerprint, stored.fingerprint);
  EXPECT_EQ(sheet.updated.ms, stored.updated.ms + 500);
  EXPECT_EQ(vault.get(kMain, "p"), "sk-test-1");
}

TEST(EditProfile, TakesOnlyTheAgentsOwn) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, "p", "sk-test-1");
  EXPECT_EQ(
      code_of([&] { return vault.write([](Writing& writing) { writing.edit_profile(kWorker, sheet_of("p")); }), 0; }),
      ErrorCode::not_found);
}

TEST(RemoveProfile, TakesItsUsageAndPinsAlong) {
  TestVault vault;
  vault.put(kMain, "a", "sk-test-1");
  vault.put(kMain, "b", "sk-test-2");
  vault.write([](Writing& writing) {
    UsageStats stats;
    stats.last_used = Timestamp{1};
    for (const auto* id : {"a", "b"}) {
      writing.put_usage(kMain, {ProfileId(id), stats});
      writing.put_pin(kMain, {"session-" + std::string(id), ProfileId(id), {1}});
    }
    writing.put_order(kMain, {ProviderId("openai"), std::vector{ProfileId("a"), ProfileId("b")}});
    writing.remove_profile(kMain, ProfileId("a"));
  });
  const auto view = vault.view(kMain);
  EXPECT_THAT(ids_in(view), ElementsAre("b"));
  EXPECT_EQ(view.usage.size(), 1U);
  ASSERT_EQ(view.pins.size(), 1U);
  EXPECT_EQ(view.pins.front().profile.text(), "b");
  // H03: the order still means what was left out of it.
  EXPECT_THAT(*view.order_of(ProviderId("openai")), ElementsAre(ProfileId("a"), ProfileId("b")));
}

TEST(RemoveProfile, ReportsOneThatIsNotThere) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, "p", "sk-test-1");
  for (const auto& [agent, id] : {std::pair{kMain, "q"}, {kWorker, "p"}}) {
    EXPECT_EQ(code_of([&] {
                return vault.write([&](Writing& writing) { writing.remove_profile(agent, ProfileId(id)); }), 0;
              }),
              ErrorCode::not_found);
  }
}

// E03: ids are the person's, but they stay out of error texts that go to logs.
TEST(ProfileErrors, QuoteNoSecret) {
  TestVault vault;
  const Error error = error_of([&] {
    return vault.write([](Writing& writing) { writing.remove_profile(kMain, ProfileId("sk-test-pasted")); }), 0;
  });
  EXPECT_EQ(std::string(error.what()).find("sk-test"), std::string::npos);
}

TEST(ForEachOwnProfile, VisitsSheetAndSecretInOrder) {
  TestVault vault;
  vault.put(kMain, "z", "sk-test-z");
  vault.put(kMain, "a", "sk-test-a");
  vault.write([](Writing& writing) { writing.put_variable(kMain, "V", SecretString::copy_of("x")); });
  std::vector<std::string> seen;
  vault.read([&](Reading& reading) {
    reading.for_each_own_profile(kMain, [&](const ProfileSheet& sheet, const Credential& credential) {
      seen.push_back(sheet.id.text() + "=" + std::string(credential.find(SecretField::key)->reveal()));
    });
    return 0;
  });
  EXPECT_THAT(seen, ElementsAre("z=sk-test-z", "a=sk-test-a"));
}

// F13: the largest that fits, and one byte more.
TEST(PutProfile, RefusesWhatIsTooLargeAndKeepsWhatWasThere) {
  TestVault vault;
  vault.put(kMain, "p", "sk-test-1");
  EXPECT_EQ(code_of([&] { return vault.put(kMain, "p", std::string(std::size_t{1} << 20, 'x')); }),
            ErrorCode::bad_input);
  EXPECT_EQ(vault.get(kMain, "p"), "sk-test-1");
  const std::string large((std::size_t{1} << 20) - 6, 'x');
  vault.put(kMain, "p", large);
  EXPECT_EQ(vault.get(kMain, "p"), large);
}

// Fault S7
TEST(Bounds, OfSheetsAndSessionsAreEnforcedByEveryWriting) {
  TestVault vault;
  vault.put(kMain, "openai:a", "sk-test-1");
  auto sheet = sheet_of("openai:a");
  sheet.email = std::string(kLongestLabel + 1, 'x');
  const auto refused = [&](auto&& change) {
    return code_of([&] {
      vault.write(change);
      return 0;
    });
  };
  EXPECT_EQ(refused([&](Writing& writing) { writing.put_profile(kMain, sheet, key_credential("sk-test-2")); }),
            ErrorCode::bad_input);
  EXPECT_EQ(refused([&](Writing& writing) { writing.edit_profile(kMain, sheet); }), ErrorCode::bad_input);
  EXPECT_EQ(refused([&](Writing& writing) {
              writing.put_pin(kMain, {"", ProfileId("openai:a"), {}});
            }),
            ErrorCode::bad_input);
  EXPECT_EQ(vault.get(kMain, "openai:a"), "sk-test-1");
}

}  // namespace
}  // namespace vault::testing
