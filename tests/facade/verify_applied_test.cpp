// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/facade/batches.h"

namespace vault::testing {
namespace {

std::optional<ErrorCode> verifying(const TestVault& vault, const ImportBatch& batch, const ApplyReport& report) {
  return code_of(
      [&] { return vault.read([&](Reading& reading) { return verify_applied(reading, batch, report), 0; }); });
}

TEST(VerifyApplied, AgreesWithWhatWasJustCommitted) {
  TestVault vault;
  const auto batch = full_batch(kWorker);
  EXPECT_EQ(verifying(vault, batch, apply_and_commit(vault, batch, OnConflict::fail)), std::nullopt);
  EXPECT_EQ(verifying(vault, batch, apply_and_commit(vault, batch, OnConflict::fail)), std::nullopt);
}

// F05
TEST(VerifyApplied, NoticesAValueThatIsNotTheSources) {
  TestVault vault;
  const auto batch = full_batch(kWorker);
  const auto report = apply_and_commit(vault, batch, OnConflict::fail);
  vault.put(kWorker, "b", "sk-test-changed");
  EXPECT_EQ(verifying(vault, batch, report), ErrorCode::committed_unverified);
}

TEST(VerifyApplied, NoticesAnEntryThatIsGone) {
  TestVault vault;
  const auto batch = full_batch(kWorker);
  const auto report = apply_and_commit(vault, batch, OnConflict::fail);
  vault.write([](Writing& writing) { writing.remove_profile(kWorker, ProfileId("a")); });
  EXPECT_EQ(verifying(vault, batch, report), ErrorCode::committed_unverified);
}

TEST(VerifyApplied, NoticesAVariableThatIsNotTheSources) {
  TestVault vault;
  const auto batch = full_batch(kWorker);
  const auto report = apply_and_commit(vault, batch, OnConflict::fail);
  vault.write([](Writing& writing) { writing.put_variable(kWorker, "NAME", SecretString::copy_of("other")); });
  EXPECT_EQ(verifying(vault, batch, report), ErrorCode::committed_unverified);
}

// The shared profile of the same name does not stand in for a missing own one.
TEST(VerifyApplied, DoesNotTakeAnInheritedProfileForTheOwn) {
  TestVault vault;
  const auto batch = full_batch(kWorker);
  const auto report = apply_and_commit(vault, batch, OnConflict::fail);
  vault.put(kMain, "a", "sk-test-a");
  vault.write([](Writing& writing) { writing.remove_profile(kWorker, ProfileId("a")); });
  EXPECT_EQ(verifying(vault, batch, report), ErrorCode::committed_unverified);
}

TEST(VerifyApplied, AsksNothingOfWhatWasSkipped) {
  TestVault vault;
  vault.put(kMain, "a", "sk-test-held");
  const auto batch = full_batch(kMain);
  EXPECT_EQ(verifying(vault, batch, apply_and_commit(vault, batch, OnConflict::skip)), std::nullopt);
}

TEST(VerifyApplied, KeepsProfilesAndVariablesOfOneNameApart) {
  TestVault vault;
  vault.put(kMain, "NAME", "sk-test-held");
  auto batch = batch_for(kMain);
  batch.agents.front().profiles.push_back(draft("NAME", "sk-test-other"));
  batch.agents.front().variables.push_back({"NAME", SecretString::copy_of("value")});
  EXPECT_EQ(verifying(vault, batch, apply_and_commit(vault, batch, OnConflict::skip)), std::nullopt);
}

TEST(VerifyApplied, NoticesAnOrderThatIsNotTheSources) {
  TestVault vault;
  const auto batch = full_batch(kWorker);
  const auto report = apply_and_commit(vault, batch, OnConflict::fail);
  vault.write([](Writing& writing) { writing.put_order(kWorker, {ProviderId("openai")}); });
  EXPECT_EQ(verifying(vault, batch, report), ErrorCode::committed_unverified);
}

}  // namespace
}  // namespace vault::testing
