// SPDX-License-Identifier: Apache-2.0
#pragma once
// A vault with the shared agent, one that inherits from it and one that does not, each with a profile; and its tokens.

#include <gtest/gtest.h>

#include "tests/support/vault_builder.h"
#include "vault/access/slots.h"

namespace vault::testing {

class ThreeAgents : public ::testing::Test {
 protected:
  ThreeAgents() {
    vault_.add_agent(kWorker);
    vault_.add_agent(kOther, Inheritance::isolated);
    vault_.put(kMain, "shared", "sk-test-shared");
    vault_.put(kWorker, "own", "sk-test-own");
    vault_.put(kOther, "hidden", "sk-test-hidden");
  }
  std::string issue(const TokenRequest& request) {
    auto opened = vault_.open();
    auto writing = opened.write();
    const auto token = issue_token(writing, opened.keyring(), request);
    writing.commit();
    return std::string(token.reveal());
  }
  UnlockedVault with(const std::string& token) const {
    return vault_.locked().unlock(TokenUnlocker(parse_agent_token(token)));
  }

  TestVault vault_;
};

}  // namespace vault::testing
