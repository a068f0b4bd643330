// SPDX-License-Identifier: Apache-2.0
// D08, D09: after a vault was used and closed, none of its secrets is left in memory.
#include <gtest/gtest.h>

#include "tests/hardening/memory_scan.h"
#include "tests/support/bytes.h"
#include "tests/support/temporary_folder.h"
#include "vault/access/rekey.h"
#include "vault/applying/apply.h"
#include "vault/base/error.h"
#include "vault/crypto/random.h"
#include "vault/crypto/secret_text.h"
#include "vault/keys/key_file.h"
#include "vault/keys/passphrase.h"
#include "vault/keys/recovery_code.h"
#include "vault/vault_file.h"

namespace vault::testing {
namespace {

// A secret of its own for every test, made at run time: the program's constants do not hold it.
class Canary {
 public:
  explicit Canary(std::size_t size = 40) : needle_(make(size)) {}
  SecretString secret() const {
    SecretBytes bytes(needle_.size());
    needle_.write_to(reinterpret_cast<char*>(bytes.writable().data()));
    return SecretString(std::move(bytes));
  }
  void expect_gone() const {
    for (const auto& place : places_of(needle_)) ADD_FAILURE() << "the secret still lies in " << place;
  }
  const Needle& needle() const { return needle_; }

 private:
  static Needle make(std::size_t size) {
    SecretBytes bytes(size);
    fill_random(bytes.writable());
    for (auto& byte : bytes.writable()) byte = static_cast<std::uint8_t>('a' + byte % 26);
    return Needle::of(text_of(bytes.reveal()));
  }
  Needle needle_;
};

class UsedVault : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "the sanitizer keeps what was freed";
#endif
    id_ = make_vault_id();
    path_ = folder_ / "vault.db";
    std::vector<NewSlot> slots;
    slots.push_back({SlotKind::key_file, test_key<SlotKey>(3), {}});
    create_vault_file(path_, id_, slots);
  }
  UnlockedVault open(Access access) const {
    return open_vault_file(path_, access).unlock(KeyFileUnlocker({id_, test_key<SlotKey>(3)}));
  }
  static Credential credential_of(const Canary& canary) {
    Credential credential;
    credential.set(SecretField::key, canary.secret());
    return credential;
  }
  void put(const Canary& canary) const {
    auto vault = open(Access::write);
    auto writing = vault.write();
    writing.put_profile(kMain, {.id = ProfileId("openai:a"), .provider = ProviderId("openai")}, credential_of(canary));
    writing.put_variable(kMain, "NAME", canary.secret());
    writing.commit();
  }

  const AgentName kMain = AgentName::shared();
  TemporaryFolder folder_;
  std::filesystem::path path_;
  VaultId id_;
};

TEST_F(UsedVault, TheScanFindsWhatIsThere) {
  const Canary canary;
  const auto secret = canary.secret();
  EXPECT_FALSE(places_of(canary.needle()).empty());
}

TEST_F(UsedVault, PuttingASecretLeavesNoneOfIt) {
  const Canary canary;
  put(canary);
  canary.expect_gone();
}

TEST_F(UsedVault, NorOfALongOne) {
  const Canary canary(100'000);
  put(canary);
  canary.expect_gone();
}

TEST_F(UsedVault, GettingASecretLeavesNoneOfIt) {
  const Canary canary;
  put(canary);
  {
    auto vault = open(Access::read);
    auto reading = vault.read();
    const auto seen = reading.find_profile(kMain, ProfileId("openai:a"));
    const auto credential = reading.credential_of(*seen);
    EXPECT_TRUE(credential.find(SecretField::key)->same_as(canary.secret()));
    const auto variable = reading.find_variable(kMain, "NAME");
    EXPECT_TRUE(reading.value_of(*variable).same_as(canary.secret()));
  }
  canary.expect_gone();
}

TEST_F(UsedVault, ApplyingABatchLeavesNoneOfIt) {
  const Canary canary;
  {
    ImportBatch batch;
    AgentBatch agent{kMain};
    agent.profiles.push_back({{.id = ProfileId("openai:a"), .provider = ProviderId("openai")}, credential_of(canary)});
    agent.variables.push_back({"NAME", canary.secret()});
    batch.agents.push_back(std::move(agent));
    auto vault = open(Access::write);
    ApplyReport report;
    {
      auto writing = vault.write();
      report = apply(writing, batch, OnConflict::fail);
      writing.commit();
    }
    auto reading = vault.read();
    verify_applied(reading, batch, report);
  }
  canary.expect_gone();
}

TEST_F(UsedVault, ChangingTheKeysLeavesNoneOfIt) {
  const Canary canary;
  put(canary);
  {
    auto vault = open(Access::write);
    RekeyPlan plan;
    plan.root = true;
    plan.held.push_back({vault.opened_with()->slot, vault.opened_with()->key.clone()});
    rekey(vault, plan);
  }
  canary.expect_gone();
}

TEST_F(UsedVault, AWritingThatFailedLeavesNoneOfIt) {
  const Canary canary;
  {
    auto vault = open(Access::write);
    auto writing = vault.write();
    writing.put_profile(kMain, {.id = ProfileId("openai:a"), .provider = ProviderId("openai")}, credential_of(canary));
    EXPECT_THROW(writing.put_profile(AgentName("nobody"), {.id = ProfileId("x"), .provider = ProviderId("x")},
                                     credential_of(canary)),
                 Error);
  }
  canary.expect_gone();
}

TEST_F(UsedVault, APassphraseAndTheKeyItGaveAreGone) {
  const Canary canary;
  Needle key;
  {
    const auto parameters = passphrase_parameters(kLeastArgon2Cost);
    const auto secret = canary.secret();
    auto slot_key = passphrase_slot_key(bytes_of(secret.reveal()), parameters);
    key = Needle::of(text_of(slot_key.reveal()));
    auto vault = open(Access::write);
    auto writing = vault.write();
    add_root_slot(writing, vault.keyring(), {SlotKind::passphrase, std::move(slot_key), parameters});
    writing.commit();
  }
  {
    auto vault = open_vault_file(path_, Access::read)
                     .unlock(PassphraseUnlocker(SecretBytes::copy_of(bytes_of(canary.secret().reveal()))));
    EXPECT_TRUE(vault.holds_root());
  }
  canary.expect_gone();
  EXPECT_EQ(places_of(key), std::vector<std::string>{});
}

TEST_F(UsedVault, TheRootKeyIsGone) {
  Needle root;
  {
    auto vault = open(Access::read);
    root = Needle::of(text_of(vault.keyring().root().reveal()));
    EXPECT_FALSE(places_of(root).empty());
    auto reading = vault.read();
    reading.view(kMain);
  }
  EXPECT_EQ(places_of(root), std::vector<std::string>{});
}

TEST_F(UsedVault, ATokensTextAndKeyringAreGone) {
  const Canary canary;
  put(canary);
  Needle text;
  {
    auto vault = open(Access::write);
    auto writing = vault.write();
    const auto token = issue_token(writing, vault.keyring(), {kMain, SharedProfiles::excluded, std::nullopt});
    text = Needle::of(token.reveal());
    writing.commit();
  }
  EXPECT_EQ(places_of(text), std::vector<std::string>{});
}

// Far down the stack, where the scan's own frames do not write over what was left.
template <class Work>
[[gnu::noinline]] void deep_down(Work&& work) {
  volatile char room[256 * 1024];
  room[0] = 1;
  work();
  room[1] = room[0];
}

TEST_F(UsedVault, TheScanFindsWhatWasLeftDeepDown) {
  const Canary canary;
  deep_down([&] {
    volatile char left[64];
    const auto secret = canary.secret();
    for (std::size_t i = 0; i < secret.size(); ++i) left[i] = secret.reveal()[i];
  });
  EXPECT_FALSE(places_of(canary.needle()).empty());
}

// Fault S6: the hash behind a checksum reads the key itself, in frames of the library's own.
TEST_F(UsedVault, TheKeyInATokenIsGoneOnceItWasMade) {
  Needle key;
  deep_down([&] {
    const auto token = make_agent_token();
    key = Needle::of(text_of(token.key.reveal()));
    to_text(token);
  });
  EXPECT_EQ(places_of(key), std::vector<std::string>{});
}

TEST_F(UsedVault, TheKeyInATokenIsGoneOnceItWasRead) {
  Needle key;
  const auto text = to_text(make_agent_token());
  deep_down([&] { key = Needle::of(text_of(parse_agent_token(text.reveal()).key.reveal())); });
  EXPECT_EQ(places_of(key), std::vector<std::string>{});
}

TEST_F(UsedVault, TheKeyInARecoveryCodeIsGoneOnceItWasMadeAndRead) {
  Needle key;
  deep_down([&] {
    const auto made = make_recovery_key();
    key = Needle::of(text_of(made.reveal()));
    parse_recovery_code(to_recovery_code(made).reveal());
  });
  EXPECT_EQ(places_of(key), std::vector<std::string>{});
}

}  // namespace
}  // namespace vault::testing
