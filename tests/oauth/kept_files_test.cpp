// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include "tests/oauth/world.h"
#include "tests/support/temporary_folder.h"

namespace vault::testing {
namespace {

class KeptReplies : public ::testing::Test {
 protected:
  KeptReplies() { vault_.add_agent(kWorker); }
  OpenAgent agent(const AgentName& name = kWorker) {
    opened_.emplace(vault_.open());
    auto session = opened_->session(Access::read);
    auto& found = session.open(name).agent;
    return std::move(found);
  }
  KeptReply sealed() {
    NewLogin login{sheet_of("openai:work"), {}};
    login.sheet.kind = CredentialKind::oauth;
    login.credential.set(SecretField::access, SecretString::copy_of("access-1"));
    login.credential.set(SecretField::refresh, SecretString::copy_of("refresh-1"));
    return seal_reply(keeping_keys(agent()), test_id<AttemptId>(1), test_id<Revision>(2), {42}, login);
  }

  TestVault vault_;
  std::optional<UnlockedVault> opened_;
};

TEST_F(KeptReplies, OpenAsTheyWereSealed) {
  const auto reply = sealed();
  EXPECT_EQ(reply.asked.ms, 42);
  const auto login = open_reply(agent(), reply);
  ASSERT_TRUE(login);
  EXPECT_EQ(login->sheet.id, ProfileId("openai:work"));
  EXPECT_EQ(login->credential.find(SecretField::refresh)->reveal(), "refresh-1");
}

TEST_F(KeptReplies, AreWrittenAndReadTheSameAndHoldNoSecretInTheOpen) {
  const auto reply = sealed();
  auto bytes = encode(reply);
  EXPECT_EQ(decode_kept_reply(bytes), reply);
  EXPECT_EQ(std::string(text_of(bytes)).find("refresh-1"), std::string::npos);
  bytes.resize(kRoomForAReply);
  EXPECT_EQ(decode_kept_reply(bytes), reply);
}

TEST_F(KeptReplies, AreNoneWhenCutOffOrOfAnotherForm) {
  const auto bytes = encode(sealed());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_kept_reply(ByteView(bytes).first(size))) << size;
  }
  EXPECT_FALSE(decode_kept_reply(Bytes(kRoomForAReply)));
  auto newer = bytes;
  newer[16] = 2;
  EXPECT_FALSE(decode_kept_reply(newer));
}

// The spent revision above all: with another, an old answer would take a newer one's place.
TEST_F(KeptReplies, OpenForNobodyOnceABitWasChanged) {
  const auto bytes = encode(sealed());
  const auto owner = agent();
  for (std::size_t at = 17; at < bytes.size(); at += 3) {
    auto changed = bytes;
    changed[at] ^= 1;
    const auto reply = decode_kept_reply(changed);
    EXPECT_FALSE(reply && open_reply(owner, *reply)) << at;
  }
}

TEST_F(KeptReplies, OpenForNoOtherAgent) { EXPECT_FALSE(open_reply(agent(kMain), sealed())); }

class KeptInAFolder : public KeptReplies {
 protected:
  TemporaryFolder folder_;
  KeptFileFolder files_{folder_ / "state"};
  const VaultId id_ = vault_.id();
};

TEST_F(KeptInAFolder, GoIntoTheRoomThatWasMadeForThem) {
  files_.make_room(id_, test_id<AttemptId>(1), kRoomForAReply);
  const auto path = folder_ / "state" / ("refresh-" + to_hex(id_.bytes) + "-" + to_hex(test_id<AttemptId>(1).bytes));
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(contents_of(path).size(), kRoomForAReply);
  EXPECT_TRUE(files_.all(id_).empty());
  const auto reply = sealed();
  files_.keep(id_, reply);
  EXPECT_EQ(contents_of(path).size(), kRoomForAReply);
  EXPECT_EQ(files_.all(id_), std::vector{reply});
  EXPECT_TRUE(files_.all(test_id<VaultId>(9)).empty());
  files_.remove(id_, reply.attempt);
  EXPECT_TRUE(files_.all(id_).empty());
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(KeptInAFolder, HaveNoRoomTwiceAndNoneWhereNoFileCanBeMade) {
  files_.make_room(id_, test_id<AttemptId>(1), kRoomForAReply);
  EXPECT_EQ(code_of([&] { return files_.make_room(id_, test_id<AttemptId>(1), kRoomForAReply), 0; }), ErrorCode::io);
  EXPECT_EQ(code_of([&] { return files_.make_room(id_, test_id<AttemptId>(2), kLongestKeptReply + 1), 0; }),
            ErrorCode::io);
  EXPECT_EQ(code_of([&] {
              return files_.keep(id_, KeptReply{{}, {}, test_id<AttemptId>(3), {}, {}, {}, {}}), 0;
            }),
            ErrorCode::io);
}

TEST_F(KeptInAFolder, PassOverWhatIsNoneOfThem) {
  EXPECT_TRUE(files_.all(id_).empty());
  files_.make_room(id_, test_id<AttemptId>(1), kRoomForAReply);
  const auto front = "refresh-" + to_hex(id_.bytes) + "-";
  place(folder_ / "state" / (front + "x"), "something else");
  place(folder_ / "state" / (front + "open"), std::string(text_of(encode(sealed()))), 0644);
  std::filesystem::create_directory(folder_ / "state" / (front + "folder"));
  EXPECT_TRUE(files_.all(id_).empty());
}

}  // namespace
}  // namespace vault::testing
