// SPDX-License-Identifier: Apache-2.0
#pragma once
// What OpenClaw's command says, read as the words of somebody who may be broken: anything that is not as expected is
// "unverified", never success, and never an exception.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/process/bounded_run.h"
#include "cli/words/json_output.h"

namespace cli {

// The object in a program's output; older ones print words before it. Null for anything else, and for what is nested
// deeper than 64 levels.
Json object_in(std::string_view output);

// Why it refused, in its own words (error.message of its JSON), safe to print; else how it ended.
std::string reason_of(const RunAnswer& answer);

struct AuditVerdict {
  enum class Kind { clean, findings, unresolved, unverified };
  Kind kind = Kind::unverified;
  std::string why{};  // for `unverified`
  std::int64_t refs_checked = 0;
  Json summary = nullptr;  // its own words; null when it printed no object
};

// `references`: OpenClaw has at least one reference to us, so an audit that checked none proves nothing.
AuditVerdict verdict_of(const RunAnswer& answer, bool references);
const char* name_of(AuditVerdict::Kind kind) noexcept;

}  // namespace cli
