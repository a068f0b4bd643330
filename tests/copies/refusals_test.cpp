// SPDX-License-Identifier: Apache-2.0
// An answer of the server counts, a refusal too; and what is older than what this host has seen is nobody's answer.
#include <gmock/gmock.h>

#include "tests/copies/fleet.h"

namespace vault::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class Refusals : public Fleet {};

TEST_F(Refusals, OfATokenThatWasRevokedTakesItsCopyAway) {
  vault_.add_agent(kWorker, Inheritance::isolated);
  vault_.put(kWorker, "openai:b", "sk-test-worker");
  use_token(new_token(kWorker, SharedProfiles::excluded));
  get(kWorker, "openai:b");
  vault_.raw([&](Transaction& transaction) { transaction.erase_key_slot(*key_.slot); });
  EXPECT_EQ(get(kWorker, "openai:b"), "sk-test-worker") << "until it asks";
  pass(60'000);
  EXPECT_EQ(code_of([&] { get(kWorker, "openai:b"); }), ErrorCode::wrong_key);
  EXPECT_THAT(folder().slots(), IsEmpty());
  server_.away = true;
  EXPECT_EQ(code_of([&] { get(kWorker, "openai:b"); }), ErrorCode::io);
}

TEST_F(Refusals, OfALoginOrASchemaEndTheCommandAndLeaveTheCopy) {
  get();
  for (const auto code : {ErrorCode::denied, ErrorCode::vault_missing, ErrorCode::not_a_vault, ErrorCode::newer_format,
                          ErrorCode::tampered_schema, ErrorCode::io}) {
    pass(60'000);
    server_.refusal = code;
    EXPECT_EQ(code_of([&] { get(); }), code);
    EXPECT_THAT(folder().slots(), SizeIs(1));
  }
  server_.refusal.reset();
  EXPECT_EQ(get(), "sk-test-first");
}

TEST_F(Refusals, AServerBelowThisHostsMarkIsNotAnsweredFromAndTheCopyStays) {
  const auto old = vault_.snapshot();
  vault_.put(kMain, "openai:a", "sk-test-second");
  get();
  vault_.put_back(old);
  pass(60'000);
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::rolled_back);
  EXPECT_THAT(folder().slots(), SizeIs(1));
}

TEST_F(Refusals, ACopyBelowThisHostsMarkIsNotAnsweredFrom) {
  get();
  vault_.put(kMain, "openai:a", "sk-test-second");
  TestVault* const vault = &vault_;
  auto options = vault->options();
  options.marks = marks_;
  auto writer = Vault::open(vault_.storage(), options).unlock(unlocker_);
  writer.accept_as_newest();
  EXPECT_EQ(asked_for([&] { EXPECT_EQ(get(), "sk-test-second"); }), 1);
  vault_.put(kMain, "openai:a", "sk-test-third");
  writer.accept_as_newest();
  server_.away = true;
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::io) << "nor while the server is away";
}

TEST_F(Refusals, NothingIsKeptOfRowsThatAreNotWhole) {
  const auto row = vault_.row_of(kMain, "openai:a");
  vault_.raw([&](Transaction& transaction) {
    auto damaged = row;
    damaged.sealed_sheet.back() ^= 1;
    transaction.put_record(damaged);
  });
  EXPECT_FALSE(answer().by_copy);
  EXPECT_EQ(code_of([&] { get(); }), ErrorCode::damaged_record);
  EXPECT_THAT(folder().slots(), IsEmpty());
  EXPECT_THAT(marks_->all(vault_.id()), IsEmpty());
  EXPECT_THAT(warned_, IsEmpty()) << "whoever lists it tells";
}

}  // namespace
}  // namespace vault::testing
