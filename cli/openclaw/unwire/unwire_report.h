// SPDX-License-Identifier: Apache-2.0
#pragma once
// What unwiring would do, and what it did: for people and for programs. Holds no secret.

#include "cli/openclaw/unwire/unwiring.h"
#include "cli/words/json_output.h"

namespace cli {

class Context;

enum class UnwireMode { print, dry_run, apply };

Json unwire_report(const UnwireJob& job, const UnwireOutcome& outcome, UnwireMode mode);
// The references, as a table on standard output.
void print_references(const Context& context, const UnwirePlan& plan);
void tell_unwire_plan(const Context& context, const UnwirePlan& plan, UnwireMode mode);
void tell_unwire_outcome(const Context& context, const UnwireOutcome& outcome);

}  // namespace cli
