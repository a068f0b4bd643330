// SPDX-License-Identifier: Apache-2.0
#pragma once
// How other programs' questions are answered: from one reading, without a question in return, and with failures that
// name nothing (cli/words/plain_failure.h).

#include "cli/context.h"
#include "cli/words/plain_failure.h"
#include "vault/vault.h"

namespace cli {

// denied where an agent's token was used and that agent is beyond it; not_found for one that is not there.
void require_within_reach(const vault::UnlockedVault& vault, vault::Reading& reading, const vault::AgentName& agent);

// `answer(reading, agent)`'s result. What does not open beside the answer is left to those who list: status, verify.
template <typename Answer>
auto asked_by_a_program(Context& context, const Answer& answer) {
  context.keeps_damage_to_itself();
  for (;;) {
    try {
      auto& vault = context.open_to_answer();
      auto reading = vault.read();
      const auto agent = context.agent(reading);
      require_within_reach(vault, reading, agent);
      auto result = answer(reading, agent);
      context.tell_warnings(reading);
      return result;
    } catch (const PlainFailure&) {
      throw;
    } catch (const vault::Error& error) {
      if (!context.gives_up_the_copy(error.code())) throw plain_failure(error);
    }
  }
}

}  // namespace cli
