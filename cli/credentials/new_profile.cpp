// SPDX-License-Identifier: Apache-2.0
#include "cli/credentials/new_profile.h"

#include <algorithm>

#include "cli/context.h"
#include "cli/credentials/key_shape.h"
#include "cli/terminal/shell_word.h"
#include "cli/terminal/text.h"
#include "vault/base/error.h"
#include "vault/policy/provider_variables.h"
#include "vault/policy/rules.h"

namespace cli {
namespace {

using vault::CredentialKind;

const Unattended kNoKind{vault::ErrorCode::usage, "a profile needs its type",
                         "--type api_key, --type token or --type oauth"};

// Many keys look alike; only between two providers that are known is a difference worth a word.
bool is_known(const std::string& lookup_name) { return !vault::variables_of(lookup_name).empty(); }

bool sees_shared(vault::Writing& writing, const vault::AgentName& name) {
  const auto agents = writing.agents();
  const auto found = std::ranges::find(agents, name, &vault::AgentSheet::name);
  return found != agents.end() && found->inheritance == vault::Inheritance::linked;
}

std::optional<std::vector<vault::ProfileId>> order_in_force(vault::Writing& writing, const vault::AgentName& agent,
                                                            const vault::ProviderId& provider) {
  auto order = writing.own_order(agent, provider);
  if ((!order || !order->ids) && !agent.is_shared() && sees_shared(writing, agent))
    order = writing.own_order(vault::AgentName::shared(), provider);
  if (!order || !order->ids) order = writing.default_order(provider);
  return order ? order->ids : std::nullopt;
}

}  // namespace

CredentialKind missing_kind(const Context& context, const std::optional<vault::SecretString>& given) {
  if (given) {
    const auto shape = shape_of(given->reveal());
    return shape ? shape->kind : CredentialKind::api_key;
  }
  const auto typed = context.terminal().ask_line("Type - api_key, token or oauth [api_key]: ", kNoKind);
  const auto word = vault::trimmed(typed);
  if (word.empty()) return CredentialKind::api_key;
  if (const auto kind = vault::kind_named(word)) return *kind;
  throw vault::Error(vault::ErrorCode::usage, "there is no such type", "--type api_key, --type token or --type oauth");
}

std::vector<std::string> doubts_about(const vault::ProfileSheet& sheet, std::string_view secret) {
  std::vector<std::string> doubts;
  const auto shape = shape_of(secret);
  if (!shape) return doubts;
  const auto provider = lookup_provider(sheet.provider);
  if (provider != shape->provider && is_known(provider)) {
    doubts.push_back("this looks like a key of " + in_quotes(shape->provider) + ", and it is kept for " +
                     in_quotes(sheet.provider.text()));
  }
  if (provider == shape->provider && shape->kind == CredentialKind::token && sheet.kind == CredentialKind::api_key) {
    doubts.push_back("this looks like a setup token, and it is kept as an api_key; OpenClaw takes it as --type token");
  }
  return doubts;
}

std::optional<std::string> command_to_order(vault::Writing& writing, const vault::AgentName& agent,
                                            const vault::ProfileSheet& sheet) {
  const auto order = order_in_force(writing, agent, sheet.provider);
  if (!order || std::ranges::find(*order, sheet.id) != order->end()) return std::nullopt;
  std::string command = "claviger order set --provider " + shell_word(sheet.provider.text());
  if (!agent.is_shared()) command += " --agent " + shell_word(agent.text());
  for (const auto& id : *order) command += " " + shell_word(id.text());
  return command + " " + shell_word(sheet.id.text());
}

}  // namespace cli
