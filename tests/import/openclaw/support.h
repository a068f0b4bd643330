// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the OpenClaw tests share. Documents are compared by a JSON library that the program itself does not use.

#include <string>
#include <string_view>

#include "import/openclaw/profiles.h"
#include "import/openclaw/writer.h"

namespace formats::test {

std::string sample(std::string_view name);  // the file of this name in tests/samples/openclaw

// Empty when both are the same JSON; else the patch between them.
std::string json_difference(std::string_view left, std::string_view right);
// Empty when `larger` has every member and element that `smaller` has; else the path of the first that is missing.
std::string json_missing(std::string_view larger, std::string_view smaller);

std::string exported(const vault::AgentBatch& batch, OpenclawGeneration generation = OpenclawGeneration::v2026_2);
std::string exported_state(const vault::AgentBatch& batch);

vault::AgentBatch read(std::string_view text);  // as a document of agent main
// A store of one profile, "p:x", with these members.
std::string store_of(std::string_view members);

const vault::ProfileDraft& profile(const vault::AgentBatch& batch, std::string_view id);  // throws when there is none
std::string secret(const vault::ProfileDraft& draft, vault::SecretField field);           // "(none)" when it has none
std::string foreign(const vault::ProfileDraft& draft);

// "reason subject" of each, in their order.
std::vector<std::string> rejected(const std::vector<vault::ImportWarning>& warnings);
std::vector<std::string> noted(const std::vector<vault::ImportWarning>& warnings);

// The message of the bad_input that `action` must throw; anything else is a failure of the test.
template <class Action>
std::string refusal(Action action);

}  // namespace formats::test

#include <gtest/gtest.h>

#include "vault/base/error.h"

template <class Action>
std::string formats::test::refusal(Action action) {
  try {
    action();
  } catch (const vault::Error& error) {
    EXPECT_EQ(error.code(), vault::ErrorCode::bad_input);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}
