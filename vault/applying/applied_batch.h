// SPDX-License-Identifier: Apache-2.0
#pragma once
// Is what a batch brought in the vault, value for value? Asked before an import is committed, and after. For apply.cpp.

#include <functional>
#include <string>
#include <string_view>

#include "vault/applying/apply.h"

namespace vault {

inline constexpr std::string_view kForeignDocument = "openclaw";

// Do stored and given say the same, whatever the vault keeps beside?
bool says_the_same(const ProfileSheet& stored, const Credential& held, const ProfileDraft& draft);

// Calls `fail`, which throws, with the name of the first written secret that reads back otherwise; the last draft of a
// name is the one that was kept. Reads the agent's records once where many were written, and else looks each up.
using UnlikeWhatWasGiven = std::function<void(const std::string& name)>;
void require_secrets_held(Reading& reading, const AppliedAgent& applied, const UnlikeWhatWasGiven& fail);

}  // namespace vault
