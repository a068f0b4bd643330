// SPDX-License-Identifier: Apache-2.0
#include "vault/selection/new_id.h"

#include "vault/base/error.h"
#include "vault/model/look_alike.h"

namespace vault {

void require_distinct_id(Reading& reading, const AgentName& agent, const ProfileId& id, const ProfileId* given_up) {
  if (const auto flaw = flaw_of_id(id.text()); !flaw.empty()) {
    throw Error(ErrorCode::bad_input, "the id is refused: it " + std::string(flaw),
                "choose an id of printable characters, without blanks at its ends");
  }
  if (!may_have_a_double(id.text())) return;
  for (const auto& seen : reading.view(agent).profiles) {
    if (given_up != nullptr && seen.sheet.id == *given_up) continue;
    if (seen.sheet.id == id || !look_alike(seen.sheet.id.text(), id.text())) continue;
    throw Error(ErrorCode::already_exists, "there is an id that looks the same, spelt with other characters",
                "use the id that is there, or choose one that looks different");
  }
}

}  // namespace vault
