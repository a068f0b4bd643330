// SPDX-License-Identifier: Apache-2.0
#pragma once
// What wiring says: one JSON object, or sentences.

#include "cli/openclaw/wire/wiring.h"

namespace cli {

class Context;

enum class WireMode { print, dry_run, apply };

Json wire_report(const WireJob& job, const WireOutcome& outcome, WireMode mode);

// Before anything is done: what can be replaced, what stays and why.
void tell_plan(const Context& context, const WireJob& job, WireMode mode);
// Afterwards: what was done and is left to do; what went wrong comes last.
void tell_outcome(const Context& context, const WireJob& job, const WireOutcome& outcome, WireMode mode);

}  // namespace cli
