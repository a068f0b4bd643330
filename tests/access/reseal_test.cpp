// SPDX-License-Identifier: Apache-2.0
#include "vault/access/reseal.h"
#include "tests/ledger/one_agent.h"

namespace vault::testing {
namespace {

class Resealing : public OneAgent {
 protected:
  Resealing() {
    put("A", "sk-test-a");
    put("B", "sk-test-b");
    AgentLedger ledger(*transaction_, agent());
    ledger.put(RecordKind::order, "openai", encode(ProviderOrder{ProviderId("OpenAI"), std::vector{ProfileId("p")}}),
               std::nullopt);
    ledger.put(RecordKind::usage, "p", encode(ProfileUsage{ProfileId("p"), {}}), std::nullopt);
    ledger.put(RecordKind::pin, "s", encode(SessionPin{"s", ProfileId("p"), {1}}), std::nullopt);
    const auto sealed =
        ledger.seal_secret(RecordKind::foreign, "openclaw", encode_secret_text(SecretString::copy_of("{}")));
    ledger.put(RecordKind::foreign, "openclaw", encode(ForeignSheet{"openclaw", sealed.revision}), sealed.bytes);
    ledger.finish();
    proceed();
  }

  ResealedAgent reseal() { return reseal_agent(*transaction_, *listed_, keyring_.root_keys(), new_key_, {1000}); }
  OpenAgent renewed() const {
    return {agent().vault, agent().id, agent().sheet, {derive_read_keys(new_key_), derive_write_keys(new_key_)}};
  }
  const AgentKey new_key_ = test_key<AgentKey>(6);
};

// J06
TEST_F(Resealing, KeepsEveryRecordUnderTheNewKey) {
  const auto result = reseal();
  EXPECT_EQ(result.records, 6U);
  const auto agent_now = renewed();
  AgentLedger ledger(*transaction_, agent_now);
  ledger.verify();
  EXPECT_EQ(value_in(ledger, "A"), "sk-test-a");
  EXPECT_EQ(value_in(ledger, "B"), "sk-test-b");
  EXPECT_EQ(decode_order(ledger.find(RecordKind::order, "openai")->sheet.reveal()).provider.text(), "OpenAI");
  EXPECT_TRUE(ledger.find(RecordKind::usage, "p") && ledger.find(RecordKind::pin, "s") &&
              ledger.find(RecordKind::foreign, "openclaw"));
  EXPECT_TRUE(ledger.find_damaged().empty());
  EXPECT_EQ(ledger.state().generation, result.mark.generation);
  EXPECT_EQ(ledger.state().digest, result.mark.digest);
}

TEST_F(Resealing, CountsOnFromTheOldGenerationAndPositions) {
  AgentLedger before(*transaction_, agent());
  const auto generation = before.state().generation;
  before.take_position();
  before.touch();
  before.finish();
  const auto result = reseal();
  EXPECT_GT(result.mark.generation, generation + 1);
  const auto agent_now = renewed();
  EXPECT_EQ(AgentLedger(*transaction_, agent_now).take_position(), 2U);
}

class ResealingALogin : public Resealing {
 protected:
  void put_login(CustodyState state, std::int64_t until = 0) {
    AgentLedger ledger(*transaction_, agent());
    ProfileSheet sheet{.id = ProfileId("openai:work"), .provider = ProviderId("openai")};
    sheet.kind = CredentialKind::oauth;
    const auto sealed = ledger.seal_secret(RecordKind::profile, "openai:work", encode(Credential()));
    sheet.secret_revision = sealed.revision;
    ledger.put(RecordKind::profile, "openai:work", encode(sheet), sealed.bytes);
    Custody custody{.profile = sheet.id, .entry = "openai", .endpoint = "https://auth.openai.com"};
    custody.secret = sealed.revision;
    custody.state = state;
    if (state == CustodyState::claimed) custody.claim = Claim{test_id<AttemptId>(1), test_id<HolderId>(2), {until}};
    ledger.put(RecordKind::custody, "openai:work", encode(custody), std::nullopt);
    ledger.finish();
    proceed();
  }
};

TEST_F(ResealingALogin, KeepsItsCustodyWithTheNewRevisionOfItsSecret) {
  put_login(CustodyState::settled);
  EXPECT_FALSE(reseal().claim);
  const auto agent_now = renewed();
  AgentLedger ledger(*transaction_, agent_now);
  const auto custody = decode_custody(ledger.find(RecordKind::custody, "openai:work")->sheet.reveal());
  const auto sheet = decode_profile_sheet(ledger.find(RecordKind::profile, "openai:work")->sheet.reveal());
  EXPECT_EQ(custody.secret, sheet.secret_revision);
  EXPECT_EQ(custody.endpoint, "https://auth.openai.com");
}

TEST_F(ResealingALogin, TellsOfAClaimThatStandsAndOfNoneThatIsOver) {
  put_login(CustodyState::claimed, 1000 - kClocksDifferByMs);
  EXPECT_FALSE(reseal().claim);
  transaction_.reset();
  transaction_ = storage_->begin(Access::write);
  put_login(CustodyState::claimed, 1001 - kClocksDifferByMs);
  EXPECT_EQ(reseal().claim->attempt, test_id<AttemptId>(1));
}

// A newer program's.
TEST_F(Resealing, RefusesARecordOfAKindThatItDoesNotKnow) {
  AgentLedger ledger(*transaction_, agent());
  const auto sealed = ledger.seal_secret(RecordKind(200), "x", bytes_of("sk-test-unknown"));
  ledger.put(RecordKind(200), "x", bytes_of("what nobody here can read"), sealed.bytes);
  ledger.finish();
  proceed();
  EXPECT_EQ(verifying(), std::nullopt);
  EXPECT_EQ(scanning(), std::nullopt);
  EXPECT_EQ(code_of([&] { return reseal(); }), ErrorCode::newer_format);
  EXPECT_EQ(value("A"), "sk-test-a");
}

TEST_F(Resealing, LeavesNothingThatTheOldKeyOpens) {
  const auto old_rows = key_of("A");
  reseal();
  EXPECT_FALSE(transaction_->record(old_rows));
  EXPECT_EQ(getting("A"), ErrorCode::damaged_record);
}

TEST_F(Resealing, RefusesASetThatIsNotRight) {
  transaction_->erase_record(key_of("A"));
  EXPECT_EQ(code_of([&] { return reseal(); }), ErrorCode::state_mismatch);
}

// R2: it is carried, and the new state says as the old one did that the set is not whole.
TEST_F(Resealing, CarriesARecordThatIsDamaged) {
  auto a = row("A");
  a.sealed_secret->back() ^= 1;
  auto b = row("B");
  b.sealed_sheet.back() ^= 1;
  transaction_->put_record(a);
  transaction_->put_record(b);
  const auto result = reseal();
  EXPECT_EQ(result.records, 4U);
  EXPECT_EQ(result.damaged, 2U);
  const auto agent_now = renewed();
  AgentLedger ledger(*transaction_, agent_now);
  EXPECT_EQ(ledger.state().record_count, 6U);
  EXPECT_EQ(ledger.find_damaged().size(), 2U);
  EXPECT_EQ(code_of([&] { return ledger.verify(), 0; }), ErrorCode::damaged_record);
  for (const auto& damaged : ledger.find_damaged()) transaction_->erase_record(damaged.key);
  EXPECT_EQ(code_of([&] { return ledger.verify(), 0; }), ErrorCode::state_mismatch);
}

}  // namespace
}  // namespace vault::testing
