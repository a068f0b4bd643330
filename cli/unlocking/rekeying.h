// SPDX-License-Identifier: Apache-2.0
#pragma once
// A change of keys as people see it: what goes is named and agreed to first, a recovery code that goes is replaced, and
// what came of it is told.

#include "cli/unlocking/kept_keys.h"
#include "cli/words/json_output.h"
#include "vault/access/rekey.h"

namespace cli {

class Arguments;
class Context;

struct RekeyOptions {
  KeptKeys kept;
  bool yes = false;
  bool dry_run = false;

  void declare(Arguments& arguments);
};

// What came of a change of keys that its answer does not say: warnings, and records that do not open and were carried.
void tell_carried(const Context& context, const vault::RekeyReport& report);
// "damaged" as in add_damaged(), read after the change; absent when every record that was sealed anew opens.
void add_carried(Json& document, const vault::RekeyReport& report, vault::UnlockedVault& vault);

// Fills plan.may_drop and, where a recovery code goes against nobody's wish, plan.add; asks unless options.yes; changes
// the keys, prints the report (JSON that begins with the subject's members, or the new code alone) and drops a key
// cached for this vault. A new code is out before anything counts. usage when no key of the whole vault would remain,
// cancelled when the person says no.
void change_keys(const Context& context, vault::UnlockedVault& vault, vault::RekeyPlan plan,
                 const RekeyOptions& options, const Json& subject = Json::object());

}  // namespace cli
