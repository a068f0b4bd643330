// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/models_paste.h"

#include <unistd.h>

#include "cli/context.h"
#include "cli/terminal/prompt.h"
#include "cli/words/json_output.h"
#include "cli/words/profile_words.h"
#include "vault/base/error.h"
#include "vault/crypto/secret_file.h"
#include "vault/selection/new_id.h"
#include "vault/selection/order_front.h"

namespace cli {
namespace {

const Unattended kUnattended{vault::ErrorCode::usage, "nobody is there to paste it", "pipe it in on standard input"};

}  // namespace

vault::SecretString read_manual(const Context& context, std::string_view question, Cleaner clean,
                                std::string_view provider) {
  const vault::SecretString raw =
      ::isatty(STDIN_FILENO) == 1 ? context.terminal().ask_secret(question, kUnattended)
                                  : vault::SecretString(vault::read_secret_stream(STDIN_FILENO, kLongestSecretLine));
  auto pasted = clean(raw, provider);
  for (const auto& notice : pasted.notices) context.terminal().note("Note: " + notice);
  return std::move(pasted.secret);
}

void keep_manual(Context& context, const Decide& decide, bool dry_run) {
  auto writing = context.open_to_change().write();
  const auto agent = context.agent(writing);
  const auto profile = decide(writing, agent);
  if (!writing.find_profile(agent, profile.sheet.id)) require_distinct_id(writing, agent, profile.sheet.id);
  const auto stored = writing.put_profile(agent, profile.sheet, profile.credential);
  const auto order = vault::move_to_front(writing, agent, stored.provider, stored.id);
  context.finish(writing, dry_run);
  const auto& terminal = context.terminal();
  terminal.note("Auth profile: " + in_quotes(stored.id.text()) + " (" + display_safe(stored.provider.text()) + "/" +
                std::string(name_of(stored.kind)) + "), expires " + expiry_words(stored, context.now()) + ".");
  if (order) terminal.note("It now comes first in the order of " + in_quotes(stored.provider.text()) + ".");
  if (!context.flags().json) return;
  Json document = json_receipt(dry_run);
  document["profiles"] = Json::array({profile_json({stored, agent, false})});
  print_json(context.out(), document);
}

}  // namespace cli
