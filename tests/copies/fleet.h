// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault in memory that plays the server, and one host of its fleet: a state folder, a clock turned by hand.

#include <sys/stat.h>

#include "tests/storage/private_folder.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"
#include "vault/copies/copies.h"

namespace vault::testing {

inline constexpr BootId kFirstBoot{1}, kSecondBoot{2};

class FakeServer : public AskedServer {
 public:
  explicit FakeServer(const TestVault& vault) : vault_(vault) {}
  std::unique_ptr<Storage> open(Deadline) override {
    ++asked;
    if (away) throw Error(ErrorCode::io, "the database server does not answer");
    if (refusal) throw Error(*refusal, "the database server refuses");
    return vault_.storage();
  }
  bool gave_no_answer(const Error& error) const override { return away && error.code() == ErrorCode::io; }
  void wait_longer() override {}

  int asked = 0;
  bool away = false;
  std::optional<ErrorCode> refusal;

 private:
  const TestVault& vault_;
};

class Fleet : public ::testing::Test {
 protected:
  Fleet() {
    vault_.put(kMain, "openai:a", "sk-test-first");
    key_.unlocker = &unlocker_;
    key_.unlock = [this](Vault locked) { return std::move(locked).unlock(*key_.unlocker); };
  }

  Copies copies() {
    VaultOptions options = vault_.options();
    options.marks = marks_;
    return {CopyFolder(state(), "place"), options, times_, [this](const std::string& why) { warned_.push_back(why); },
            [this] { return now_; }};
  }
  std::filesystem::path state() const { return folder_.path() / "state"; }
  CopyFolder folder() const { return {state(), "place"}; }
  SlotId slot() const { return vault_.locked().slots().front().id; }
  std::filesystem::path file() const { return folder().file_of(slot()); }

  Answered answer() { return copies().answer(server_, key_); }
  // What the host answers for a profile, whoever it asks.
  std::optional<std::string> get(const AgentName& agent = kMain, const std::string& id = "openai:a") {
    auto answered = answer();
    auto reading = answered.vault.read();
    return TestVault::key_in(reading, agent, id);
  }
  // How often the server is asked for one answer.
  int asked_for(const std::function<void()>& what) {
    const int before = server_.asked;
    what();
    return server_.asked - before;
  }
  void pass(std::int64_t ms) {
    now_.wall.ms += ms;
    now_.ms_since_boot += ms;
  }
  std::string new_token(const AgentName& agent, SharedProfiles shared) {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto token = issue_token(writing, opened.keyring(), {agent, shared, std::nullopt});
    writing.commit();
    return std::string(token.reveal());
  }
  void use_token(const std::string& text) {
    token_ = std::make_unique<TokenUnlocker>(parse_agent_token(text));
    key_.unlocker = token_.get();
    key_.slot = parse_agent_token(text).slot;
  }

  vault::test::PrivateFolder folder_;
  TestVault vault_;
  std::shared_ptr<MemoryMarks> marks_ = std::make_shared<MemoryMarks>();
  FakeServer server_{vault_};
  KeyFileUnlocker unlocker_{{vault_.id(), vault_.slot_key()}};
  std::unique_ptr<TokenUnlocker> token_;
  KeyForCopies key_;
  CopyTimes times_;
  Moment now_{{1'800'000'000'000}, kFirstBoot, 5'000'000};
  std::vector<std::string> warned_;
};

}  // namespace vault::testing
