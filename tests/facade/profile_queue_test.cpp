// SPDX-License-Identifier: Apache-2.0
// P7: going through all profiles takes no memory that grows with their contents.
#include "vault/profile_queue.h"

#include <gmock/gmock.h>

#include "tests/support/vault_builder.h"

namespace vault::testing {
namespace {

using ::testing::ElementsAre;

class AQueueOfProfiles : public ::testing::Test {
 protected:
  AQueueOfProfiles() {
    for (const auto* id : {"openai:c", "openai:a", "openai:b"}) vault_.put(kMain, id, "sk-test-" + std::string(id));
  }

  std::vector<std::string> ids(std::size_t room) {
    return vault_.read([&](Reading& reading) {
      auto& ledger = reading.session().open(kMain).ledger;
      ProfileQueue queue(ledger, room);
      ledger.scan([&](OpenRecord&& record) { queue.add(std::move(record)); });
      std::vector<std::string> seen;
      queue.for_each([&](const ProfileSheet& sheet, const OpenRecord& record) {
        EXPECT_NO_THROW(ledger.open_secret(record, sheet.secret_revision));
        seen.push_back(sheet.id.text());
      });
      return seen;
    });
  }

  TestVault vault_;
};

TEST_F(AQueueOfProfiles, GivesThemInTheOrderInWhichTheyWereAddedWhateverItsRoom) {
  for (const std::size_t room : {std::size_t{0}, std::size_t{2'000}, kRoomForRecords}) {
    EXPECT_THAT(ids(room), ElementsAre("openai:c", "openai:a", "openai:b")) << room;
  }
}

// A row of the same name that opens, too, but is not the one whose set was compared.
TEST_F(AQueueOfProfiles, RefusesARowThatWasExchangedBeforeItIsReadAgain) {
  vault_.read([&](Reading& reading) {
    auto& ledger = reading.session().open(kMain).ledger;
    std::optional<OpenRecord> met;
    ledger.scan([&](OpenRecord&& record) { met = std::move(record); });
    EXPECT_NO_THROW(ledger.read_again(met->kind, met->lookup, met->revision));
    met->revision.bytes[0] ^= 1;
    EXPECT_EQ(code_of([&] { return ledger.read_again(met->kind, met->lookup, met->revision).kind; }),
              ErrorCode::state_mismatch);
    return 0;
  });
}

}  // namespace
}  // namespace vault::testing
