// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every reference of an OpenClaw that leads to this vault: where it stands, what it asks for, and for whom. Nothing of
// the vault is opened to find them.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/openclaw/place.h"
#include "vault/base/ids.h"
#include "vault/model/expiry.h"

namespace cli {

struct Reference {
  std::string provider;     // its alias
  vault::AgentName serves;  // whom that provider answers for
  std::string exec_id;      // what it asks for
  std::string place;        // "profile 'x' of agent 'main'", "'gateway.auth.token' in openclaw.json": safe to print
  std::string removal;      // what takes it out of OpenClaw
  std::string way_back{};   // the command that gives the vault what is asked for; empty: none does
  std::optional<vault::Expiry> own_date{};  // of a token: when OpenClaw thinks that it ends
};

// Without a provider for `vault`, as --vault names it, in the configuration, which alone is read then: none. A store
// that cannot be read is left out. Throws as wired_providers, and as reading the shared store does.
std::vector<Reference> references_to(const std::string& vault, const OpenclawPlace& place);

// Does the id name this profile: profile/<id>, or its ref/<12 hex>, each with or without a selector?
bool asks_for_profile(std::string_view exec_id, const vault::ProfileId& id);

}  // namespace cli
