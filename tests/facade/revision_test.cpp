// SPDX-License-Identifier: Apache-2.0
// Compare and set: who writes back what was read earlier says which revision that was.
#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

const ProfileId kLogin("openai:login");

Revision revision_now(const TestVault& vault, const ProfileId& id, const AgentName& agent = kMain) {
  return vault.read([&](Reading& reading) { return reading.revision_of(reading.find_profile(agent, id).value()); });
}

ProfileSheet write_back(TestVault& vault, const std::string& key, const std::optional<Revision>& seen) {
  return vault.write(
      [&](Writing& writing) { return writing.put_profile(kMain, sheet_of(kLogin.text()), key_credential(key), seen); });
}

TEST(Revisions, AreWhatTheyWereUntilTheRecordIsWritten) {
  TestVault vault;
  vault.put(kMain, kLogin.text(), "sk-test-1");
  const auto first = revision_now(vault, kLogin);
  vault.put(kMain, "openai:other", "sk-test-2");
  EXPECT_EQ(revision_now(vault, kLogin), first);
  vault.put(kMain, kLogin.text(), "sk-test-1");
  EXPECT_NE(revision_now(vault, kLogin), first);
}

TEST(Revisions, ChangeWithAnEditThatLeavesTheSecretAlone) {
  TestVault vault;
  auto sheet = vault.put(kMain, kLogin.text(), "sk-test-1");
  const auto first = revision_now(vault, kLogin);
  sheet.email = "ann@example.org";
  vault.write([&](Writing& writing) { writing.edit_profile(kMain, sheet, first); });
  EXPECT_NE(revision_now(vault, kLogin), first);
}

TEST(Revisions, AreTheOwnersForWhoInherits) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, kLogin.text(), "sk-test-1");
  EXPECT_EQ(revision_now(vault, kLogin, kWorker), revision_now(vault, kLogin));
}

TEST(CompareAndSet, ReplacesWhatWasNotWrittenSince) {
  TestVault vault;
  vault.put(kMain, kLogin.text(), "sk-test-1");
  write_back(vault, "sk-test-2", revision_now(vault, kLogin));
  EXPECT_EQ(vault.get(kMain, kLogin.text()), "sk-test-2");
}

TEST(CompareAndSet, RefusesTheSecondOfTwoThatReadTheSame) {
  TestVault vault;
  vault.put(kMain, kLogin.text(), "sk-test-read-by-both");
  const auto seen = revision_now(vault, kLogin);
  write_back(vault, "sk-test-first", seen);
  EXPECT_EQ(code_of([&] { return write_back(vault, "sk-test-second", seen); }), ErrorCode::already_exists);
  EXPECT_EQ(vault.get(kMain, kLogin.text()), "sk-test-first");
}

TEST(CompareAndSet, DoesNotBringBackWhatWasRemoved) {
  TestVault vault;
  vault.put(kMain, kLogin.text(), "sk-test-1");
  const auto seen = revision_now(vault, kLogin);
  vault.write([](Writing& writing) { writing.remove_profile(kMain, kLogin); });
  EXPECT_EQ(code_of([&] { return write_back(vault, "sk-test-2", seen); }), ErrorCode::not_found);
  EXPECT_EQ(vault.get(kMain, kLogin.text()), std::nullopt);
}

TEST(CompareAndSet, IsAboutTheAgentsOwnAndNoInheritedProfile) {
  TestVault vault;
  vault.add_agent(kWorker);
  vault.put(kMain, kLogin.text(), "sk-test-1");
  const auto seen = revision_now(vault, kLogin, kWorker);
  const auto put = [&](Writing& writing) {
    return writing.put_profile(kWorker, sheet_of(kLogin.text()), key_credential("sk-test-2"), seen);
  };
  EXPECT_EQ(code_of([&] { return vault.write(put); }), ErrorCode::not_found);
}

TEST(CompareAndSet, TellsDamageAsDamage) {
  TestVault vault;
  vault.put(kMain, kLogin.text(), "sk-test-1");
  const auto seen = revision_now(vault, kLogin);
  auto row = vault.row_of(kMain, kLogin.text());
  row.sealed_sheet.back() ^= 1;
  vault.raw([&](Transaction& transaction) { transaction.put_record(row); });
  EXPECT_EQ(code_of([&] { return write_back(vault, "sk-test-2", seen); }), ErrorCode::damaged_record);
}

TEST(CompareAndSet, RefusesAStaleEdit) {
  TestVault vault;
  auto sheet = vault.put(kMain, kLogin.text(), "sk-test-1");
  const auto seen = revision_now(vault, kLogin);
  vault.put(kMain, kLogin.text(), "sk-test-2");
  sheet.expiry = Expiry::at({5});
  const auto edit = [&](Writing& writing) { writing.edit_profile(kMain, sheet, seen); };
  EXPECT_EQ(code_of([&] { return vault.write(edit), 0; }), ErrorCode::already_exists);
}

TEST(CompareAndSet, RefusesAStaleVariable) {
  TestVault vault;
  const auto put = [&](const char* value, const std::optional<Revision>& seen) {
    return vault.write(
        [&](Writing& writing) { return writing.put_variable(kMain, "NAME", SecretString::copy_of(value), seen); });
  };
  put("one", {});
  const auto seen =
      vault.read([](Reading& reading) { return reading.revision_of(reading.find_variable(kMain, "NAME").value()); });
  put("two", seen);
  EXPECT_EQ(code_of([&] { return put("three", seen); }), ErrorCode::already_exists);
}

TEST(CompareAndSet, RefusesAStaleSecretOfTheConfiguration) {
  TestVault vault;
  const auto put = [&](const char* value, const std::optional<Revision>& seen) {
    return vault.write(
        [&](Writing& writing) { return writing.put_config_secret("a.b", SecretString::copy_of(value), seen); });
  };
  EXPECT_EQ(code_of([&] { return put("one", Revision{}); }), ErrorCode::not_found);
  put("one", {});
  const auto seen =
      vault.read([](Reading& reading) { return reading.revision_of(reading.find_config_secret("a.b").value()); });
  put("two", seen);
  EXPECT_EQ(code_of([&] { return put("three", seen); }), ErrorCode::already_exists);
}

}  // namespace
}  // namespace vault::testing
